"""A small server as an application is one: the page at /docs, its openapi.json, and an echo."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What arrived at the server."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """One application: its description, None where it has none, and what it was asked."""

    page: Path
    description: bytes | None
    address: str = ""
    requests: list[Request] = field(default_factory=list)
    reply: tuple[int, str, bytes] | None = None

    def answer(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body; what is not the page's is kept, and told back."""
        if request.target == "/docs":
            policy = (self.page / "content_security_policy.txt").read_text()
            headers = {"Content-Type": "text/html; charset=utf-8"}
            body = (self.page / "page.html").read_bytes()
            return 200, headers | {"Content-Security-Policy": policy}, body
        if request.target == "/openapi.json":
            found = self.description
            return (404, {}, b"") if found is None else (200, {}, found)
        self.requests.append(request)
        if self.reply:
            status, media_type, body = self.reply
            return status, {"Content-Type": media_type}, body
        told = {"method": request.method, "target": request.target, "big": 12345678901234567890}
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    """Return the class that http.server makes an object of for each connection."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            if self.path == "/orders/events":
                self.events()
                return
            asked = Request(self.command, self.path, headers, body)
            status, fields, answer = site.answer(asked)
            self.send_response(status)
            for name, value in (fields | {"Content-Length": str(len(answer))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def events(self) -> None:
            """Send one event and then none, until the client goes."""
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"data: shipped 17\n\n")
            self.rfile.read(1)
            self.close_connection = True

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests look at what was kept."""

    return Handler


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Serve a site at a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(site))
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()
