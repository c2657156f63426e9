"""How latency grows with what is asked of each baseline, from the open loops of a run. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reports.result import Cell, Estimate, Load, Range, Run

KEEPS_UP = 0.95  # of what was asked; what is less did not come from chance


@dataclass(frozen=True)
class Point:
    """One open loop: asked, reached, and how long the replies took."""

    load: Load
    asked: float
    share: float | None  # of the baseline's own ceiling
    rate: Estimate | None
    p50: Estimate | None  # in microseconds
    p99: Estimate | None
    missing: str

    @property
    def keeps_up(self) -> bool:
        return keeps_up(self.rate, self.asked)


@dataclass(frozen=True)
class Curve:
    """A baseline's points by what was asked; `ceiling` is its own rate in a closed loop."""

    label: str
    title: str
    ceiling: Estimate | None
    points: tuple[Point, ...]


def keeps_up(rate: Estimate | None, asked: float) -> bool:
    """Say whether a server answered what it was asked, so that its latency is no growing queue."""
    return rate is not None and rate.median >= KEEPS_UP * asked


def curves(run: Run, workload: str) -> tuple[Curve, ...]:
    """Return a curve for each baseline of the workload that was asked in an open loop."""
    loads = {load.name: load for load in run.loads if load.is_open}
    ceiling = next((load.of for load in run.loads if load.of), "")
    found = []
    for baseline in run.baselines:
        cells = [
            cell
            for cell in run.cells
            if (cell.workload, cell.baseline) == (workload, baseline.label) and cell.load in loads
        ]
        if cells:
            top = run.cell(workload, baseline.label, ceiling)
            rate = top.rate if top else None
            points = [_point(cell, loads[cell.load], rate) for cell in cells]
            kept = sorted((each for each in points if each), key=lambda each: each.asked)
            found.append(Curve(baseline.label, baseline.title, rate, tuple(kept)))
    return tuple(found)


def _point(cell: Cell, load: Load, ceiling: Estimate | None) -> Point | None:
    """Return a cell as a point; nothing where it is not known what would have been asked."""
    asked = cell.asked_rate or load.rate
    if asked is None and load.share is not None and ceiling is not None:
        asked = load.share * ceiling.median
    if not asked:
        return None
    return Point(
        load,
        asked,
        asked / ceiling.median if ceiling and ceiling.median else None,
        cell.rate,
        _estimate(cell.p50_us, cell.p50_range_us),
        _estimate(cell.p99_us, cell.p99_range_us),
        cell.missing,
    )


def _estimate(median: float | None, ends: Range | None) -> Estimate | None:
    if median is None:
        return None
    return Estimate(median, ends.low if ends else None, ends.high if ends else None)
