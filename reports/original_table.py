"""The document's table beside ours, as texts. Pure: a run and a document in, cell texts out.

Rates of two machines are printed side by side and never divided; the one comparison is between
the ratio that the document published and the ratio that this run measured. Where a run has loads of
a document's client, they are "as documented", and those of ours "fair": each side's best variant.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.also_lines import also_lines
from reports.document import Document, Row, Table
from reports.fair_pair import fair_pair
from reports.pair_ratio import measured_ratio
from reports.quantity import DASH, Figure, interval_text, rate_text, ratio_text, trials_text
from reports.result import Cell, Estimate, Load, Run
from reports.ruling import Ruling, ruling_on
from reports.table_line import Line


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

    def load_for(self, table: Table, row: Row) -> Load | None:
        """Return the load with the row's number of clients and its way with connections."""
        clients = table.clients_of(row)
        fitting = (load for load in self.loads if clients in (None, load.connections))
        return next((load for load in fitting if load.keep_alive == table.keep_alive), None)


@dataclass(frozen=True)
class Scenario:
    """The rows of one scenario, its ratio last, and what the evidence says in plain words."""

    title: str
    claim: str
    lines: tuple[Line, ...]
    ratio: Line | None
    note: str
    ruling: Ruling | None

    @property
    def is_measured(self) -> bool:
        return self.ratio is not None and not all(each.reason for each in self.ratio.measured)


@dataclass(frozen=True)
class OriginalTable:
    """The whole table with the two machines that its figures come from."""

    title: str
    source: str
    original_machine: str
    measured_machine: str
    client: str
    columns: tuple[str, ...]
    loads: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    notes: tuple[str, ...]


def original_table(
    run: Run, document: Document, table: Table, rulings: tuple[Ruling, ...] = ()
) -> OriginalTable:
    """Return the table of `document` that `run` was planned for, beside what `run` measured."""
    found = columns(run)
    rows = (*table.rows, *left_out(run, table))
    return OriginalTable(
        title=table.title,
        source=document.document.title,
        original_machine=document.machine.words,
        measured_machine=f"{run.host.cpu}, {run.host.cores} cores",
        client=table.client,
        columns=tuple(column.title for column in found),
        loads=tuple(filter(None, (_loads_text(column, table) for column in found))),
        scenarios=tuple(
            _scenario(run, table, row, found, ruling_on(row, table, rulings)) for row in rows
        ),
        notes=tuple(note for note in (*table.notes, document.document.note) if note),
    )


def left_out(run: Run, table: Table) -> tuple[Row, ...]:
    """Return rows without figures for what the run measured and the document leaves out.

    A plan that repeats several variants of a workload does so for its fair side: those are no rows.
    """
    told = {row.workload.partition("@")[0] for row in table.rows}
    return tuple(
        Row(each.title, each.name, {}, "requests/s", "")
        for each in run.workloads
        if each.name.partition("@")[0] not in told
    )


def columns(run: Run) -> tuple[Column, ...]:
    """Return what was measured, a column for each kind of client that the run has."""
    documented = tuple(load for load in run.loads if not load.is_native)
    native = tuple(load for load in run.loads if load.is_native)
    if not documented:
        return (Column("Measured", native),)
    fair = (Column("Fair", native, is_fair=True),) if native else ()
    return (Column("As documented", documented), *fair)


def _loads_text(column: Column, table: Table) -> str:
    loads = (column.load_for(table, row) for row in table.rows)
    titles = tuple(dict.fromkeys(load.title for load in loads if load))
    bare = (title.removeprefix(f"{column.title.lower()}: ") for title in titles)
    return f"{column.title}: {'; '.join(bare)}" if titles else ""


def _scenario(
    run: Run, table: Table, row: Row, found: tuple[Column, ...], ruling: Ruling | None
) -> Scenario:
    loads = tuple(column.load_for(table, row) for column in found)
    labels = dict.fromkeys((*row.figures, *_labels_of_ours(run, row, loads)))
    lines = tuple(_line(run, table, row, loads, label) for label in labels)
    return Scenario(
        title=row.scenario,
        claim=row.claim,
        lines=(*lines, *also_lines(run, row, loads)),
        ratio=_ratio_line(run, row, found, loads) if len(row.figures) > 1 else None,
        note=_note(run, row, found, loads),
        ruling=ruling,
    )


def _labels_of_ours(run: Run, row: Row, loads: tuple[Load | None, ...]) -> tuple[str, ...]:
    names = {load.name for load in loads if load}
    cells = [cell for cell in run.cells if cell.workload == row.workload and cell.load in names]
    return tuple(cell.baseline for cell in cells if cell.baseline not in row.figures)


def _line(run: Run, table: Table, row: Row, loads: tuple[Load | None, ...], label: str) -> Line:
    baseline = run.baseline(label)
    published = row.figures.get(label)
    return Line(
        name=baseline.title if baseline else table.columns.get(label, label),
        label=label,
        original=Figure(f"{published:,g}")
        if published
        else Figure(DASH, "", "not in the document"),
        measured=tuple(
            _measured_rate(run.cell(row.workload, label, load.name) if load else None)
            for load in loads
        ),
    )


def _measured_rate(cell: Cell | None) -> Figure:
    if cell is None:
        return Figure(DASH, "", "not in this run")
    if cell.rate is None:
        return Figure(DASH, "", cell.missing)
    none = f"no interval from {trials_text(cell.valid)}"
    return Figure(
        rate_text(cell.rate.median),
        interval_text(cell.rate, rate_text) or none,
        caution="client-bound" if cell.is_client_bound else "",
    )


def _ratio_line(
    run: Run, row: Row, found: tuple[Column, ...], loads: tuple[Load | None, ...]
) -> Line:
    ours, theirs = tuple(row.figures)[:2]
    names = [each.title if (each := run.baseline(label)) else label for label in (ours, theirs)]
    return Line(
        name=f"{names[0]} \N{DIVISION SIGN} {names[1]}",
        label=f"{ours} \N{DIVISION SIGN} {theirs}",
        original=Figure(ratio_text(_original_ratio(row))),
        measured=tuple(
            _measured_ratio(run, row, column, load)
            for column, load in zip(found, loads, strict=True)
        ),
    )


def _measured_ratio(run: Run, row: Row, column: Column, load: Load | None) -> Figure:
    pair = column.pair_for(run, row, load)
    found = measured_ratio(run, row.workload, load, *pair)
    if found is None:
        return Figure(DASH, "", _reason_for_none(run, row, load, pair))
    note = _other_pair(pair, tuple(row.figures)[:2])
    ends = interval_text(found, ratio_text) or "no interval"
    return Figure(ratio_text(found.median), ends, note=note)


def _other_pair(pair: tuple[str, ...], named: tuple[str, ...]) -> str:
    """Return which two a ratio is of, or the second alone, where the row does not name them."""
    if pair == named:
        return ""
    ours = f"{pair[0]} " if pair[0] != named[0] else ""
    return f"{ours}\N{DIVISION SIGN} {pair[1]}"


def _reason_for_none(run: Run, row: Row, load: Load | None, pair: tuple[str, str]) -> str:
    cells = [run.cell(row.workload, label, load.name) if load else None for label in pair]
    if all(cell and cell.rate for cell in cells):
        return "a rate of zero has no ratio"
    return "needs both rates"


def _original_ratio(row: Row) -> float:
    claimant, compared = tuple(row.figures.values())[:2]
    return claimant / compared


def _note(run: Run, row: Row, found: tuple[Column, ...], loads: tuple[Load | None, ...]) -> str:
    if not row.figures:
        return f"The document has no figure here{f': {row.words}' if row.words else ''}."
    if row.workload not in {each.name for each in run.workloads}:
        return f"Plan {run.plan} does not measure this scenario, so this run says nothing about it."
    if not any(loads):
        return "This run has no load with the document's number of clients, so nothing is compared."
    if len(row.figures) < 2:
        return ""
    ratios = [
        measured_ratio(run, row.workload, load, *column.pair_for(run, row, load))
        for column, load in zip(found, loads, strict=True)
    ]
    sentences = [
        (column.title, comparison(_original_ratio(row), ratio))
        for column, ratio in zip(found, ratios, strict=True)
        if ratio
    ]
    if len(found) == 1:
        return "".join(sentence for _, sentence in sentences)
    return " ".join(
        f"{title}: {sentence[0].lower()}{sentence[1:]}" for title, sentence in sentences
    )


def comparison(original: float, measured: Estimate) -> str:
    """Return in plain words how the measured ratio stands to the original one."""
    low, high = measured.low, measured.high
    if low is None or high is None:
        return "Too few valid trials for an interval, so this run neither confirms nor denies it."
    if low <= 1 <= high:
        return "The interval includes 1: this run shows no difference between the two."
    if low <= original <= high:
        return "The original ratio lies inside the measured interval."
    if (measured.median > 1) != (original > 1):
        return "The other way round here: this run found the opposite order."
    size = "smaller" if abs(measured.median - 1) < abs(original - 1) else "larger"
    return f"The same direction, but the difference measured here is {size}."
