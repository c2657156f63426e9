"""The columns of a document's table that we measured, and under which loads its rows were. Pure.

Where a run has loads of a document's client, they are "as documented", and those of ours "fair".
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import Row, Table
from reports.fair_pair import best_variant, fair_pair
from reports.result import Load, Run


@dataclass(frozen=True)
class Column:
    """What was measured by one kind of client."""

    title: str
    loads: tuple[Load, ...]
    is_fair: bool = False

    def pair_for(self, run: Run, row: Row, load: Load | None) -> tuple[str, str]:
        """Return the two that stand for the row in this column. REQUIRES: it has two figures"""
        ours, theirs = tuple(row.figures)[:2]
        return (
            fair_pair(run, row.workload, load, (ours, theirs)) if self.is_fair else (ours, theirs)
        )

    def label_for(self, run: Run, table: Table, row: Row, load: Load | None) -> str:
        """Return the one that stands for the row. REQUIRES: it has one figure

        Between equals that is its best variant, unless the variant is what the rows are about.
        """
        (label,) = row.figures
        if not self.is_fair or _are_about_variants(table, label):
            return label
        return best_variant(run, row.workload, load, label)

    def load_for(self, table: Table, row: Row) -> Load | None:
        """Return the load with the row's number of clients and its way with connections."""
        clients = table.clients_of(row)
        fitting = (load for load in self.loads if clients in (None, load.connections))
        return next((load for load in fitting if load.keep_alive == table.keep_alive), None)

    def other_load_for(self, run: Run, table: Table, row: Row) -> Load | None:
        """Return a fair load that measured the row with the other way with connections.

        One with as many clients goes first: a server that gives a kept connection a thread has
        fewer. Without a load of the row's own there is nothing that it could stand beside.
        """
        if self.load_for(table, row) is None:
            return None
        fitting = [
            load
            for load in self.loads
            if self.is_fair and load.keep_alive != table.keep_alive and _measured(run, row, load)
        ]
        clients = table.clients_of(row)
        return min(fitting, key=lambda load: load.connections != clients, default=None)


@dataclass(frozen=True)
class Place:
    """A row's place in a column, with the loads that its figures are from."""

    column: Column
    load: Load | None
    other: Load | None  # the other way with connections

    @property
    def name_of_other(self) -> str:
        """Return what tells the figure of the other load apart; nothing without one.

        Another number of connections makes another rate, so where it differs it is told.
        """
        if self.other is None:
            return ""
        if self.load is None or self.load.connections == self.other.connections:
            return way(self.other)
        return f"{way(self.other)}, {self.other.connections} at a time"


def columns(run: Run) -> tuple[Column, ...]:
    """Return what was measured, a column for each kind of client that the run has."""
    documented = tuple(load for load in run.loads if not load.is_native)
    native = tuple(load for load in run.loads if load.is_native)
    if not documented:
        return (Column("Measured", native),)
    fair = (Column("Fair", native, is_fair=True),) if native else ()
    return (Column("As documented", documented), *fair)


def places(run: Run, table: Table, row: Row) -> tuple[Place, ...]:
    """Return a row's place in each column."""
    return tuple(
        Place(column, column.load_for(table, row), column.other_load_for(run, table, row))
        for column in columns(run)
    )


def way(load: Load) -> str:
    """Return in a word what a load does with its connections."""
    return "kept" if load.keep_alive else "closed"


def _name(label: str) -> str:
    return label.partition("@")[0]


def _measured(run: Run, row: Row, load: Load) -> bool:
    """Say whether a load measured one of those that the row is about, in whatever variant."""
    names = {_name(label) for label in row.figures}
    return any(
        (cell.workload, cell.load) == (row.workload, load.name)
        and (not names or _name(cell.baseline) in names)
        for cell in run.cells
    )


def _are_about_variants(table: Table, label: str) -> bool:
    """Say whether the table has another variant of the same baseline, as one of workers has."""
    named = {each for row in table.rows for each in row.figures if _name(each) == _name(label)}
    return len(named) > 1
