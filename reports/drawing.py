"""What all figures of the page are drawn with: their width, their axis in logarithms, their bytes.

Deterministic: the same figure gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from reports.inline_svg import LINE, MUTED, Words, inlined

WIDTH = 360  # in points; narrow, so that a phone shows it without shrinking
LONGEST = 50  # characters that fit between the figure's sides, at its size of type
EDGE = 0.04  # of an axis: a name nearer to its end would stand outside the figure
NO_STAMPS = {"Date": None, "Creator": None, "Format": None, "Type": None}


def drawn(prefix: str, words: Words, height: float, draw: Callable[[Figure], None]) -> str:
    """Return what `draw` draws, `height` points high, as an SVG element for the page."""
    settings = {"svg.fonttype": "none", "svg.hashsalt": prefix, "font.size": 12}
    with rc_context(settings):
        figure = Figure(figsize=(WIDTH / 72, height / 72), facecolor="none")
        draw(figure)
        file = io.StringIO()
        FigureCanvasSVG(figure).print_svg(file, metadata=NO_STAMPS)
    return inlined(file.getvalue(), prefix, words)


def log_axis(axis: Axis, ends: tuple[float, float], text: Callable[[float], str]) -> None:
    """Give an axis a logarithmic scale between two ends, with as many names as have room."""
    spread = ends[1] / ends[0]  # the wider, the fewer steps a decade has room for
    steps = (1,) if spread > 300 else (1, 3) if spread > 50 else (1, 2, 5)
    axis.set_major_locator(LogLocator(subs=steps if spread > 4 else (1, 1.5, 2, 3, 5, 7)))
    axis.set_minor_locator(NullLocator())
    edge = spread**EDGE
    axis.set_major_formatter(
        FuncFormatter(lambda at, _: text(at) if ends[0] * edge < at < ends[1] / edge else "")
    )


def plain(axes: Axes, *, grid: str) -> None:
    """Leave of the frame only the line below, and lay the grid behind what is drawn."""
    axes.set_facecolor("none")
    axes.grid(axis=grid, color=LINE, linewidth=1)
    axes.set_axisbelow(True)
    axes.tick_params(axis="both", which="both", length=0, pad=6, labelsize=12, labelcolor=MUTED)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(MUTED)


def shortened(label: str, room: int) -> str:
    """Return a label that is no longer than `room` characters."""
    return label if len(label) <= room else label[: room - 1] + "\N{HORIZONTAL ELLIPSIS}"
