"""The document's table beside ours, as texts. Pure: a run and a document in, cell texts out.

Rates of two machines are printed side by side and never divided; the one comparison is between
the ratio that the document published and the ratio that this run measured. A fair figure is that of
each side's best variant, and has a second beside it where connections were treated otherwise too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.also_lines import also_lines
from reports.cell_gate import FEWEST
from reports.document import Document, Row, Table
from reports.pair_ratio import CLIENT_BOUND, is_client_bound, is_tie, measured_ratio
from reports.quantity import DASH, Figure, interval_text, rate_text, ratio_text, trials_text
from reports.result import Cell, Estimate, Load, Run
from reports.ruling import Ruling, ruling_on
from reports.table_column import Column, Place, columns, places, way
from reports.table_line import Line

NOT_RUN = "not in this run"


@dataclass(frozen=True)
class Scenario:
    """The rows of one scenario, its ratio last, and what the evidence says in plain words.

    `best` is in place of a ratio where the document has one figure: between equals, that of the
    baseline's best variant.
    """

    title: str
    claim: str
    lines: tuple[Line, ...]
    ratio: Line | None
    best: Line | None
    note: str
    ruling: Ruling | None

    @property
    def is_measured(self) -> bool:
        return self.ratio is not None and not all(each.reason for each in self.ratio.measured)

    @property
    def has_better(self) -> bool:
        """Say whether another variant than the row's own stands for it somewhere."""
        return self.best is not None and any(each.note for each in self.best.measured)


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
        loads=tuple(filter(None, (_loads_text(run, column, table) for column in found))),
        scenarios=tuple(_scenario(run, table, row, ruling_on(row, table, rulings)) for row in rows),
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


def _loads_text(run: Run, column: Column, table: Table) -> str:
    loads = (column.load_for(table, row) for row in table.rows)
    others = (column.other_load_for(run, table, row) for row in table.rows)
    titles = (
        *dict.fromkeys(_title(column, load) for load in loads if load),
        *dict.fromkeys(f"{way(load)}: {_title(column, load)}" for load in others if load),
    )
    return f"{column.title}: {'; '.join(titles)}" if titles else ""


def _title(column: Column, load: Load) -> str:
    return load.title.removeprefix(f"{column.title.lower()}: ")


def _scenario(run: Run, table: Table, row: Row, ruling: Ruling | None) -> Scenario:
    found = places(run, table, row)
    loads = tuple(place.load for place in found)
    labels = dict.fromkeys((*row.figures, *_labels_of_ours(run, row, found)))
    lines = tuple(_line(run, table, row, found, label) for label in labels)
    return Scenario(
        title=row.scenario,
        claim=row.claim,
        lines=(*lines, *also_lines(run, row, loads)),
        ratio=_ratio_line(run, row, found) if len(row.figures) > 1 else None,
        best=_best_line(run, table, row, found) if len(row.figures) == 1 else None,
        note=_note(run, row, found),
        ruling=ruling,
    )


def _labels_of_ours(run: Run, row: Row, found: tuple[Place, ...]) -> tuple[str, ...]:
    names = {load.name for place in found for load in (place.load, place.other) if load}
    cells = [cell for cell in run.cells if cell.workload == row.workload and cell.load in names]
    return tuple(cell.baseline for cell in cells if cell.baseline not in row.figures)


def _line(run: Run, table: Table, row: Row, found: tuple[Place, ...], label: str) -> Line:
    baseline = run.baseline(label)
    published = row.figures.get(label)
    return Line(
        name=baseline.title if baseline else table.columns.get(label, label),
        label=label,
        original=Figure(f"{published:,g}")
        if published
        else Figure(DASH, "", "not in the document"),
        measured=tuple(
            _both_ways(place, lambda load: _rate_of(run, row, load, label)) for place in found
        ),
    )


def _best_line(run: Run, table: Table, row: Row, found: tuple[Place, ...]) -> Line:
    (label,) = row.figures
    own = _line(run, table, row, found, label)

    def best(column: Column, load: Load | None) -> Figure:
        stands = column.label_for(run, table, row, load)
        figure = _rate_of(run, row, load, stands)
        return figure if stands == label else replace(figure, note=stands)

    measured = tuple(
        _both_ways(place, lambda load, column=place.column: best(column, load)) for place in found
    )
    return Line(own.name, "its fastest variant where fair", own.original, measured)


def _both_ways(place: Place, figure_of: Callable[[Load | None], Figure]) -> Figure:
    """Return a figure with that of the other way with connections beside it, if there is one."""
    figure = figure_of(place.load)
    if place.other is None:
        return figure
    second = figure_of(place.other)
    if second.reason == NOT_RUN:
        return figure
    note = (
        ""
        if second.note == figure.note or second.reason
        else second.note or "the row\N{RIGHT SINGLE QUOTATION MARK}s own"
    )
    return replace(figure, second=replace(second, name=place.name_of_other, note=note))


def _rate_of(run: Run, row: Row, load: Load | None, label: str) -> Figure:
    return _measured_rate(run.cell(row.workload, label, load.name) if load else None)


def _measured_rate(cell: Cell | None) -> Figure:
    if cell is None:
        return Figure(DASH, "", NOT_RUN)
    if cell.rate is None:
        return Figure(DASH, "", cell.missing)
    none = f"no interval from {trials_text(cell.valid)}"
    return Figure(
        rate_text(cell.rate.median),
        interval_text(cell.rate, rate_text) or none,
        caution=CLIENT_BOUND if cell.is_client_bound else "",
    )


def _ratio_line(run: Run, row: Row, found: tuple[Place, ...]) -> Line:
    ours, theirs = tuple(row.figures)[:2]
    names = [each.title if (each := run.baseline(label)) else label for label in (ours, theirs)]
    return Line(
        name=f"{names[0]} \N{DIVISION SIGN} {names[1]}",
        label=f"{ours} \N{DIVISION SIGN} {theirs}",
        original=Figure(ratio_text(_original_ratio(row))),
        measured=tuple(
            _both_ways(
                place, lambda load, column=place.column: _measured_ratio(run, row, column, load)
            )
            for place in found
        ),
    )


def _measured_ratio(run: Run, row: Row, column: Column, load: Load | None) -> Figure:
    pair = column.pair_for(run, row, load)
    found = measured_ratio(run, row.workload, load, *pair)
    if found is None:
        return Figure(DASH, "", _reason_for_none(run, row, load, pair))
    if found.low is None and run.blocks_done >= FEWEST:  # one lucky trial is no figure
        return Figure(DASH, "", "too few valid trials")
    note = _other_pair(pair, tuple(row.figures)[:2])
    ends = interval_text(found, ratio_text) or "no interval"
    caution = ""
    if is_client_bound(run, row.workload, load, *pair):
        caution = CLIENT_BOUND
    elif is_tie(run, row.workload, load, *pair):
        caution = "within the host\N{RIGHT SINGLE QUOTATION MARK}s noise"
    return Figure(ratio_text(found.median), ends, caution=caution, note=note)


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


def _note(run: Run, row: Row, found: tuple[Place, ...]) -> str:
    if not row.figures:
        return f"The document has no figure here{f': {row.words}' if row.words else ''}."
    if row.workload not in {each.name for each in run.workloads}:
        return f"Plan {run.plan} does not measure this scenario, so this run says nothing about it."
    if not any(place.load for place in found):
        return "This run has no load with the document's number of clients, so nothing is compared."
    if len(row.figures) < 2:
        return f"{row.note[:1].upper()}{row.note[1:]}." if row.note else ""
    sentences = [
        (place.column.title, sentence)
        for place in found
        if (sentence := _comparison_of(run, row, place))
    ]
    if len(found) == 1:
        return "".join(sentence for _, sentence in sentences)
    return " ".join(
        f"{title}: {sentence[0].lower()}{sentence[1:]}" for title, sentence in sentences
    )


def _comparison_of(run: Run, row: Row, place: Place) -> str:
    """Return how the ratio of one column stands to the original one; nothing without a ratio."""
    pair = place.column.pair_for(run, row, place.load)
    ratio = measured_ratio(run, row.workload, place.load, *pair)
    if ratio is None:
        return ""
    is_bound = is_client_bound(run, row.workload, place.load, *pair)
    return comparison(_original_ratio(row), ratio, is_bound=is_bound)


def comparison(original: float, measured: Estimate, *, is_bound: bool = False) -> str:
    """Return in plain words how the measured ratio stands to the original one.

    Where the client is the bound, the laboratory gives the two no order, and so do the words.
    """
    low, high = measured.low, measured.high
    if low is None or high is None:
        return "Too few valid trials for an interval, so this run neither confirms nor denies it."
    if is_bound:
        return "No order is known: the client held one of the two back."
    if low <= 1 <= high:
        return "The interval includes 1: this run shows no difference between the two."
    if low <= original <= high:
        return "The original ratio lies inside the measured interval."
    if (measured.median > 1) != (original > 1):
        return "The other way round here: this run found the opposite order."
    size = "smaller" if abs(measured.median - 1) < abs(original - 1) else "larger"
    return f"The same direction, but the difference measured here is {size}."
