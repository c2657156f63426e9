"""Numbers as the report prints them, each with its unit. Pure: numbers in, text out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.result import Estimate

DASH = "\N{EN DASH}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Figure:
    """One number with its interval, or a dash with its reason; `caution` is a word of warning.

    `note` says what it is of, where that is not what its row says. `second` is another of the same
    place in the table; its `name` tells it apart.
    """

    text: str
    interval: str = ""
    reason: str = ""
    caution: str = ""
    note: str = ""
    name: str = ""
    second: Figure | None = None


def rate_text(requests_per_second: float) -> str:
    """Return a rate without its unit; a decimal only where it matters."""
    return (
        f"{requests_per_second:,.0f}"
        if requests_per_second >= 100
        else _digits(requests_per_second)
    )


def tick_text(requests_per_second: float) -> str:
    """Return a rate as an axis names it: short, so that its neighbours have room."""
    for scale, unit in ((1e12, "T"), (1e9, "G"), (1e6, "M")):
        if requests_per_second >= scale:
            return f"{requests_per_second / scale:g}{NO_BREAK}{unit}"
    return rate_text(requests_per_second)


def ratio_text(ratio: float) -> str:
    """Return a ratio to three digits."""
    return f"{ratio:,.0f}" if ratio >= 1000 else _digits(ratio)


def interval_text(estimate: Estimate, text: Callable[[float], str]) -> str:
    """Return "low to high" with each end printed by `text`, or nothing without an interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{text(estimate.low)} to {text(estimate.high)}"


def duration_text(microseconds: float | None) -> str:
    """Return a duration in the unit that keeps it short."""
    if microseconds is None:
        return DASH
    scale, unit = _unit(microseconds)
    return f"{_digits(microseconds / scale)}{NO_BREAK}{unit}"


def duration_interval_text(estimate: Estimate) -> str:
    """Return "low to high" in the median's unit, named once; nothing without an interval."""
    scale, unit = _unit(estimate.median)
    ends = interval_text(estimate, lambda end: _digits(end / scale))
    return f"{ends}{NO_BREAK}{unit}" if ends else ""


def latency(microseconds: float | None) -> Figure:
    """Return a percentile of the replies; the laboratory gives none that too few lie beyond."""
    reason = "too few replies for it" if microseconds is None else ""
    return Figure(duration_text(microseconds), reason=reason)


def mebibytes_text(count: float | None) -> str:
    """Return a server's memory in MiB, whatever its size: rows of a table compare at a glance."""
    return DASH if count is None else f"{_digits(count / 1024**2)}{NO_BREAK}MiB"


def bytes_text(count: float | None) -> str:
    """Return a size in binary units."""
    if count is None:
        return DASH
    for power, unit in ((3, "GiB"), (2, "MiB"), (1, "KiB")):
        if count >= 1024**power:
            return f"{_digits(count / 1024**power)}{NO_BREAK}{unit}"
    return f"{count:.0f}{NO_BREAK}B"


def share_text(share: float | None) -> str:
    """Return a share of one as whole per cent."""
    return DASH if share is None else f"{share * 100:.0f}{NO_BREAK}%"


def two_digits(number: float) -> str:
    """Return a number with two significant digits and never a power of ten: 0.51, 4.2, 99, 120."""
    return f"{float(f'{number:.2g}'):.15g}"


def fine_share_text(share: float) -> str:
    """Return a share of one as per cent with two significant digits."""
    return f"{two_digits(share * 100)}{NO_BREAK}%"


def trials_text(count: int) -> str:
    """Return a number of trials in words that agree with it."""
    return "1 trial" if count == 1 else f"{count} trials"


def seconds_text(seconds: float) -> str:
    """Return a span as people say it: seconds, or minutes and seconds."""
    if seconds < 120:
        return f"{seconds:g}{NO_BREAK}s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}{NO_BREAK}min {rest}{NO_BREAK}s"


def _unit(microseconds: float) -> tuple[float, str]:
    for scale, unit in ((1e6, "s"), (1e3, "ms")):
        if microseconds >= scale:
            return scale, unit
    return 1.0, "\N{MICRO SIGN}s"


def _digits(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
