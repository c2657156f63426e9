"""How rates grow with workers or cores: a figure with law and ideal, and its table.

Pure but for the figure, which matplotlib draws in memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from reports.inline_svg import Words
from reports.line_figure import Axis, Dot, Line, Panel, line_figure
from reports.quantity import (
    DASH,
    Figure,
    interval_text,
    rate_text,
    share_text,
    tick_text,
    two_digits,
)
from reports.result import Estimate, Run, Scaling, ScalingPoint

LAWS = {"universal": "universal scalability law", "amdahl": "Amdahl's law"}
STEPS = 40  # of a law's curve


@dataclass(frozen=True)
class ScalingLine:
    """A row of the table: a size, its rate, and what each worker or core still gives."""

    size: str
    label: str
    rate: Figure
    each: str


@dataclass(frozen=True)
class ScalingView:
    """A series; `svg` is empty where fewer than two sizes have a rate."""

    name: str
    by: str
    svg: str
    findings: tuple[str, ...]
    lines: tuple[ScalingLine, ...]


def scaling_views(run: Run, anchor: str) -> tuple[ScalingView, ...]:
    """Return a view of each series of the run."""
    return tuple(
        ScalingView(
            name=f"{each.name}, {each.workload}",
            by=each.by,
            svg=_figure(run, each, f"{anchor}-scaling-{number}"),
            findings=findings(each),
            lines=_lines(run, each),
        )
        for number, each in enumerate(run.scalings)
    )


def findings(scaling: Scaling) -> tuple[str, ...]:
    """Return what the fit says, or why there is none, in sentences."""
    if scaling.missing or not scaling.law:
        why = scaling.missing.removeprefix("no fit: ") or "the run gives no reason"
        return (f"No law is fitted: {why}.",)
    what = scaling.by.removesuffix("s")
    found = [f"Fitted: the {LAWS.get(scaling.law, scaling.law)}."]
    if scaling.sigma:
        found.append(f"{_with_ends(scaling.sigma)} of the work is done by only one at a time.")
    if scaling.kappa and scaling.law == "universal":
        found.append(f"Each pair of {scaling.by} costs {_with_ends(scaling.kappa)} of one's work.")
    if scaling.law == "universal":
        found.append(
            f"Beyond {scaling.peak:.1f} {scaling.by} one more {what} makes it slower."
            if scaling.peak is not None
            else "No size is seen beyond which it gets slower."
        )
    return tuple(found)


def _with_ends(estimate: Estimate) -> str:
    ends = interval_text(estimate, lambda end: two_digits(end * 100))
    return f"{two_digits(estimate.median * 100)} %" + (f" ({ends})" if ends else "")


def law_at(run: Run, scaling: Scaling, size: float) -> float | None:
    """Return the fitted law's rate at a size; its scale is that which fits its points best.

    Those that the client was the limit of are none of them, as the laboratory fitted it.
    """
    points = _measured(each for each in scaling.points if not _is_client_bound(run, scaling, each))
    if not scaling.law or scaling.sigma is None or not points:
        return None
    scales = [math.log(rate.median / _shape(scaling, each)) for each, rate in points]
    return math.exp(sum(scales) / len(scales)) * _shape(scaling, size)


def _shape(scaling: Scaling, size: float) -> float:
    sigma = scaling.sigma.median if scaling.sigma else 0.0
    kappa = scaling.kappa.median if scaling.kappa else 0.0
    return size / (1 + sigma * (size - 1) + kappa * size * (size - 1))


def _is_client_bound(run: Run, scaling: Scaling, point: ScalingPoint) -> bool:
    cell = run.cell(scaling.workload, point.baseline, point.load)
    return cell is not None and cell.is_client_bound


def _measured(points: Iterable[ScalingPoint]) -> list[tuple[float, Estimate]]:
    rates = [(each.size, each.rate) for each in points]
    return sorted(((s, r) for s, r in rates if r and r.median > 0), key=lambda point: point[0])


def _figure(run: Run, scaling: Scaling, prefix: str) -> str:
    points = _measured(scaling.points)
    if len({size for size, _ in points}) < 2:
        return ""
    title = f"{scaling.name}, {scaling.workload}: rate by {scaling.by}"
    lines = [Line("measured", tuple(Dot(size, rate) for size, rate in points))]
    sizes = _between(points[0][0], points[-1][0])
    law = [(size, law_at(run, scaling, size)) for size in sizes]
    if all(rate is not None for _, rate in law):
        lines.append(_curve(LAWS.get(scaling.law, scaling.law), law))
    first, rate = points[0]
    lines.append(
        _curve("ideal: so many times the first", [(s, s / first * rate.median) for s in sizes])
    )
    words = Words(title, "; ".join(f"{s:g}: {rate_text(r.median)} requests/s" for s, r in points))
    panel = Panel("requests per second, log scale", tuple(lines), Axis("rate", tick_text))
    return line_figure((panel,), Axis(scaling.by, lambda size: f"{size:g}"), prefix, words)


def _curve(label: str, points: list[tuple[float, float | None]]) -> Line:
    dots = (Dot(size, Estimate(rate, None, None)) for size, rate in points if rate)
    return Line(label, tuple(dots), has_dots=False)


def _between(first: float, last: float) -> tuple[float, ...]:
    step = (last / first) ** (1 / STEPS)
    return tuple(first * step**index for index in range(STEPS + 1))


def _lines(run: Run, scaling: Scaling) -> tuple[ScalingLine, ...]:
    points = _measured(scaling.points)
    first = points[0][1].median / points[0][0] if points else None
    ordered = sorted(scaling.points, key=lambda point: point.size)
    return tuple(_line(run, scaling, point, first) for point in ordered)


def _line(run: Run, scaling: Scaling, point: ScalingPoint, first: float | None) -> ScalingLine:
    if point.rate is None or not first:
        cell = run.cell(scaling.workload, point.baseline, point.load)
        reason = cell.missing if cell and cell.missing else "not measured"
        return ScalingLine(f"{point.size:g}", point.baseline, Figure(DASH, reason=reason), DASH)
    ends = interval_text(point.rate, rate_text) or "no interval"
    caution = "client-bound" if _is_client_bound(run, scaling, point) else ""
    rate = Figure(rate_text(point.rate.median), ends, caution=caution)
    return ScalingLine(
        f"{point.size:g}", point.baseline, rate, share_text(point.rate.median / point.size / first)
    )
