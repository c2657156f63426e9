"""Draws lines of several baselines with their points' intervals: colour, mark and dash differ.

Used where something grows along an axis: latency with what is asked, rates with workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import LONGEST, drawn, log_axis, plain, shortened
from reports.inline_svg import INK, MUTED, SERIES, Words
from reports.result import Estimate

MARKS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (3, 3)))
PANEL, KEY, TITLE, FOOT = 190, 20, 26, 46  # heights in points
LEFT, ACROSS = 0.125, 0.86


@dataclass(frozen=True)
class Dot:
    """A point of a line; `is_short` where the server did not do what was asked."""

    x: float
    y: Estimate
    is_short: bool = False


@dataclass(frozen=True)
class Line:
    """A line; without `has_dots` it is a law and not a measurement."""

    label: str
    dots: tuple[Dot, ...]
    has_dots: bool = True


@dataclass(frozen=True)
class Axis:
    """An axis in logarithms: its name and how it prints a number."""

    name: str
    text: Callable[[float], str]


@dataclass(frozen=True)
class Panel:
    """Lines over one axis; several panels of a figure have the same one."""

    title: str
    lines: tuple[Line, ...]
    y: Axis


def line_figure(panels: tuple[Panel, ...], x: Axis, prefix: str, words: Words) -> str:
    """Return the panels, one above the other, with a key above them, as an SVG element."""
    labels = tuple(dict.fromkeys(line.label for panel in panels for line in panel.lines))
    top = KEY * len(labels) + 8
    height = top + (PANEL + TITLE) * len(panels) + FOOT

    def draw(figure: Figure) -> None:
        _key(figure.add_axes((0, 1 - top / height, 1, top / height)), panels, labels)
        ends = _ends(dot.x for panel in panels for line in panel.lines for dot in line.dots)
        for index, panel in enumerate(panels):
            under = height - top - (PANEL + TITLE) * (index + 1)
            axes = figure.add_axes((LEFT, under / height, ACROSS, PANEL / height))
            _panel(axes, panel, x, ends, labels)
            if index + 1 < len(panels):
                axes.tick_params(axis="x", labelbottom=False)
            else:
                axes.set_xlabel(f"{x.name}, log scale", color=MUTED, labelpad=6)

    return drawn(prefix, words, height, draw)


def _key(axes: Axes, panels: tuple[Panel, ...], labels: tuple[str, ...]) -> None:
    with_dots = {line.label for panel in panels for line in panel.lines if line.has_dots}
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(labels) + 0.4, 0)
    for index, label in enumerate(labels):
        axes.plot([0.01, 0.11], [index + 0.5] * 2, **_line_style(index))
        if label in with_dots:
            axes.plot([0.06], [index + 0.5], **_mark_style(index))
        axes.text(0.14, index + 0.5, shortened(label, LONGEST - 6), color=INK, va="center")


def _panel(
    axes: Axes, panel: Panel, x: Axis, ends: tuple[float, float], labels: tuple[str, ...]
) -> None:
    heights = _ends(value for line in panel.lines for dot in line.dots for value in _values(dot))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(*ends)
    axes.set_ylim(*heights)
    plain(axes, grid="both")
    log_axis(axes.xaxis, ends, x.text)
    log_axis(axes.yaxis, heights, panel.y.text)
    axes.set_title(panel.title, loc="left", x=-LEFT / ACROSS, color=INK, fontsize=12, pad=8)
    for line in panel.lines:
        _draw_line(axes, line, labels.index(line.label))


def _draw_line(axes: Axes, line: Line, index: int) -> None:
    xs, ys = [dot.x for dot in line.dots], [dot.y.median for dot in line.dots]
    axes.plot(xs, ys, **_line_style(index))
    if not line.has_dots:
        return
    for dot in line.dots:
        mark = _mark_style(index)
        if dot.y.low and dot.y.high:
            axes.plot([dot.x] * 2, [dot.y.low, dot.y.high], color=mark["color"], lw=1.5)
        hollow = {"mfc": "none", "mew": 1.5, "ms": 9} if dot.is_short else {}
        axes.plot([dot.x], [dot.y.median], **mark | hollow)
        if dot.is_short:
            axes.plot([dot.x], [dot.y.median], "x", color=mark["color"], ms=5, mew=1.5)


def _line_style(index: int) -> dict[str, object]:
    return {"color": _colour(index), "ls": DASHES[index % len(DASHES)], "lw": 1.5}


def _mark_style(index: int) -> dict[str, object]:
    mark = MARKS[index % len(MARKS)]
    return {"color": _colour(index), "marker": mark, "ms": 5, "mew": 0, "ls": "none"}


def _colour(index: int) -> str:
    return SERIES[index % len(SERIES)]


def _values(dot: Dot) -> tuple[float, ...]:
    return tuple(value for value in (dot.y.median, dot.y.low, dot.y.high) if value)


def _ends(values: Iterable[float]) -> tuple[float, float]:
    """Return where an axis begins and ends, with room around the outermost value."""
    found = tuple(values)
    return (min(found) / 1.25, max(found) * 1.25)
