"""The stream workload on Spikard: an asynchronous generator; 0.17.2 has no way to stream."""

import json
from collections.abc import AsyncIterator

from baselines.spikard.application import Application, Reply


async def lines() -> AsyncIterator[str]:
    """Yield a line at a time."""
    for i in range(100):
        yield json.dumps({"index": i, "value": i * 10}, separators=(",", ":")) + "\n"


def routes(app: Application) -> None:
    """Add GET /stream."""
    from spikard import StreamingResponse  # not in 0.17.2

    @app.get("/stream")
    async def stream() -> Reply:
        return StreamingResponse(lines(), headers={"content-type": "application/x-ndjson"})


def routes_newest(_app: Application) -> None:
    """Add nothing."""
