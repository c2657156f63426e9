"""Latency against what was asked of each baseline: figures and table. Pure but for drawing."""

from __future__ import annotations

from dataclasses import dataclass

from reports.inline_svg import Words
from reports.latency_curve import Curve, Point, curves
from reports.line_figure import Axis, Dot, Line, Panel, line_figure
from reports.quantity import (
    DASH,
    Figure,
    duration_interval_text,
    duration_text,
    interval_text,
    rate_text,
    share_text,
    tick_text,
)
from reports.result import Estimate, Run

SHORT = "did not keep up"


@dataclass(frozen=True)
class LatencyLine:
    """A row of the table: one open loop of one baseline."""

    asked: str
    share: str
    reached: Figure
    p50: Figure
    p99: Figure


@dataclass(frozen=True)
class LatencyGroup:
    """The rows of one baseline."""

    label: str
    title: str
    ceiling: str
    lines: tuple[LatencyLine, ...]


@dataclass(frozen=True)
class LatencyView:
    """A workload: latency by rate, by share of the own capacity, and the figures behind both."""

    workload: str
    figures: tuple[tuple[str, str], ...]  # what it is over, and the SVG
    groups: tuple[LatencyGroup, ...]


def latency_views(run: Run, anchor: str) -> tuple[LatencyView, ...]:
    """Return a view for each workload that was asked in an open loop."""
    found = ((each, curves(run, each.name)) for each in run.workloads)
    return tuple(
        LatencyView(
            each.title,
            _figures(some, each.name, f"{anchor}-latency-{each.name.replace('@', '-')}"),
            tuple(_group(curve) for curve in some),
        )
        for each, some in found
        if some
    )


def _figures(some: tuple[Curve, ...], workload: str, prefix: str) -> tuple[tuple[str, str], ...]:
    axes = (
        ("rate", "requests asked per second", Axis("requests asked per second", tick_text)),
        (
            "share",
            "share of the own capacity",
            Axis("share of the own capacity", lambda share: f"{share * 100:g}%"),
        ),
    )
    found = []
    for name, words, axis in axes:
        panels = tuple(
            Panel(f"{which}, log scale", lines, Axis(which, _axis_duration))
            for which in ("p99", "p50")
            if (lines := _lines(some, which, name))
        )
        if panels:
            title = f"Latency of {workload} by {words}"
            text = f"{title}: {_words(some)}"
            svg = line_figure(panels, axis, f"{prefix}-{name}", Words(title, text))
            found.append((f"By {words}", svg))
    return tuple(found)


def _lines(some: tuple[Curve, ...], which: str, over: str) -> tuple[Line, ...]:
    lines = (
        Line(
            curve.label,
            tuple(
                Dot(x, y, not point.keeps_up)
                for point in curve.points
                if (x := point.asked if over == "rate" else point.share)
                and (y := getattr(point, which))
            ),
        )
        for curve in some
    )
    return tuple(line for line in lines if line.dots)


def _axis_duration(microseconds: float) -> str:
    """Return a duration as an axis names it, without needless digits."""
    for scale, unit in ((1e6, "s"), (1e3, "ms")):
        if microseconds >= scale:
            return f"{microseconds / scale:g}{unit}"
    return f"{microseconds:g}\N{MICRO SIGN}s"


def _words(some: tuple[Curve, ...]) -> str:
    return "; ".join(f"{curve.label} {_ends(curve)}" for curve in some) + ". The table has it all."


def _ends(curve: Curve) -> str:
    known = [point for point in curve.points if point.p99]
    if not known:
        return "has no 99th percentile"
    first, last = known[0], known[-1]
    ends = (
        f"{duration_text(each.p99.median)} at {rate_text(each.asked)}"
        for each in (first, last)
        if each.p99
    )
    return "p99 " + ", ".join(ends)


def _group(curve: Curve) -> LatencyGroup:
    ceiling = f"{rate_text(curve.ceiling.median)} requests/s" if curve.ceiling else ""
    return LatencyGroup(
        curve.label, curve.title, ceiling, tuple(_line(point) for point in curve.points)
    )


def _line(point: Point) -> LatencyLine:
    return LatencyLine(
        asked=rate_text(point.asked),
        share=share_text(point.share),
        reached=_reached(point),
        p50=_duration(point.p50),
        p99=_duration(point.p99),
    )


def _reached(point: Point) -> Figure:
    if point.rate is None:
        return Figure(DASH, reason=point.missing)
    ends = interval_text(point.rate, rate_text) or "no interval"
    return Figure(rate_text(point.rate.median), ends, caution="" if point.keeps_up else SHORT)


def _duration(estimate: Estimate | None) -> Figure:
    if estimate is None:
        return Figure(DASH, reason="too few replies for it")
    return Figure(duration_text(estimate.median), duration_interval_text(estimate) or "no interval")
