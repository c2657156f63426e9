"""The ratios of a run with their verdict words, as texts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.quantity import DASH, NO_BREAK, Figure, interval_text, rate_text, ratio_text
from reports.result import Ratio, Run

SMALLEST = 0.001  # below it a p-value's digits say nothing to a reader
SIGNS = {
    "faster": "\N{BLACK UP-POINTING TRIANGLE}",
    "slower": "\N{BLACK DOWN-POINTING TRIANGLE}",
    "tie": "=",
    "no interval": "\N{WHITE CIRCLE}",
    "client-bound": "!",  # it held back the one behind, or one of a tie: no order is known
}


@dataclass(frozen=True)
class RatioLine:
    """One row; the sign repeats the verdict for those who do not see its colour."""

    ours: str
    theirs: str
    ratio: Figure
    verdict: str
    sign: str
    opinion: str = ""  # of a second test, beside the interval, which decides


@dataclass(frozen=True)
class RatioGroup:
    """The ratios of one workload under one load."""

    workload: str
    load: str
    lines: tuple[RatioLine, ...]


def ratio_groups(run: Run) -> tuple[RatioGroup, ...]:
    """Return all ratios, a group per workload and load."""
    groups = (
        RatioGroup(
            workload.title,
            load.title,
            tuple(
                _line(ratio)
                for ratio in run.ratios
                if (ratio.workload, ratio.load) == (workload.name, load.name)
            ),
        )
        for workload in run.workloads
        for load in run.loads
    )
    return tuple(group for group in groups if group.lines)


def _line(ratio: Ratio) -> RatioLine:
    rate = ratio.rate
    return RatioLine(
        ours=ratio.ours,
        theirs=ratio.theirs,
        ratio=Figure(ratio_text(rate.median), interval_text(rate, ratio_text))
        if rate
        else Figure(DASH, reason="needs both rates"),
        verdict=ratio.verdict,
        sign=SIGNS[ratio.verdict],
        opinion=", ".join((*_shift(ratio), *_chance(ratio))),
    )


def _shift(ratio: Ratio) -> Iterator[str]:
    """Yield by how many requests a second the two differ, as a number with its sign."""
    if ratio.shift is not None and ratio.shift.median != 0:
        sign = "+" if ratio.shift.median > 0 else "\N{MINUS SIGN}"
        yield f"{sign}{rate_text(abs(ratio.shift.median))}{NO_BREAK}requests/s"


def _chance(ratio: Ratio) -> Iterator[str]:
    """Yield how likely chance alone would set the two so far apart; none without a test."""
    if ratio.p is not None and ratio.rate is not None and ratio.rate.has_interval:
        small = ratio.p < SMALLEST
        yield (
            f"p{NO_BREAK}<{NO_BREAK}{SMALLEST}" if small else f"p{NO_BREAK}={NO_BREAK}{ratio.p:.2g}"
        )
