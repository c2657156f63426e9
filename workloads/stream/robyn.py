"""The stream workload on Robyn: a generator whose every line is sent as a piece of its own."""

from collections.abc import Iterator

import orjson
from robyn import Headers, Robyn, StreamingResponse

NDJSON = "application/x-ndjson"


def lines() -> Iterator[bytes]:
    """Make the lines one by one."""
    for index in range(100):
        yield orjson.dumps({"index": index, "value": index * 10}, option=orjson.OPT_APPEND_NEWLINE)


def routes(app: Robyn) -> None:
    """Add GET /stream."""

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        # The media type alone changes nothing: Robyn sends it only for its server-sent events.
        return StreamingResponse(
            lines(), headers=Headers({"Content-Type": NDJSON}), media_type=NDJSON
        )
