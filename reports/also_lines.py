"""A row's other figures as lines of the table: latency, memory, success, each in its unit. Pure."""

from __future__ import annotations

from reports.document import Row
from reports.interval import median_interval
from reports.metric import level_text, unit, value, value_text, words
from reports.quantity import DASH, NO_BREAK, Figure, interval_text
from reports.result import Load, Run
from reports.table_line import Line

RANGE = ("latency_low_ms", "latency_high_ms")  # two figures of a document for one of ours


def also_lines(run: Run, row: Row, loads: tuple[Load | None, ...]) -> tuple[Line, ...]:
    """Return a line for each other figure of the claimant, and how many of its requests succeeded.

    `loads` are those of the table's columns, in their order.
    """
    if not row.also or not row.figures:
        return ()
    label = next(iter(row.figures))
    published = {name: number for name, number in row.also.items() if name not in RANGE}
    lines = [_line(run, row, label, loads, name, number) for name, number in published.items()]
    if set(RANGE) <= set(row.also):
        low, high = (row.also[name] for name in RANGE)
        text = f"{low:g} to {high:g}{NO_BREAK}ms"
        measured = _measured(run, row, label, loads, "latency_mean_ms")
        lines.insert(0, Line("latency", f"{label}; ours is the mean", Figure(text), measured))
    none = Figure(DASH, reason="not in this row")
    success = _measured(run, row, label, loads, "success_percent")
    return (*lines, Line("success", label, none, success))


def _line(
    run: Run, row: Row, label: str, loads: tuple[Load | None, ...], metric: str, number: float
) -> Line:
    original = Figure(f"{number:g}{NO_BREAK}{unit(metric)}")
    return Line(words(metric), label, original, _measured(run, row, label, loads, metric))


def _measured(
    run: Run, row: Row, label: str, loads: tuple[Load | None, ...], metric: str
) -> tuple[Figure, ...]:
    return tuple(_figure(run, row, label, load, metric) for load in loads)


def _figure(run: Run, row: Row, label: str, load: Load | None, metric: str) -> Figure:
    cell = run.cell(row.workload, label, load.name) if load else None
    if cell is None:
        return Figure(DASH, reason="not in this run")
    numbers = [value(trial, metric) for trial in run.trials_of(cell)]
    found = median_interval([number for number in numbers if number is not None])
    if found is None:
        return Figure(DASH, reason=cell.missing or "not in its trials")
    interval = interval_text(found, lambda end: value_text(end, metric))
    return Figure(level_text(found.median, metric), interval or "no interval")
