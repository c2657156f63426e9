"""What is read from the items and counted on them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from workloads.mixed.item_table import ItemTable, reset


@pytest.fixture
def table(tmp_path: Path) -> ItemTable:
    """Return a table as it is at the start of a server."""
    reset(tmp_path / "mixed.db")
    return ItemTable(tmp_path / "mixed.db")


def test_the_first_and_the_last_item_are_there_and_none_beside_them(table: ItemTable) -> None:
    assert [table.read(number) for number in (0, 1, 10_000, 10_001)] == [
        None,
        (1, "item-1", 0),
        (10_000, "item-10000", 0),
        None,
    ]


def test_a_count_is_returned_and_seen_by_other_threads(table: ItemTable) -> None:
    assert [table.count_up(5), table.count_up(5)] == [1, 2]
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(table.read, 5).result() == (5, "item-5", 2)


def test_an_item_that_is_not_there_is_not_counted(table: ItemTable) -> None:
    assert table.count_up(10_001) is None
    assert table.read(10_001) is None


def test_no_count_is_lost_between_eight_threads(table: ItemTable) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: table.count_up(1), range(200)))
    assert sorted(counts) == list(range(1, 201))


def test_a_reset_sets_the_counters_to_0(table: ItemTable, tmp_path: Path) -> None:
    table.count_up(5)
    reset(tmp_path / "mixed.db")
    assert table.read(5) == (5, "item-5", 0)
