"""The db workload on Karak, as Karak's own benchmark has it: each thread keeps its connection.

With orjson Karak writes a list of models compactly, and does so here. With the standard library's
json it writes 591 bytes where FastAPI writes 532, so there the reply is written here, by the same
json.dumps but without spaces.
"""

import json
import sqlite3
from threading import local
from typing import Annotated

from karak import Depends, Karak, Response
from karak.types import HAS_ORJSON
from pydantic import BaseModel

from workloads.db.user_table import reset
from workloads.state_file import state_file

DATABASE = state_file("karak", "db")

of_this_thread = local()


class User(BaseModel):
    """One row."""

    id: int
    name: str
    email: str


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
    reset(DATABASE)

    @app.get("/db")
    def first_users(
        connection: Annotated[sqlite3.Connection, Depends(connected)],
    ) -> list[User] | Response:
        rows = connection.execute("SELECT id, name, email FROM users LIMIT 10").fetchall()
        users = [User(**row) for row in rows]
        return users if HAS_ORJSON else compact_json(users)
