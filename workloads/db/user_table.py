"""The db workload's table, for every Python framework.

Journal and synchronous are SQLite's own, as in the documents. The ids are given here, 1 to 100:
theirs go on where the last start ended, and the reply grows with each.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from workloads.state_file import alone

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "name TEXT NOT NULL, email TEXT NOT NULL)"
)


def reset(database: Path) -> None:
    """Make the table and fill it, in one transaction, so that others on the file see no gap."""
    rows = [(i + 1, f"User {i}", f"user{i}@example.com") for i in range(100)]
    with alone(database), closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(CREATE_TABLE)
        connection.execute("DELETE FROM users")
        connection.executemany("INSERT INTO users VALUES (?, ?, ?)", rows)
