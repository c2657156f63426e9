"""Whose a connection is, and what it is set to."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from workloads.connection_per_thread import ConnectionPerThread


def test_a_thread_keeps_its_connection_and_no_other_thread_has_it(tmp_path: Path) -> None:
    connections = ConnectionPerThread(tmp_path / "a.db")
    mine = connections.connection()
    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(connections.connection).result()
        again = pool.submit(connections.connection).result()
    assert connections.connection() is mine
    assert again is theirs
    assert theirs is not mine


def test_it_is_in_wal_and_synchronous_normal_and_waits_five_seconds(tmp_path: Path) -> None:
    connection = ConnectionPerThread(tmp_path / "a.db").connection()
    pragmas = ("journal_mode", "synchronous", "busy_timeout")
    settings = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert settings == ["wal", 1, 5000]


def test_how_it_is_opened_is_the_callers_where_one_has_another_way(tmp_path: Path) -> None:
    opened = []
    connections = ConnectionPerThread(tmp_path / "a.db", opened.append)
    connections.connection()
    assert opened == [tmp_path / "a.db"]
