"""The smallest framework there is: a place to begin, on the standard library's http.server.

Take this file away when serve.py and the workloads' files import your own framework.
"""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

Handler = Callable[[], object]


class Application:
    """Handlers by their path. A text is a reply of plain text, all else is JSON."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def get(self, path: str) -> Callable[[Handler], Handler]:
        """Return a decorator that makes a function the handler of GET `path`."""

        def added(handler: Handler) -> Handler:
            self._handlers[path] = handler
            return handler

        return added

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return status, type and body of the reply."""
        handler = self._handlers.get(path)
        if handler is None:
            return 404, "text/plain", b"Not Found"
        value = handler()
        if isinstance(value, str):
            return 200, "text/plain", value.encode()
        return 200, "application/json", json.dumps(value, separators=(",", ":")).encode()


class Connection(BaseHTTPRequestHandler):
    """One connection, on a thread of its own."""

    protocol_version = "HTTP/1.1"  # connections stay open
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one write
    timeout = 5  # seconds that an idle connection is kept

    def do_GET(self) -> None:
        """Answer a request."""
        status, kind, body = self.server.application.answer(self.path.partition("?")[0])
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write no log."""


class Server(ThreadingTCPServer):
    """A thread for each connection; it listens from its making on."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 1024  # connections that come at once and wait to be taken

    def __init__(self, host: str, port: int, application: Application) -> None:
        self.application = application
        super().__init__((host, port), Connection)
