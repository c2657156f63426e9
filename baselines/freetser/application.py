"""What a freetser application consists of: the one handler's table, and what is in the store.

Filled by the workloads' `routes(app)` before the server starts; read by all threads from then on.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from freetser import Request, Response, Storage
from freetser.server import StorageQueue

Handler = Callable[[Request, StorageQueue], Response]


class Application:
    """The handlers by method and path, and the store's file."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.tables: list[str] = []
        self._handlers: dict[tuple[str, str], Handler] = {}

    def get(self, path: str) -> Callable[[Handler], Handler]:
        """Return a decorator for the handler of a path; one ending in / takes what follows too."""
        return self._route("GET", path)

    def post(self, path: str) -> Callable[[Handler], Handler]:
        """Do the same for POST."""
        return self._route("POST", path)

    def delete(self, path: str) -> Callable[[Handler], Handler]:
        """Do the same for DELETE."""
        return self._route("DELETE", path)

    def _route(self, method: str, path: str) -> Callable[[Handler], Handler]:
        def added(handler: Handler) -> Handler:
            self._handlers[method, path] = handler
            return handler

        return added

    def handle(self, request: Request, store_queue: StorageQueue) -> Response:
        """Answer a request; this is the handler that freetser is given."""
        handler = self._handlers.get((request.method, request.path))
        if handler is None:
            parent = request.path[: request.path.rfind("/") + 1]
            handler = self._handlers.get((request.method, parent))
        if handler is None:
            return Response.text("Not found!", status_code=404)
        return handler(request, store_queue)

    def fill(self, table: str, values: Iterable[tuple[str, bytes]]) -> None:
        """Make a table of the store, with these keys and values, each counter at 0."""
        self.tables.append(table)
        with closing(Storage(self.database, [table])) as store:
            store.conn.execute("BEGIN IMMEDIATE")
            for key, value in values:
                store.add(table, key, value)
            store.conn.commit()

    @staticmethod
    def json(content: object, status_code: int = 200) -> Response:
        """Do what Response.json does, but for the spaces."""
        body = json.dumps(content, separators=(",", ":")).encode()
        length = str(len(body)).encode()
        headers = [(b"Content-Length", length), (b"Content-Type", b"application/json")]
        return Response(status_code, headers, body)
