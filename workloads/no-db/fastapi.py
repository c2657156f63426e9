"""The no-db workload on FastAPI: the reply of kv, and nothing kept."""

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from workloads.fastapi_handlers import on_the_loop


def found(key: str) -> PlainTextResponse:
    """Answer as if the key were there."""
    return PlainTextResponse(f"Found: {key}, counter=0\n")


def routes(app: FastAPI) -> None:
    """Add GET /no-db/{key}."""
    app.get("/no-db/{key}")(on_the_loop(found))


def routes_threads(app: FastAPI) -> None:
    """Add the same on a thread of the pool."""
    app.get("/no-db/{key}")(found)
