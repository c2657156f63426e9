"""The db workload on Karak, as Karak's own benchmark has it: each thread keeps its connection.

Journal and synchronous are SQLite's own. Two things differ. The ids are given here, 1 to 100:
theirs go on where the last start ended, and the reply grows with each. And the reply is written
here, by the same json.dumps but without spaces: Karak writes 591 bytes where FastAPI writes 532.
"""

import json
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from threading import local
from typing import Annotated

from karak import Depends, Karak, Response
from pydantic import BaseModel

DATABASE = Path(tempfile.gettempdir()) / f"assay-karak-{os.getuid()}.db"

of_this_thread = local()


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


def connected() -> sqlite3.Connection:
    """Return this thread's connection."""
    if not hasattr(of_this_thread, "connection"):
        of_this_thread.connection = sqlite3.connect(DATABASE)
        of_this_thread.connection.row_factory = sqlite3.Row
    return of_this_thread.connection


def compact_json(users: list[User]) -> Response:
    """Do what Karak does with a list of models, but for the spaces."""
    body = json.dumps([user.model_dump() for user in users], separators=(",", ":")).encode()
    head = {"content-type": "application/json", "content-length": str(len(body))}
    return Response(200, head, body)


def routes(app: Karak) -> None:
    """Add GET /db."""
    reset()

    @app.get("/db")
    def first_users(connection: Annotated[sqlite3.Connection, Depends(connected)]) -> Response:
        rows = connection.execute("SELECT id, name, email FROM users LIMIT 10").fetchall()
        return compact_json([User(**row) for row in rows])
