"""The kv workload's table, for every Python framework but freetser, which has a store of its own.

What a request does is one transaction: BEGIN IMMEDIATE, as freetser's store begins each. The
methods return the reply's text. Safe from any thread; each keeps a connection. An application that
has another way to connect uses the statements with it.
"""

from pathlib import Path

from workloads.connection_per_thread import ConnectionPerThread, opened
from workloads.state_file import alone

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS pairs "
    "(key TEXT PRIMARY KEY, counter INTEGER NOT NULL, value BLOB NOT NULL)"
)
BEGIN = "BEGIN IMMEDIATE"
FIND = "SELECT counter, value FROM pairs WHERE key = ?"
ADD = "INSERT INTO pairs VALUES (?, 0, ?)"
UPDATE = "UPDATE pairs SET counter = counter + 1, value = ? WHERE key = ?"
DELETE = "DELETE FROM pairs WHERE key = ?"


def first_value(key: str) -> bytes:
    """Return the value that a key is created with."""
    return f"item-{key}".encode()


def reset(database: Path) -> None:
    """Leave the keys 1 to 10000 in the table and no other."""
    keys = [str(number) for number in range(1, 10_001)]
    with alone(database), opened(database) as connection:
        connection.execute(BEGIN)
        connection.execute(CREATE_TABLE)
        connection.execute("DELETE FROM pairs")
        connection.executemany(ADD, [(key, first_value(key)) for key in keys])
    connection.close()


class KeyValueTable:
    """The table in one file, which `reset` has made."""

    def __init__(self, database: Path) -> None:
        self._connections = ConnectionPerThread(database)

    def get_or_create(self, key: str) -> str:
        """Find the key, or add it with its first value."""
        with self._connections.connection() as connection:  # commits, or rolls back
            connection.execute(BEGIN)
            found = connection.execute(FIND, (key,)).fetchone()
            if found is not None:
                return f"Found: {key}, counter={found[0]}\n"
            connection.execute(ADD, (key, first_value(key)))
            return f"Created: {key}\n"

    def update(self, key: str, value: bytes) -> str:
        """Set the value and count, or add the key with this value."""
        with self._connections.connection() as connection:
            connection.execute(BEGIN)
            if connection.execute(UPDATE, (value, key)).rowcount == 1:
                return f"Updated: {key}\n"
            connection.execute(ADD, (key, value))
            return f"Created: {key}\n"

    def delete(self, key: str) -> tuple[int, str]:
        """Delete the key; return the status too, 404 where there was none."""
        with self._connections.connection() as connection:
            connection.execute(BEGIN)
            if connection.execute(DELETE, (key,)).rowcount == 1:
                return 200, f"Deleted: {key}\n"
            return 404, f"Not found: {key}\n"
