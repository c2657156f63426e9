"""The no-db workload on Flask: the reply of kv, and nothing kept."""

from flask import Flask, Response


def routes(app: Flask) -> None:
    """Add GET /no-db/{key}."""

    @app.get("/no-db/<key>")
    def found(key: str) -> Response:
        return Response(f"Found: {key}, counter=0\n", mimetype="text/plain")
