"""The db workload on freetser: a statement on the connection of its store, in the store's thread.

The store's calls know keys only, but its connection is SQLite's own. The table is not called users,
as elsewhere: in the same file is kv's table, USERS, and SQLite does not tell the two apart.
"""

import sqlite3
from contextlib import closing

from freetser import Request, Response, Storage
from freetser.server import StorageQueue

from baselines.freetser.application import Application

QUERY = "SELECT id, name, email FROM people LIMIT 10"


def first_users(store: Storage) -> list[tuple[int, str, str]]:
    """Return ten rows."""
    return store.conn.execute(QUERY).fetchall()


def routes(app: Application) -> None:
    """Make the table and add GET /db."""
    rows = [(i + 1, f"User {i}", f"user{i}@example.com") for i in range(100)]
    with closing(sqlite3.connect(app.database)) as connection, connection:
        connection.execute(
            "CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "name TEXT NOT NULL, email TEXT NOT NULL)"
        )
        connection.executemany("INSERT INTO people VALUES (?, ?, ?)", rows)

    @app.get("/db")
    def users(_request: Request, store_queue: StorageQueue) -> Response:
        rows = store_queue.execute(first_users)
        return app.json([{"id": row[0], "name": row[1], "email": row[2]} for row in rows])
