"""The kv workload on FastAPI, with the same three ways to come to a connection as its db workload.

`routes` opens one per request with aiosqlite; the others keep one per thread, and the tuned one
asks it on the loop's own thread. One transaction per request in each.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import aiosqlite
from fastapi import Body, FastAPI
from fastapi.responses import PlainTextResponse

from workloads.connection_per_thread import PATIENCE_SECONDS, opened
from workloads.kv import key_value_table as statements
from workloads.kv.key_value_table import KeyValueTable, first_value, reset
from workloads.state_file import state_file

DATABASE = state_file("fastapi", "kv")

RawText = Annotated[bytes, Body(media_type="text/plain")]


# SQLite lets those that wait for its lock try again now and then, in no order: of a hundred
# connections that write, some have tried in vain when their five seconds are over.
one_at_a_time = asyncio.Lock()


@asynccontextmanager
async def transaction() -> AsyncIterator[aiosqlite.Connection]:
    """Open a connection for one transaction, and close it; an error closes without a commit."""
    opening = aiosqlite.connect(DATABASE, timeout=PATIENCE_SECONDS, isolation_level=None)
    async with opening as connection:
        await connection.execute("PRAGMA synchronous = NORMAL")
        async with one_at_a_time:
            await connection.execute(statements.BEGIN)
            yield connection
            await connection.commit()


def routes(app: FastAPI) -> None:
    """Add GET, POST and DELETE /kv/{key} with a connection per request."""
    reset(DATABASE)
    # Without one that stays open, each request would be the last to close the file, and write the
    # whole log back.
    app.state.kept_kv_connection = opened(DATABASE)

    @app.get("/kv/{key}")
    async def get_or_create(key: str) -> PlainTextResponse:
        async with transaction() as connection:
            rows = await connection.execute_fetchall(statements.FIND, (key,))
            for counter, _value in rows:
                return PlainTextResponse(f"Found: {key}, counter={counter}\n")
            await connection.execute(statements.ADD, (key, first_value(key)))
        return PlainTextResponse(f"Created: {key}\n")

    @app.post("/kv/{key}")
    async def update(key: str, value: RawText) -> PlainTextResponse:
        async with transaction() as connection:
            updated = await connection.execute(statements.UPDATE, (value, key))
            if updated.rowcount == 1:
                return PlainTextResponse(f"Updated: {key}\n")
            await connection.execute(statements.ADD, (key, value))
        return PlainTextResponse(f"Created: {key}\n")

    @app.delete("/kv/{key}")
    async def delete(key: str) -> PlainTextResponse:
        async with transaction() as connection:
            deleted = await connection.execute(statements.DELETE, (key,))
        if deleted.rowcount == 1:
            return PlainTextResponse(f"Deleted: {key}\n")
        return PlainTextResponse(f"Not found: {key}\n", 404)


def routes_threads(app: FastAPI) -> None:
    """Add the same on threads of the pool, each of which keeps its connection."""
    reset(DATABASE)
    table = KeyValueTable(DATABASE)

    @app.get("/kv/{key}")
    def get_or_create(key: str) -> PlainTextResponse:
        return PlainTextResponse(table.get_or_create(key))

    @app.post("/kv/{key}")
    def update(key: str, value: RawText) -> PlainTextResponse:
        return PlainTextResponse(table.update(key, value))

    @app.delete("/kv/{key}")
    def delete(key: str) -> PlainTextResponse:
        status, text = table.delete(key)
        return PlainTextResponse(text, status)


def routes_tuned(app: FastAPI) -> None:
    """Add the same on the loop's own thread, whose connection is the process's only one."""
    reset(DATABASE)
    table = KeyValueTable(DATABASE)

    @app.get("/kv/{key}")
    async def get_or_create(key: str) -> PlainTextResponse:
        return PlainTextResponse(table.get_or_create(key))

    @app.post("/kv/{key}")
    async def update(key: str, value: RawText) -> PlainTextResponse:
        return PlainTextResponse(table.update(key, value))

    @app.delete("/kv/{key}")
    async def delete(key: str) -> PlainTextResponse:
        status, text = table.delete(key)
        return PlainTextResponse(text, status)
