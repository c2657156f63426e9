"""Why the two of a row differ: the way from the documented to the fair lead, as texts and figure.

Pure but for the figure, which matplotlib draws in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document import Row, Table
from reports.factor_plan import PAIR, plans_to_run, turned_words
from reports.quantity import NO_BREAK, Figure, interval_text, ratio_text, share_text
from reports.result import Estimate, Run
from reports.waterfall import Step, Waterfall, waterfalls
from reports.waterfall_figure import TIMES, waterfall_figure

DIVIDED = " \N{DIVISION SIGN} "


@dataclass(frozen=True)
class StepLine:
    """A row of the figure's table."""

    name: str
    effect: Figure
    share: Figure
    plan: str
    only_end: str = ""


@dataclass(frozen=True)
class WayView:
    """A figure with its table, and what it cannot show."""

    svg: str
    caption: str
    lines: tuple[StepLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A row of the document's table: its ways, and the plans that would tell more."""

    title: str
    ways: tuple[WayView, ...]
    advice: str
    plans: tuple[tuple[str, str], ...]


def differences(
    run: Run, table: Table, runs: Mapping[str, Run], anchor: str
) -> tuple[Difference, ...]:
    """Return why the two of each row differ that this run measured."""
    measured = {each.name for each in run.workloads}
    rows = (row for row in table.rows if len(row.figures) > 1 and row.workload in measured)
    return tuple(
        _difference(run, row, runs, f"{anchor}-why-{number}") for number, row in enumerate(rows)
    )


def _difference(run: Run, row: Row, runs: Mapping[str, Run], prefix: str) -> Difference:
    ours, theirs = tuple(row.figures)[:2]
    ways = waterfalls(run, row.workload, ours, theirs, runs)
    plans = plans_to_run(row.workload, (ours, theirs), done_plans(ways, runs))
    return Difference(
        title=row.scenario,
        ways=tuple(_way(way, f"{prefix}-{number}") for number, way in enumerate(ways)),
        advice=_advice(ways, plans, f"{ours}{DIVIDED}{theirs}"),
        plans=tuple((plan, turned_words(plan)) for plan in plans),
    )


def done_plans(ways: tuple[Waterfall, ...], runs: Mapping[str, Run]) -> set[str]:
    """Return the plans whose factors have been turned, or have said why they could not be."""
    used = {step.plan for way in ways for step in way.steps}
    tried = {
        plan
        for plan, run in runs.items()
        for way in ways
        if any(factor.workload == way.workload and factor.missing for factor in run.factors)
    }
    return used | tried


def _advice(ways: tuple[Waterfall, ...], plans: tuple[str, ...], pair: str) -> str:
    if plans:
        begin = (
            "Not turned here by this build yet"
            if ways
            else "No factor has been turned on this host"
        )
        return f"{begin}. To see what each makes of {pair}:"
    if ways:
        return ""
    return f"No plan turns the factors of {pair}; those that there are turn {DIVIDED.join(PAIR)}."


def _way(way: Waterfall, prefix: str) -> WayView:
    return WayView(
        svg=waterfall_figure(way, prefix, f"Why {way.workload} differs: from documented to fair"),
        caption=f"{_pair(way.documented.ours, way.documented.theirs, way.documented.load)}, to "
        f"{_pair(way.fair.ours, way.fair.theirs, way.fair.load)}",
        lines=(
            _whole("as documented", way.documented.ratio, way.plan),
            *(_line(step) for step in way.steps),
            _line(way.rest),
            _whole("fair", way.fair.ratio, way.plan),
        ),
        notes=tuple(
            f"No figure for {name}: {reason}." for name, reason in (*way.missing, *way.other_builds)
        ),
    )


def _pair(ours: str, theirs: str, load: str) -> str:
    return f"{ours}{DIVIDED}{theirs} under {load}"


def _line(step: Step) -> StepLine:
    return StepLine(step.name, _times(step.effect), _share(step.share), step.plan, step.only_end)


def _whole(name: str, lead: Estimate | None, plan: str) -> StepLine:
    return StepLine(name, _times(lead), Figure(""), plan)


def _times(estimate: Estimate | None) -> Figure:
    if estimate is None:
        return Figure("\N{EN DASH}", reason="no rates")
    return Figure(
        f"{TIMES}{ratio_text(estimate.median)}",
        interval_text(estimate, ratio_text) or "no interval",
    )


def _share(share: Estimate | None) -> Figure:
    if share is None:
        return Figure("\N{EN DASH}", reason="no lead to share")
    ends = interval_text(share, lambda end: f"{end * 100:.0f}")
    return Figure(share_text(share.median), f"{ends}{NO_BREAK}%" if ends else "no interval")
