"""The hash workload on Robyn: hashlib in a plain handler, on a thread of its pool."""

from hashlib import sha256

from robyn import Response, Robyn

from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


def routes(app: Robyn) -> None:
    """Add GET /hash/{bytes}."""

    @app.get("/hash/:count")
    def hashed(count: int) -> dict | Response:
        if not 0 <= count <= MAXIMUM_BYTES:
            text = f"bytes is from 0 to {MAXIMUM_BYTES}"
            return Response(status_code=422, headers={}, description=text)
        return {"bytes": count, "sha256": sha256(first_bytes(count)).hexdigest()}
