"""The db workload on Robyn: a plain handler, and each thread keeps its connection."""

import sqlite3
from threading import local

from robyn import Robyn

from workloads.db.user_table import reset
from workloads.state_file import state_file

DATABASE = state_file("robyn", "db")

of_this_thread = local()


def connected() -> sqlite3.Connection:
    """Return this thread's connection."""
    if not hasattr(of_this_thread, "connection"):
        of_this_thread.connection = sqlite3.connect(DATABASE)
        of_this_thread.connection.row_factory = sqlite3.Row
    return of_this_thread.connection


def routes(app: Robyn) -> None:
    """Add GET /db."""
    reset(DATABASE)

    @app.get("/db")
    def first_users() -> list:
        rows = connected().execute("SELECT id, name, email FROM users LIMIT 10")
        return [dict(row) for row in rows]
