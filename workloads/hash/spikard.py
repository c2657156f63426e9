"""The hash workload on Spikard: hashlib in a plain function, run beside its event loop."""

import hashlib

from spikard import Response

from baselines.spikard.application import Application, Reply, json_response
from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


def routes(app: Application) -> None:
    """Add GET /hash/{count}."""

    @app.get("/hash/{count}")
    def digest(count: int) -> Reply:
        if not 0 <= count <= MAXIMUM_BYTES:
            return Response(content="not a number of bytes", status_code=422, headers={})
        sha256 = hashlib.sha256(first_bytes(count)).hexdigest()
        return json_response({"bytes": count, "sha256": sha256})
