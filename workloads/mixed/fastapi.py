"""The mixed workload on FastAPI, with the same ways to come to a connection as its kv workload.

An item that is not there is 404, and a number that is none 422.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import aiosqlite
from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel

from workloads.connection_per_thread import PATIENCE_SECONDS, opened
from workloads.cpu.sum_of_squares import sum_of_squares
from workloads.fastapi_handlers import on_the_loop, response_of, written_once
from workloads.mixed import item_table as statements
from workloads.mixed.item_table import ItemTable, reset
from workloads.state_file import state_file

DATABASE = state_file("fastapi", "mixed")


class Item(BaseModel):
    """A row."""

    id: int
    name: str
    counter: int


class Counted(BaseModel):
    """What an update answers."""

    id: int
    counter: int


class Sum(BaseModel):
    """What the computation answers."""

    result: int
    iterations: int


def item_of(row: Iterable | None) -> Item:
    """Return the item of a row, or refuse where there is none."""
    if row is None:
        raise HTTPException(404)
    number, name, counter = row
    return Item(id=number, name=name, counter=counter)


def counted(number: int, counter: int | None) -> Counted:
    """Return the reply to an update, or refuse where there was nothing to update."""
    if counter is None:
        raise HTTPException(404)
    return Counted(id=number, counter=counter)


def computed() -> Sum:
    """Do what /cpu does."""
    return Sum(result=sum_of_squares(100000), iterations=100000)


one_at_a_time = asyncio.Lock()  # for writes, as in the kv workload


@asynccontextmanager
async def connected() -> AsyncIterator[aiosqlite.Connection]:
    """Open a connection for one request, and close it."""
    opening = aiosqlite.connect(DATABASE, timeout=PATIENCE_SECONDS, isolation_level=None)
    async with opening as connection:
        await connection.execute("PRAGMA synchronous = NORMAL")
        yield connection


def routes(app: FastAPI) -> None:
    """Add GET and POST /mixed/items/{id} with a connection per request, and GET /mixed/cpu."""
    reset(DATABASE)
    # Without one that stays open, each request would be the last to close the file, and write the
    # whole log back.
    app.state.kept_mixed_connection = opened(DATABASE)

    @app.get("/mixed/items/{number}")
    async def read(number: int) -> Item:
        async with connected() as connection:
            rows = await connection.execute_fetchall(statements.READ, (number,))
        return item_of(next(iter(rows), None))

    @app.post("/mixed/items/{number}")
    async def count_up(number: int) -> Counted:
        async with connected() as connection, one_at_a_time:
            rows = await connection.execute_fetchall(statements.COUNT_UP, (number,))
        return counted(number, next((counter for (counter,) in rows), None))

    app.get("/mixed/cpu")(on_the_loop(computed))


def routes_threads(app: FastAPI) -> None:
    """Add the same on threads of the pool, each of which keeps its connection."""
    reset(DATABASE)
    table = ItemTable(DATABASE)

    @app.get("/mixed/items/{number}")
    def read(number: int) -> Item:
        return item_of(table.read(number))

    @app.post("/mixed/items/{number}")
    def count_up(number: int) -> Counted:
        return counted(number, table.count_up(number))

    app.get("/mixed/cpu")(computed)


def routes_tuned(app: FastAPI) -> None:
    """Add the same on the loop's own thread, whose connection is the process's only one."""
    reset(DATABASE)
    table = ItemTable(DATABASE)

    @app.get("/mixed/items/{number}")
    async def read(number: int) -> Response:
        return response_of(item_of(table.read(number)))

    @app.post("/mixed/items/{number}")
    async def count_up(number: int) -> Response:
        return response_of(counted(number, table.count_up(number)))

    app.get("/mixed/cpu", response_model=None)(written_once(computed))
