"""The mixed workload's table, for every Python framework.

A read is one statement, an update another, and each is a transaction by itself. Safe from any
thread; each keeps a connection. An application that has another way to connect uses the statements
with it.
"""

from pathlib import Path

from workloads.connection_per_thread import ConnectionPerThread, opened
from workloads.state_file import alone

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, name TEXT, counter INTEGER)"
)
READ = "SELECT id, name, counter FROM items WHERE id = ?"
COUNT_UP = "UPDATE items SET counter = counter + 1 WHERE id = ? RETURNING counter"


def reset(database: Path) -> None:
    """Leave the items 1 to 10000 in the table and no other, all counters at 0."""
    rows = [(number, f"item-{number}", 0) for number in range(1, 10_001)]
    with alone(database), opened(database) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(CREATE_TABLE)
        connection.execute("DELETE FROM items")
        connection.executemany("INSERT INTO items VALUES (?, ?, ?)", rows)
    connection.close()


class ItemTable:
    """The table in one file, which `reset` has made."""

    def __init__(self, database: Path) -> None:
        self._connections = ConnectionPerThread(database)

    def read(self, number: int) -> tuple[int, str, int] | None:
        """Return id, name and counter of an item."""
        return self._connections.connection().execute(READ, (number,)).fetchone()

    def count_up(self, number: int) -> int | None:
        """Add one to an item's counter and return what it is now."""
        # Of the one row all: the statement, and with it the transaction, ends after the last.
        rows = self._connections.connection().execute(COUNT_UP, (number,)).fetchall()
        return rows[0][0] if rows else None
