"""The tables of what the server does and what its storage promises name tests that are there."""

import re
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parent
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<shown>[^|]+) \|$", re.MULTILINE)


def rows_of(folder: Path, heading: str) -> list[tuple[Path, str, str]]:
    """Return what the table under the heading says, without its own first row."""
    table = (folder / "README.md").read_text().split(heading, 1)[1]
    return [(folder, row["what"], row["shown"]) for row in ROW.finditer(table)][1:]


FEATURES = rows_of(SERVER, "## What it does")
PROMISES = rows_of(SERVER / "storage", "## What is promised")


@pytest.mark.parametrize(
    ("folder", "what", "shown"), FEATURES + PROMISES, ids=[row[1] for row in FEATURES + PROMISES]
)
def test_it_is_planned_or_shown_by_a_test(folder: Path, what: str, shown: str) -> None:
    """Each named file exists, and has the test that is named behind it."""
    if "planned" in shown:
        return
    named = re.findall(r"`([^`]+)`", shown)
    assert named, f"{what} is shown by nothing"
    for name in named:
        file, _, test = name.partition(": ")
        text = (folder / file).read_text()
        assert re.search(rf"\b{re.escape(test)}\b", text), f"{file} has no test {test}"


def test_both_tables_were_read() -> None:
    """A heading that moved must not make a table of nothing."""
    assert len(FEATURES) > 40
    assert len(PROMISES) > 15
