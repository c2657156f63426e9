"""Every cell of a run as texts, with a bar for the rate. Pure: a run in, cell texts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from reports.quantity import (
    NO_BREAK,
    Figure,
    duration_interval_text,
    duration_text,
    interval_text,
    latency,
    mebibytes_text,
    rate_text,
    share_text,
    trials_text,
)
from reports.result import Cell, Estimate, Load, Run, Trial, Workload


@dataclass(frozen=True)
class Bar:
    """A rate and its interval as shares of the fastest cell of the same workload, 0 to 100."""

    length: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class CellLine:
    """One row; `missing` stands in for all figures when there is no rate."""

    title: str
    label: str
    is_reference: bool
    missing: str
    rate: str = ""
    interval: str = ""
    caution: str = ""
    bar: Bar | None = None
    p50: Figure | None = None
    p99: Figure | None = None
    cpu: Figure | None = None
    memory: str = ""
    processes: str = ""
    client: str = ""
    validity: str = ""
    planned: str = ""
    is_whole: bool = True
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellGroup:
    """The cells of one workload under one load."""

    workload: str
    load: str
    lines: tuple[CellLine, ...]


def cell_groups(run: Run) -> tuple[CellGroup, ...]:
    """Return all cells, a group per workload and load, in the order of the file."""
    groups = (_group(run, workload, load) for workload in run.workloads for load in run.loads)
    return tuple(group for group in groups if group.lines)


def _group(run: Run, workload: Workload, load: Load) -> CellGroup:
    wanted = (workload.name, load.name)
    cells = [cell for cell in run.cells if (cell.workload, cell.load) == wanted]
    longest = _longest(run, workload.name)
    return CellGroup(workload.title, load.title, tuple(_line(run, c, longest) for c in cells))


def _longest(run: Run, workload: str) -> float:
    rates = [cell.rate for cell in run.cells if cell.rate and cell.workload == workload]
    return max((rate.high or rate.median for rate in rates), default=0) or 1.0


def _line(run: Run, cell: Cell, longest: float) -> CellLine:
    baseline = run.baseline(cell.baseline)
    title = baseline.title if baseline else cell.baseline
    is_reference = cell.baseline.startswith("reference@")
    if cell.rate is None:
        return CellLine(title, cell.baseline, is_reference, cell.missing)
    return CellLine(
        title=title,
        label=cell.baseline,
        is_reference=is_reference,
        missing="",
        rate=rate_text(cell.rate.median),
        interval=interval_text(cell.rate, rate_text) or "no interval",
        caution="client-bound" if cell.is_client_bound else "",
        bar=_bar(cell.rate, longest),
        p50=latency(cell.p50_us),
        p99=latency(cell.p99_us),
        cpu=_cpu(cell.cpu_us_per_request),
        memory=mebibytes_text(cell.memory_bytes),
        processes=_processes(run.trials_of(cell)),
        client=share_text(cell.client_cpu),
        validity=f"{cell.valid} of {trials_text(cell.trials)} valid",
        planned=f"of {run.blocks} planned" if cell.trials < run.blocks else "",
        is_whole=cell.valid == run.blocks,
        remarks=(*_invalid_trials(run, cell), *cell.warnings),
    )


def _processes(trials: Iterable[Trial]) -> str:
    """Return of how many processes and threads the server was, as it ended."""
    states = [trial.server for trial in trials if trial.server and trial.server.processes]
    if not states:
        return ""
    processes = round(median(state.processes for state in states))
    threads = round(median(state.threads for state in states))
    return f"{_count(processes, 'process', 'processes')}, {_count(threads, 'thread', 'threads')}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,}{NO_BREAK}{one if number == 1 else many}"


def _cpu(estimate: Estimate | None) -> Figure:
    if estimate is None:
        return Figure(duration_text(None), reason="not measured")
    return Figure(duration_text(estimate.median), duration_interval_text(estimate))


def _bar(rate: Estimate, longest: float) -> Bar:
    low, high = (None if end is None else 100 * end / longest for end in (rate.low, rate.high))
    return Bar(100 * rate.median / longest, low, high)


def _invalid_trials(run: Run, cell: Cell) -> tuple[str, ...]:
    invalid = [trial for trial in run.trials_of(cell) if not trial.valid]
    counts = Counter(
        reason for trial in invalid for reason in trial.reasons or ("no reason given",)
    )
    return tuple(
        f"left out {trials_text(count)}: {reason}"
        for reason, count in counts.items()
        if not any(warning.endswith(f": {reason}") for warning in cell.warnings)
    )
