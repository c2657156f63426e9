"""One kept SQLite connection per thread, for the workloads whose reply depends on a write.

WAL and synchronous NORMAL, as freetser has them; a writer waits up to 5 s for another. Nothing is
begun behind the caller's back: a statement by itself is a transaction, others say BEGIN IMMEDIATE.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import local

PATIENCE_SECONDS = 5


def opened(database: Path) -> sqlite3.Connection:
    """Open a connection; the journal's mode is kept in the file and costs nothing to set again."""
    connection = sqlite3.connect(database, timeout=PATIENCE_SECONDS, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


class ConnectionPerThread:
    """The connections to one file; safe to be asked from any thread."""

    def __init__(
        self, database: Path, open_one: Callable[[Path], sqlite3.Connection] = opened
    ) -> None:
        self._database = database
        self._open_one = open_one
        self._kept = local()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        if not hasattr(self._kept, "connection"):
            self._kept.connection = self._open_one(self._database)
        return self._kept.connection
