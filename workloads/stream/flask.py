"""The stream workload on Flask: a generator whose every line is sent as a piece of its own."""

import json
from collections.abc import Iterator

from flask import Flask, Response


def lines() -> Iterator[str]:
    """Make the lines one by one."""
    for index in range(100):
        yield json.dumps({"index": index, "value": index * 10}, separators=(",", ":")) + "\n"


def routes(app: Flask) -> None:
    """Add GET /stream."""

    @app.get("/stream")
    def stream() -> Response:
        return Response(lines(), mimetype="application/x-ndjson")
