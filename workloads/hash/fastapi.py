"""The hash workload on FastAPI: hashlib over the first bytes of a buffer, called in the handler."""

from hashlib import sha256
from typing import Annotated

from fastapi import FastAPI, Path
from pydantic import BaseModel

from workloads.fastapi_handlers import on_the_loop, written_once
from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


class Hashed(BaseModel):
    """The reply."""

    bytes: int
    sha256: str


def hashed(count: Annotated[int, Path(ge=0, le=MAXIMUM_BYTES)]) -> Hashed:
    """Hash the first `count` bytes."""
    return Hashed(bytes=count, sha256=sha256(first_bytes(count)).hexdigest())


def routes(app: FastAPI) -> None:
    """Add GET /hash/{count}, on the event loop."""
    app.get("/hash/{count}")(on_the_loop(hashed))


def routes_threads(app: FastAPI) -> None:
    """Add the same on a thread of the pool."""
    app.get("/hash/{count}")(hashed)


def routes_tuned(app: FastAPI) -> None:
    """Add the same without a check of the reply."""
    app.get("/hash/{count}", response_model=None)(written_once(hashed))
