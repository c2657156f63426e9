"""The hash workload on Litestar: hashlib on the event loop."""

from hashlib import sha256

from litestar import Litestar, get
from litestar.exceptions import ValidationException
from msgspec import Struct

from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


class Hashed(Struct):
    """The reply."""

    bytes: int
    sha256: str


@get("/hash/{count:int}")
async def hashed(count: int) -> Hashed:
    """Hash the first bytes of the buffer."""
    if not 0 <= count <= MAXIMUM_BYTES:
        raise ValidationException(f"bytes is from 0 to {MAXIMUM_BYTES}")
    return Hashed(count, sha256(first_bytes(count)).hexdigest())


def routes(app: Litestar) -> None:
    """Add GET /hash/{bytes}."""
    app.register(hashed)
