"""Draws the way from a documented lead to the fair one: a bar for each factor, on a log axis.

A bar points where its factor moves the lead, and ends in an arrow: left where it made a part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from reports.drawing import LONGEST, drawn, log_axis, plain, shortened
from reports.inline_svg import INK, MUTED, OTHER, REFERENCE, Words
from reports.quantity import interval_text, ratio_text
from reports.result import Estimate
from reports.waterfall import Waterfall

ROW, MARGIN = 46, 58  # in points
TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True)
class Bar:
    """A row: from where to where, with the interval of its end."""

    label: str
    estimate: Estimate
    start: float
    end: float
    low: float | None
    high: float | None
    is_step: bool


def bars(way: Waterfall) -> tuple[Bar, ...]:
    """Return the documented lead, each step on from where the last one ended, and the fair lead."""
    documented, fair = way.documented.ratio, way.fair.ratio
    if documented is None or fair is None:
        return ()
    rows = [_whole("as documented", documented)]
    at = documented.median
    for step in (*way.steps, way.rest):
        effect = step.effect
        end = at / effect.median
        low, high = (at / each if each else None for each in (effect.high, effect.low))
        rows.append(Bar(step.name, effect, at, end, low, high, is_step=True))
        at = end
    return (*rows, _whole("fair", fair))


def _whole(label: str, lead: Estimate) -> Bar:
    return Bar(label, lead, 1.0, lead.median, lead.low, lead.high, is_step=False)


def waterfall_figure(way: Waterfall, prefix: str, title: str) -> str:
    """Return the figure as an SVG element for the page."""
    rows = bars(way)
    height = ROW * len(rows) + MARGIN

    def draw(figure: Figure) -> None:
        _draw(figure.add_axes((0.01, 50 / height, 0.98, 1 - MARGIN / height)), rows)

    return drawn(prefix, Words(title, description(rows)), height, draw)


def description(rows: tuple[Bar, ...]) -> str:
    """Return what the figure shows, in words; pure."""
    return "; ".join(f"{row.label}: {times_words(row.estimate)}" for row in rows) + "."


def times_words(estimate: Estimate) -> str:
    """Return a ratio as the figure names it, with its interval."""
    ends = interval_text(estimate, ratio_text)
    return f"{TIMES}{ratio_text(estimate.median)}" + (f" ({ends})" if ends else "")


def _draw(axes: Axes, rows: tuple[Bar, ...]) -> None:
    values = [value for row in rows for value in (row.start, row.end, row.low, row.high) if value]
    ends = (min(values) / 1.12, max(values) * 1.12)
    axes.set_xscale("log")
    axes.set_xlim(*ends)
    axes.set_ylim(len(rows), 0)
    plain(axes, grid="x")
    log_axis(axes.xaxis, ends, lambda ratio: f"{TIMES}{ratio:g}")
    axes.yaxis.set_major_locator(NullLocator())
    axes.set_xlabel("how many times as fast, log scale", color=MUTED, labelpad=8)
    axes.axvline(1, color=MUTED, linewidth=1.5)
    for index, row in enumerate(rows):
        _draw_row(axes, index, row)
        if index + 1 < len(rows):
            axes.plot([row.end] * 2, [index + 0.72, index + 1.72], color=MUTED, lw=1, ls=":")


def _draw_row(axes: Axes, index: int, row: Bar) -> None:
    across, height = axes.get_yaxis_transform(), index + 0.72
    value = times_words(row.estimate)
    label = shortened(row.label, LONGEST - len(value))
    axes.text(0, index + 0.4, label, transform=across, color=INK)
    axes.text(1, index + 0.4, value, transform=across, color=MUTED, ha="right")
    colour = REFERENCE if row.is_step else OTHER
    bar = {"color": colour, "lw": 10, "alpha": 0.45, "solid_capstyle": "butt"}
    axes.plot([row.start, row.end], [height] * 2, **bar)
    if row.low and row.high:
        axes.plot([row.low, row.high], [height] * 2, color=colour, lw=1.5)
        axes.plot([row.low, row.high], [height] * 2, "|", color=colour, ms=7, mew=1.5)
    arrow = "|" if not row.is_step else "<" if row.end < row.start else ">"
    axes.plot([row.end], [height], arrow, color=colour, ms=11 if arrow == "|" else 7, mew=2)
