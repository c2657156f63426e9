"""The document's table beside ours, as texts. Pure: a run and a document in, cell texts out.

Rates of two machines are printed side by side and never divided; the one comparison is between
the ratio that the document published and the ratio that this run measured.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import Document, Row, Table
from reports.pair_ratio import measured_ratio
from reports.quantity import DASH, Figure, interval_text, rate_text, ratio_text, trials_text
from reports.result import Cell, Estimate, Load, Run


@dataclass(frozen=True)
class Line:
    """A row of the table: what it is, the document's figure, ours."""

    name: str
    label: str
    original: Figure
    measured: Figure


@dataclass(frozen=True)
class Scenario:
    """The rows of one scenario, its ratio last, and what the evidence says in plain words."""

    title: str
    claim: str
    lines: tuple[Line, ...]
    ratio: Line | None
    note: str

    @property
    def is_measured(self) -> bool:
        return self.ratio is not None and not self.ratio.measured.reason


@dataclass(frozen=True)
class OriginalTable:
    """The whole table with the two machines that its two columns come from."""

    title: str
    source: str
    original_machine: str
    measured_machine: str
    client: str
    load: str
    scenarios: tuple[Scenario, ...]
    notes: tuple[str, ...]


def original_table(run: Run, document: Document, table: Table) -> OriginalTable:
    """Return the table of `document` that `run` was planned for, beside what `run` measured."""
    load = matching_load(run, table)
    return OriginalTable(
        title=table.title,
        source=document.document.title,
        original_machine=document.machine.words,
        measured_machine=f"{run.host.cpu}, {run.host.cores} cores",
        client=table.client,
        load=load.title if load else "",
        scenarios=tuple(_scenario(run, table, row, load) for row in table.rows),
        notes=tuple(note for note in (*table.notes, document.document.note) if note),
    )


def matching_load(run: Run, table: Table) -> Load | None:
    """Return the load with the document's number of clients and its way with connections."""
    wanted = (table.clients, table.keep_alive)
    return next((load for load in run.loads if (load.connections, load.keep_alive) == wanted), None)


def _scenario(run: Run, table: Table, row: Row, load: Load | None) -> Scenario:
    labels = (*row.figures, *_labels_of_ours(run, row, load))
    lines = tuple(_line(run, table, row, load, label) for label in labels)
    ratio = _ratio_line(run, row, load) if len(row.figures) > 1 else None
    return Scenario(row.scenario, row.claim, lines, ratio, _note(run, row, load))


def _labels_of_ours(run: Run, row: Row, load: Load | None) -> tuple[str, ...]:
    cells = [c for c in run.cells if load and (c.workload, c.load) == (row.workload, load.name)]
    return tuple(cell.baseline for cell in cells if cell.baseline not in row.figures)


def _line(run: Run, table: Table, row: Row, load: Load | None, label: str) -> Line:
    baseline = run.baseline(label)
    published = row.figures.get(label)
    return Line(
        name=baseline.title if baseline else table.columns.get(label, label),
        label=label,
        original=Figure(rate_text(published))
        if published
        else Figure(DASH, "", "not in the document"),
        measured=_measured_rate(run.cell(row.workload, label, load.name) if load else None),
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


def _ratio_line(run: Run, row: Row, load: Load | None) -> Line:
    ours, theirs = tuple(row.figures)[:2]
    names = [found.title if (found := run.baseline(label)) else label for label in (ours, theirs)]
    measured = measured_ratio(run, row.workload, load, ours, theirs)
    return Line(
        name=f"{names[0]} \N{DIVISION SIGN} {names[1]}",
        label=f"{ours} \N{DIVISION SIGN} {theirs}",
        original=Figure(ratio_text(_original_ratio(row))),
        measured=_measured_ratio(measured, _reason_for_none(run, row, load)),
    )


def _reason_for_none(run: Run, row: Row, load: Load | None) -> str:
    cells = [run.cell(row.workload, label, load.name) if load else None for label in row.figures]
    if all(cell and cell.rate for cell in cells[:2]):
        return "a rate of zero has no ratio"
    return "needs both rates"


def _measured_ratio(measured: Estimate | None, reason: str) -> Figure:
    if measured is None:
        return Figure(DASH, "", reason)
    return Figure(ratio_text(measured.median), interval_text(measured, ratio_text) or "no interval")


def _original_ratio(row: Row) -> float:
    claimant, compared = tuple(row.figures.values())[:2]
    return claimant / compared


def _note(run: Run, row: Row, load: Load | None) -> str:
    if row.workload not in {each.name for each in run.workloads}:
        return f"Plan {run.plan} does not measure this scenario, so this run says nothing about it."
    if load is None:
        return "This run has no load with the document's number of clients, so nothing is compared."
    if len(row.figures) < 2:
        return ""
    ours, theirs = tuple(row.figures)[:2]
    measured = measured_ratio(run, row.workload, load, ours, theirs)
    return comparison(_original_ratio(row), measured) if measured else ""


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
