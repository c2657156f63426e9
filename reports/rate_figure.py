"""Draws the rates of one workload under one load: median, interval and every valid trial.

Log axis, the same for all loads of a workload.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from reports.drawing import LONGEST, drawn, log_axis, plain, shortened
from reports.inline_svg import INK, MUTED, OTHER, REFERENCE, Words
from reports.quantity import DASH, interval_text, rate_text, tick_text
from reports.result import Estimate, Load, Run, Workload

ROW, MARGIN = 52, 58  # in points


@dataclass(frozen=True)
class Mark:
    """One row of the figure."""

    label: str
    rate: Estimate | None
    trials: tuple[float, ...]
    missing: str

    @property
    def colour(self) -> str:
        return REFERENCE if self.label.startswith("reference@") else OTHER


def marks(run: Run, workload: Workload, load: Load) -> tuple[Mark, ...]:
    """Return the rows of the figure in the order of the run; pure."""
    wanted = (workload.name, load.name)
    return tuple(
        Mark(
            cell.baseline,
            cell.rate if cell.rate and cell.rate.median > 0 else None,
            tuple(t.rate for t in run.trials_of(cell) if t.valid and t.rate),
            cell.missing or "no request was answered",
        )
        for cell in run.cells
        if (cell.workload, cell.load) == wanted
    )


def span(rows: tuple[Mark, ...]) -> tuple[float, float] | None:
    """Return the ends of the axis, with room around the outermost mark; pure."""
    drawn = [value for row in rows for value in _values(row)]
    return (min(drawn) / 1.6, max(drawn) * 1.6) if drawn else None


def rate_figure(rows: tuple[Mark, ...], ends: tuple[float, float], prefix: str, title: str) -> str:
    """Return the figure as an SVG element for the page."""
    height = ROW * len(rows) + MARGIN

    def draw(figure: Figure) -> None:
        _draw(figure.add_axes((0.01, 50 / height, 0.98, 1 - MARGIN / height)), rows, ends)

    return drawn(prefix, Words(title, description(rows)), height, draw)


def description(rows: tuple[Mark, ...]) -> str:
    """Return what the figure shows, in words; pure."""
    return "; ".join(f"{row.label}: {_words(row)}" for row in rows) + "."


def heading(row: Mark) -> tuple[str, str]:
    """Return a row's label and value, short enough to stand on one line; pure."""
    value = f"{DASH} not measured"
    if row.rate is not None:
        value = _words(row).replace(" requests/s", "")
        if len(row.label) + len(value) > LONGEST:
            value = rate_text(row.rate.median)
    return shortened(row.label, LONGEST - len(value)), value


def _words(row: Mark) -> str:
    if row.rate is None:
        return f"not measured, {row.missing}"
    interval = interval_text(row.rate, rate_text)
    return f"{rate_text(row.rate.median)} requests/s" + (f" ({interval})" if interval else "")


def _values(row: Mark) -> tuple[float, ...]:
    if row.rate is None:
        return ()
    ends = (row.rate.median, row.rate.low or 0, row.rate.high or 0)
    return (*(end for end in ends if end > 0), *row.trials)


def _draw(axes: Axes, rows: tuple[Mark, ...], ends: tuple[float, float]) -> None:
    axes.set_xscale("log")
    axes.set_xlim(*ends)
    axes.set_ylim(len(rows), 0)
    _draw_axis(axes, ends)
    for index, row in enumerate(rows):
        _draw_row(axes, index, row)


def _draw_axis(axes: Axes, ends: tuple[float, float]) -> None:
    plain(axes, grid="x")
    log_axis(axes.xaxis, ends, tick_text)
    axes.yaxis.set_major_locator(NullLocator())
    axes.set_xlabel("requests per second, log scale", color=MUTED, labelpad=8)


def _draw_row(axes: Axes, index: int, row: Mark) -> None:
    across = axes.get_yaxis_transform()
    label, value = heading(row)
    axes.text(0, index + 0.36, label, transform=across, color=INK)
    axes.text(1, index + 0.36, value, transform=across, color=MUTED, ha="right")
    if row.rate is None:
        return
    height = index + 0.7
    if row.rate.low and row.rate.high:
        band = {"color": row.colour, "lw": 12, "alpha": 0.3, "solid_capstyle": "butt"}
        axes.plot([row.rate.low, row.rate.high], [height] * 2, **band)
    axes.plot(row.trials, [height] * len(row.trials), "o", color=row.colour, ms=2.5, mew=0)
    axes.plot([row.rate.median], [height], "|", color=row.colour, ms=16, mew=2)
