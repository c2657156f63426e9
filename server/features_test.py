"""The feature table of server/README.md names tests that are there."""

import re
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parent
ROW = re.compile(r"^\| (?P<feature>[^|]+) \| (?P<shown>[^|]+) \|$", re.MULTILINE)
TABLE = (SERVER / "README.md").read_text().split("## What it does", 1)[1]
ROWS = [(row["feature"], row["shown"]) for row in ROW.finditer(TABLE)][1:]


@pytest.mark.parametrize(("feature", "shown"), ROWS, ids=[feature for feature, _ in ROWS])
def test_a_feature_is_planned_or_shown_by_a_test(feature: str, shown: str) -> None:
    """Each named file exists, and has the test that is named behind it."""
    if "planned" in shown:
        return
    named = re.findall(r"`([^`]+)`", shown)
    assert named, f"{feature} is shown by nothing"
    for name in named:
        file, _, test = name.partition(": ")
        text = (SERVER / file).read_text()
        assert re.search(rf"\b{re.escape(test)}\b", text), f"{file} has no test {test}"
