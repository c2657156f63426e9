"""The db workload on Litestar: a connection for each process, asked on the loop's own thread."""

import sqlite3

from litestar import Litestar, get
from msgspec import Struct

from workloads.db.user_table import reset
from workloads.state_file import state_file


class User(Struct):
    """One row."""

    id: int
    name: str
    email: str


def routes(app: Litestar) -> None:
    """Add GET /db."""
    database = state_file("litestar", "db")
    reset(database)
    # Opened by the main thread, which the loop runs on.
    connection = sqlite3.connect(database)

    @get("/db")
    async def first_users() -> list[User]:
        rows = connection.execute("SELECT id, name, email FROM users LIMIT 10").fetchall()
        return [User(*row) for row in rows]

    app.register(first_users)
