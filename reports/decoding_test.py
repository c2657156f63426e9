"""A file's values become records, or the field at fault is named."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reports.decoding import MalformedError, decoded


@dataclass(frozen=True)
class Part:
    size: float


@dataclass(frozen=True)
class Whole:
    name: str
    parts: tuple[Part, ...]
    counts: dict[str, int]
    note: str | None = None


def test_nested_values_become_records() -> None:
    given = {"name": "a", "parts": [{"size": 2}], "counts": {"x": 3}, "unknown": 1}
    assert decoded(Whole, given) == Whole("a", (Part(2.0),), {"x": 3})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"parts": [{"size": 1}, {"size": "2"}]}, "parts[1].size is not a number"),
        ({"parts": [{}]}, "parts[0].size is missing"),
        ({"parts": {}}, "parts is not a list"),
        ({"parts": [7]}, "parts[0] is not an object"),
        ({"counts": {"x": True}}, "counts.x is not a whole number"),
        ({"counts": []}, "counts is not an object"),
        ({"name": None}, "name is not a string"),
        ({"parts": [{"size": float("nan")}]}, "parts[0].size is not a finite number"),
        ({"note": 5}, "note is not a string"),
    ],
)
def test_the_field_at_fault_is_named(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(MalformedError) as caught:
        decoded(Whole, {"name": "a", "parts": [], "counts": {}, **change})
    assert str(caught.value) == sentence
