"""The hello workload on FastAPI: a coroutine function, a plain text."""

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse


def routes(app: FastAPI) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    async def hello() -> PlainTextResponse:
        return PlainTextResponse("Hello, World!")


def routes_threads(app: FastAPI) -> None:
    """Add GET /hello on a thread of the pool."""

    @app.get("/hello")
    def hello() -> PlainTextResponse:
        return PlainTextResponse("Hello, World!")
