"""The hash workload on freetser: hashlib, in the connection's thread."""

import hashlib

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application
from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


def routes(app: Application) -> None:
    """Add GET /hash/BYTES."""

    @app.get("/hash/")
    def digest(request: Request, _store_queue: StorageQueue) -> Response:
        text = request.path.removeprefix("/hash/")
        count = int(text) if text.isdecimal() else -1
        if not 0 <= count <= MAXIMUM_BYTES:
            return Response.text("not a number of bytes", status_code=422)
        return app.json({"bytes": count, "sha256": hashlib.sha256(first_bytes(count)).hexdigest()})
