"""The hello workload on Flask."""

from flask import Flask, Response


def routes(app: Flask) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    def hello() -> Response:
        return Response("Hello, World!", mimetype="text/plain")
