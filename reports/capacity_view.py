"""The highest rates that keep the 99th percentile of latency under a limit, as texts. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantity import DASH, Figure, duration_text, interval_text, latency, rate_text
from reports.result import Cell, Load, Run, Workload


@dataclass(frozen=True)
class CapacityLine:
    """A baseline's capacity, and the percentile that it had there."""

    title: str
    label: str
    rate: Figure
    p99: Figure


@dataclass(frozen=True)
class CapacityGroup:
    """The capacities of one workload under one limit, the highest first."""

    workload: str
    limit: str
    lines: tuple[CapacityLine, ...]


def capacity_groups(run: Run) -> tuple[CapacityGroup, ...]:
    """Return a group for each workload and each load that has a limit."""
    groups = (
        _group(run, workload, load)
        for workload in run.workloads
        for load in run.loads
        if load.p99_limit_ms is not None
    )
    return tuple(group for group in groups if group.lines)


def _group(run: Run, workload: Workload, load: Load) -> CapacityGroup:
    wanted = (workload.name, load.name)
    cells = [cell for cell in run.cells if (cell.workload, cell.load) == wanted]
    cells.sort(key=lambda cell: -(cell.rate.median if cell.rate else 0))
    limit = duration_text((load.p99_limit_ms or 0) * 1000)
    return CapacityGroup(
        workload.title, f"p99 within {limit}; {load.title}", tuple(_line(run, c) for c in cells)
    )


def _line(run: Run, cell: Cell) -> CapacityLine:
    baseline = run.baseline(cell.baseline)
    title = baseline.title if baseline else cell.baseline
    if cell.rate is None:
        none = Figure(DASH, reason=cell.missing)
        return CapacityLine(title, cell.baseline, none, Figure(DASH, reason="not reached"))
    ends = interval_text(cell.rate, rate_text) or "no interval"
    rate = Figure(
        rate_text(cell.rate.median), ends, caution="client-bound" if cell.is_client_bound else ""
    )
    return CapacityLine(title, cell.baseline, rate, latency(cell.p99_us))
