"""The ratios of a run with their verdict words, as texts. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantity import DASH, Figure, interval_text, ratio_text
from reports.result import Ratio, Run

SIGNS = {
    "faster": "\N{BLACK UP-POINTING TRIANGLE}",
    "slower": "\N{BLACK DOWN-POINTING TRIANGLE}",
    "tie": "=",
    "no interval": "\N{WHITE CIRCLE}",
}


@dataclass(frozen=True)
class RatioLine:
    """One row; the sign repeats the verdict for those who do not see its colour."""

    ours: str
    theirs: str
    ratio: Figure
    verdict: str
    sign: str


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
    )
