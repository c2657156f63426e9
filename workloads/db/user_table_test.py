"""The rows that the db workload's table starts with."""

import sqlite3
from contextlib import closing
from pathlib import Path

from workloads.db.user_table import reset


def test_the_ids_begin_at_1_again_at_each_start(tmp_path: Path) -> None:
    for _ in range(2):
        reset(tmp_path / "db.db")
    with closing(sqlite3.connect(tmp_path / "db.db")) as connection:
        rows = connection.execute("SELECT id, name, email FROM users").fetchall()
        mode = connection.execute("PRAGMA journal_mode").fetchone()
    assert rows[0] == (1, "User 0", "user0@example.com")
    assert rows[99] == (100, "User 99", "user99@example.com")
    assert len(rows) == 100
    assert mode == ("delete",)
