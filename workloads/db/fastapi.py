"""The db workload on FastAPI, as the documents' asynchronous application has it.

Each request opens the database anew, which aiosqlite does with a thread of its own. Journal and
synchronous are SQLite's own. The ids are given here, 1 to 100: theirs go on where the last start
ended, and the reply grows with each.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import aiosqlite
from fastapi import FastAPI
from pydantic import BaseModel

DATABASE = Path(tempfile.gettempdir()) / f"assay-fastapi-{os.getuid()}.db"


class User(BaseModel):
    """One row."""

    id: int
    name: str
    email: str


def reset() -> None:
    """Make the table and fill it, in one transaction, so that others on the file see no gap."""
    rows = [(i + 1, f"User {i}", f"user{i}@example.com") for i in range(100)]
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "name TEXT NOT NULL, email TEXT NOT NULL)"
        )
        connection.execute("DELETE FROM users")
        connection.executemany("INSERT INTO users VALUES (?, ?, ?)", rows)


def routes(app: FastAPI) -> None:
    """Add GET /db."""
    reset()

    @app.get("/db")
    async def first_users() -> list[User]:
        async with aiosqlite.connect(DATABASE) as connection:
            connection.row_factory = aiosqlite.Row
            query = "SELECT id, name, email FROM users LIMIT 10"
            async with connection.execute(query) as cursor:
                return [User(**row) for row in await cursor.fetchall()]
