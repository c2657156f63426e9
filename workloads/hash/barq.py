"""The hash workload on Barq: the document's example of C code that a handler calls."""

from hashlib import sha256

from barq import Barq, HTTPException
from pydantic import BaseModel

from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


class Digest(BaseModel):
    """The reply."""

    bytes: int
    sha256: str


def routes(app: Barq) -> None:
    """Add GET /hash/{count}."""

    @app.get("/hash/{count}")
    def digest(count: int) -> Digest:
        if not 0 <= count <= MAXIMUM_BYTES:
            raise HTTPException(422, f"count is a number from 0 to {MAXIMUM_BYTES}")
        return Digest(bytes=count, sha256=sha256(first_bytes(count)).hexdigest())
