"""The replies of the key-value table, and that each is one transaction."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from workloads.kv.key_value_table import KeyValueTable, reset


@pytest.fixture
def table(tmp_path: Path) -> KeyValueTable:
    """Return a table as it is at the start of a server."""
    reset(tmp_path / "kv.db")
    return KeyValueTable(tmp_path / "kv.db")


def rows(database: Path, key: str) -> list[tuple[int, bytes]]:
    """Return what another connection finds of a key."""
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT counter, value FROM pairs WHERE key = ?"
        return connection.execute(query, (key,)).fetchall()


def test_a_key_is_created_once_and_then_found_with_its_counter(table: KeyValueTable) -> None:
    texts = [table.get_or_create("new") for _ in range(2)]
    assert texts == ["Created: new\n", "Found: new, counter=0\n"]


def test_the_first_value_is_item_and_the_key(table: KeyValueTable, tmp_path: Path) -> None:
    table.get_or_create("new")
    assert rows(tmp_path / "kv.db", "new") == [(0, b"item-new")]


def test_an_update_sets_the_value_and_counts(table: KeyValueTable, tmp_path: Path) -> None:
    assert [table.update("7", b"a"), table.update("7", b"b")] == ["Updated: 7\n"] * 2
    assert rows(tmp_path / "kv.db", "7") == [(2, b"b")]


def test_an_update_of_a_key_that_is_not_there_creates_it(
    table: KeyValueTable, tmp_path: Path
) -> None:
    assert table.update("new", b"a") == "Created: new\n"
    assert rows(tmp_path / "kv.db", "new") == [(0, b"a")]


def test_a_key_is_deleted_once(table: KeyValueTable, tmp_path: Path) -> None:
    replies = [table.delete("7"), table.delete("7")]
    assert replies == [(200, "Deleted: 7\n"), (404, "Not found: 7\n")]
    assert rows(tmp_path / "kv.db", "7") == []


def test_a_reset_leaves_the_keys_1_to_10000_uncounted_and_no_other(
    table: KeyValueTable, tmp_path: Path
) -> None:
    table.update("7", b"changed")
    table.delete("8")
    table.get_or_create("new")
    reset(tmp_path / "kv.db")
    with closing(sqlite3.connect(tmp_path / "kv.db")) as connection:
        query = (
            "SELECT count(*), min(CAST(key AS INTEGER)), max(CAST(key AS INTEGER)), "
            "count(DISTINCT key), max(counter), sum(value = CAST('item-' || key AS BLOB)) "
            "FROM pairs"
        )
        assert connection.execute(query).fetchone() == (10_000, 1, 10_000, 10_000, 0, 10_000)


def test_no_count_is_lost_between_eight_threads(table: KeyValueTable) -> None:
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda _: table.update("1", b"a"), range(200)))
    assert set(texts) == {"Updated: 1\n"}
    assert table.get_or_create("1") == "Found: 1, counter=200\n"


def test_a_value_that_is_refused_leaves_the_row_and_the_connection_as_they_were(
    table: KeyValueTable, tmp_path: Path
) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        table.update("7", object())  # type: ignore[arg-type]
    assert rows(tmp_path / "kv.db", "7") == [(0, b"item-7")]
    assert table.get_or_create("7") == "Found: 7, counter=0\n"
