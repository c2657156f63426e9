"""The db workload on FastAPI, in four ways to come to a connection, and two of them crossed.

`routes` is the documents' asynchronous application: each request opens the database anew, which
aiosqlite does with a thread of its own. `routes_multiprocess` is their application for several
processes. `routes_threads` and `routes_tuned` are ours: what a user would write for threads, and
for speed. The last two have the connection of the one and all else of the other, to tell apart what
the connection costs.
"""

import sqlite3
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated

import aiosqlite
from fastapi import Depends, FastAPI, Response
from pydantic import BaseModel, TypeAdapter

from workloads.connection_per_thread import ConnectionPerThread
from workloads.db.user_table import reset
from workloads.state_file import state_file

DATABASE = state_file("fastapi", "db")
FIRST_USERS = "SELECT id, name, email FROM users LIMIT 10"


class User(BaseModel):
    """One row."""

    id: int
    name: str
    email: str


def opened(database: Path) -> sqlite3.Connection:
    """Open a connection with SQLite's own settings, as the documents do."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    return connection


def routes(app: FastAPI) -> None:
    """Add GET /db with a connection per request."""
    reset(DATABASE)

    @app.get("/db")
    async def first_users() -> list[User]:
        async with aiosqlite.connect(DATABASE) as connection:
            connection.row_factory = aiosqlite.Row
            async with connection.execute(FIRST_USERS) as cursor:
                return [User(**row) for row in await cursor.fetchall()]


connection_of_this_context: ContextVar[sqlite3.Connection] = ContextVar("connection")


def connected() -> sqlite3.Connection:
    """Return the context's connection, as the documents' dependency does.

    It is meant to be kept, and is not: FastAPI calls this on a thread of its pool in a copy of the
    context, and the copy is thrown away. So each request opens a connection, nothing closes it, and
    the handler may run on another thread, to which sqlite3 refuses it: ProgrammingError, status
    500. That is what the document measured, so it stays.
    """
    try:
        return connection_of_this_context.get()
    except LookupError:
        connection = opened(DATABASE)
        connection_of_this_context.set(connection)
        return connection


def routes_multiprocess(app: FastAPI) -> None:
    """Add GET /db with the documents' dependency."""
    reset(DATABASE)

    @app.get("/db")
    def first_users(connection: Annotated[sqlite3.Connection, Depends(connected)]) -> list[User]:
        return [User(**row) for row in connection.execute(FIRST_USERS).fetchall()]


def routes_threads(app: FastAPI) -> None:
    """Add GET /db with a connection per thread of the pool."""
    reset(DATABASE)
    connections = ConnectionPerThread(DATABASE, opened)

    @app.get("/db")
    def first_users() -> list[User]:
        # Asked for here and not by a dependency, which may run on another thread than this.
        rows = connections.connection().execute(FIRST_USERS).fetchall()
        return [User(**row) for row in rows]


def routes_tuned(app: FastAPI) -> None:
    """Add GET /db with a connection per process, asked on the loop's own thread.

    The ten rows are read in less time than it takes to hand the work to another thread.
    """
    reset(DATABASE)
    connections = ConnectionPerThread(DATABASE, opened)
    users = TypeAdapter(list[User])

    @app.get("/db")
    async def first_users() -> Response:
        rows = connections.connection().execute(FIRST_USERS).fetchall()
        body = users.dump_json([User(**row) for row in rows])
        return Response(body, media_type="application/json")


def routes_database_kept(app: FastAPI) -> None:
    """Add GET /db as the documents have it, with the tuned way's connection."""
    reset(DATABASE)
    connections = ConnectionPerThread(DATABASE, opened)

    @app.get("/db")
    async def first_users() -> list[User]:
        rows = connections.connection().execute(FIRST_USERS).fetchall()
        return [User(**row) for row in rows]


def routes_database_per_request(app: FastAPI) -> None:
    """Add GET /db in the tuned way, with the documents' connection per request."""
    reset(DATABASE)
    users = TypeAdapter(list[User])

    @app.get("/db")
    async def first_users() -> Response:
        async with aiosqlite.connect(DATABASE) as connection:
            connection.row_factory = aiosqlite.Row
            async with connection.execute(FIRST_USERS) as cursor:
                rows = await cursor.fetchall()
        return Response(
            users.dump_json([User(**row) for row in rows]), media_type="application/json"
        )
