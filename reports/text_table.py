"""Lays texts out in columns for a terminal, each wrapped to its column's width. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

GAP = "  "


@dataclass(frozen=True)
class TextColumn:
    """A column: its heading and width in characters."""

    heading: str
    width: int
    is_right: bool = False


def text_table(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines; a line break in a cell stays one, and a rule parts the rows."""
    rule = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * (
        sum(column.width for column in columns) + len(GAP) * (len(columns) - 1)
    )
    lines = [*_row(columns, [column.heading for column in columns]), rule]
    for row in rows:
        lines += [*_row(columns, row), rule]
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Return a text's lines within a width; what is too long for one is broken."""
    parts = (_breakable(part, width) for part in text.split("\n"))
    wraps = (textwrap.wrap(part, width, break_on_hyphens=False) for part in parts)
    return [line for part in wraps for line in part or [""]]


def _breakable(text: str, width: int) -> str:
    """Return the text with its long labels in two, so that they are broken before the variant."""
    words = text.split(" ")
    return " ".join(word.replace("@", " @", 1) if len(word) > width else word for word in words)


def _row(columns: Sequence[TextColumn], cells: Sequence[str]) -> list[str]:
    texts = [wrapped(cell, column.width) for column, cell in zip(columns, cells, strict=True)]
    return [
        GAP.join(
            _padded(column, lines[index] if index < len(lines) else "")
            for column, lines in zip(columns, texts, strict=True)
        ).rstrip()
        for index in range(max(map(len, texts)))
    ]


def _padded(column: TextColumn, text: str) -> str:
    return text.rjust(column.width) if column.is_right else text.ljust(column.width)
