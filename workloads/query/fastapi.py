"""The query workload on FastAPI: a pydantic model of the query, and the same model out."""

from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel

from workloads.fastapi_handlers import on_the_loop, written_once


class Few(BaseModel):
    """3 values."""

    q: str
    page: int
    limit: int


class Several(BaseModel):
    """8 values."""

    q: str
    page: int
    limit: int
    sort: str
    descending: bool
    min_price: float
    max_price: float
    in_stock: bool


class Many(BaseModel):
    """16 values."""

    text1: str
    text2: str
    text3: str
    text4: str
    number1: int
    number2: int
    number3: int
    number4: int
    ratio1: float
    ratio2: float
    ratio3: float
    ratio4: float
    flag1: bool
    flag2: bool
    flag3: bool
    flag4: bool


def few(query: Annotated[Few, Query()]) -> Few:
    """Answer 3 values."""
    return query


def several(query: Annotated[Several, Query()]) -> Several:
    """Answer 8 values."""
    return query


def many(query: Annotated[Many, Query()]) -> Many:
    """Answer 16 values."""
    return query


HANDLERS = {"/query/few": few, "/query/medium": several, "/query/many": many}


def routes(app: FastAPI) -> None:
    """Add GET /query/..., each with a response model."""
    for path, handler in HANDLERS.items():
        app.get(path)(on_the_loop(handler))


def routes_threads(app: FastAPI) -> None:
    """Add the same on threads of the pool."""
    for path, handler in HANDLERS.items():
        app.get(path)(handler)


def routes_tuned(app: FastAPI) -> None:
    """Add the same without a second check of what was checked on the way in."""
    for path, handler in HANDLERS.items():
        app.get(path, response_model=None)(written_once(handler))
