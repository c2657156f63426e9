"""Barq's server: the main thread accepts, a pool of threads answers, one request a connection.

A worker reads, handles, writes once and closes. Nothing has a deadline or a limit: as many silent
clients as there are workers keep everybody else waiting. Bodies are read by Content-Length only.
"""

import selectors
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from .messages import Request, Response

REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    422: "Unprocessable Entity",
    500: "Internal Server Error",
}
PIECE_BYTES = 4096
BACKLOG = 1024


class SocketReader:
    """Lines and counted bytes from one blocking socket."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        self._buffer = bytearray()

    def line(self) -> str:
        """Return what stands before the next CR LF."""
        while (end := self._buffer.find(b"\r\n")) < 0:
            self._receive()
        text = self._buffer[:end].decode("latin-1")
        del self._buffer[: end + 2]
        return text

    def exactly(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        while len(self._buffer) < size:
            self._receive()
        return bytes(self._buffer[:size])

    def _receive(self) -> None:
        piece = self._client.recv(PIECE_BYTES)
        if not piece:
            raise ConnectionError("the peer closed in the middle of a request")
        self._buffer += piece


def read_request(reader: SocketReader) -> Request:
    """Read one request; raise whatever is wrong with it. The version is not looked at."""
    method, target, _ = reader.line().split(" ", 2)
    path, _, query = target.partition("?")
    headers = {}
    while line := reader.line():
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"a header without a colon: {line!r}")
        headers[name.lower()] = value.strip()
    body = reader.exactly(int(headers.get("content-length", "0")))
    return Request(method.upper(), path, query, headers, body)


def reply_bytes(reply: Response) -> bytes:
    """Return head and body as they are sent, with no header that the reply does not name."""
    status_line = f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Unknown')}"
    head = [status_line, *(f"{name}: {value}" for name, value in reply.headers.items()), "", ""]
    return "\r\n".join(head).encode("latin-1") + reply.body


class Server:
    """Serves one handler on one address with a fixed number of threads."""

    def __init__(self, handler: Callable[[Request], Response], workers: int) -> None:
        self._handler = handler
        self._workers = workers

    def run(self, host: str, port: int, listening: Callable[[], None]) -> None:
        """Serve until Ctrl-C, then wait for the workers; call `listening` once it listens."""
        with (
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener,
            ThreadPoolExecutor(self._workers) as pool,
            suppress(KeyboardInterrupt),
        ):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listener.bind((host, port))
            listener.listen(BACKLOG)
            listener.setblocking(False)
            listening()
            self._accept(listener, pool)

    def _accept(self, listener: socket.socket, pool: ThreadPoolExecutor) -> None:
        """Hand over one connection each time that the selector wakes."""
        with selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            while True:
                selector.select()
                with suppress(BlockingIOError):
                    client, _ = listener.accept()
                    client.setblocking(True)
                    pool.submit(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        """Answer one connection's only request."""
        with client:
            try:
                reply = self._handler(read_request(SocketReader(client)))
            except Exception:  # a request that cannot be read, or a reply that cannot be written
                reply = Response.empty(500)
            with suppress(OSError):  # the peer is gone
                client.sendall(reply_bytes(reply))
