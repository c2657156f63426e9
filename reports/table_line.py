"""A line of the document's table, with a figure of ours for each column. A record only."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantity import Figure


@dataclass(frozen=True)
class Line:
    """What it is, the document's figure, and what was measured, column by column."""

    name: str
    label: str
    original: Figure
    measured: tuple[Figure, ...]
