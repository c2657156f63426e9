"""The stream workload on FastAPI: a generator whose every line is sent as a piece of its own."""

import json
from collections.abc import AsyncIterator, Iterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

LINES = 100
NDJSON = "application/x-ndjson"


def line(index: int) -> str:
    """Write one line."""
    return json.dumps({"index": index, "value": index * 10}, separators=(",", ":")) + "\n"


async def lines_on_the_loop() -> AsyncIterator[str]:
    """Make the lines one by one."""
    for index in range(LINES):
        yield line(index)


def lines() -> Iterator[str]:
    """Make the lines one by one; the response asks for each on a thread of the pool."""
    for index in range(LINES):
        yield line(index)


def routes(app: FastAPI) -> None:
    """Add GET /stream."""

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        return StreamingResponse(lines_on_the_loop(), media_type=NDJSON)


def routes_threads(app: FastAPI) -> None:
    """Add the same with a plain generator."""

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(lines(), media_type=NDJSON)
