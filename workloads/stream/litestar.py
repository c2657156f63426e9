"""The stream workload on Litestar: a generator whose every line is sent as a piece of its own."""

from collections.abc import AsyncIterator

from litestar import Litestar, get
from litestar.response import Stream
from litestar.serialization import encode_json


async def lines() -> AsyncIterator[bytes]:
    """Make the lines one by one."""
    for index in range(100):
        yield encode_json({"index": index, "value": index * 10}) + b"\n"


@get("/stream")
async def stream() -> Stream:
    """Send the lines."""
    return Stream(lines(), media_type="application/x-ndjson")


def routes(app: Litestar) -> None:
    """Add GET /stream."""
    app.register(stream)
