"""The way from a documented lead to the fair one, factor by factor, from one host's runs. Pure.

A step is what one factor, turned alone, multiplies the lead by, in the run that turned it. The rest
is what is then left of the way: what factors do only together, and what no plan turns. Figures of
several runs meet here, so all are of one build, that of most factors; others are told and left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.build_difference import build_difference, parts_of
from reports.factor_effect import factor_effect, whole_effect
from reports.pair_ratio import measured_ratio
from reports.result import Estimate, Factor, Lead, Load, Run

REST = "joint, or not turned"


@dataclass(frozen=True)
class Step:
    """A part of the way: above 1 it made the lead larger, below 1 it hid a part of it.

    `only_end` is the one from which its factor was turned, where that was not both.
    """

    name: str
    effect: Estimate
    share: Estimate | None  # of the logarithm of the documented lead
    plan: str = ""
    only_end: str = ""


@dataclass(frozen=True)
class Waterfall:
    """The whole way. `missing` are factors that gave no figure, and `other_builds` those whose
    figure is of another build than the two ends, each with its reason."""

    workload: str
    documented: Lead
    fair: Lead
    steps: tuple[Step, ...]
    rest: Step
    plan: str  # of the run that the two ends are from
    missing: tuple[tuple[str, str], ...]
    other_builds: tuple[tuple[str, str], ...] = ()

    @property
    def left(self) -> float | None:
        """Return the share of the documented lead that stays between equals."""
        ends = [lead.ratio.median for lead in (self.documented, self.fair) if lead.ratio]
        return math.log(ends[1]) / math.log(ends[0]) if ends[0] != 1 else None


def waterfalls(
    run: Run, workload: str, ours: str, theirs: str, runs: Mapping[str, Run]
) -> tuple[Waterfall, ...]:
    """Return a way for each fair pair that the factors' plans lead to; mostly there is one.

    `run` is that of the table, `runs` those of the same host by plan.
    """
    turned = [
        (each, factor)
        for plan, each in sorted(runs.items())
        if plan.startswith("factors-") and each.host.id == run.host.id
        for factor in each.factors
        if (factor.workload, factor.documented.ours, factor.documented.theirs)
        == (workload, ours, theirs)
    ]
    ends = dict.fromkeys(_ends(factor) for _, factor in turned)
    found = (_waterfall(run, [each for each in turned if _ends(each[1]) == end]) for end in ends)
    return tuple(each for each in found if each)


def _ends(factor: Factor) -> tuple[str, str, str, str]:
    return (factor.documented.load, factor.fair.ours, factor.fair.theirs, factor.fair.load)


def _waterfall(run: Run, turned: list[tuple[Run, Factor]]) -> Waterfall | None:
    first = turned[0][1]
    found = _end_runs(run, [each for each, _ in turned], first)
    if not found:
        return None
    at, whole = max(found, key=lambda each: len(_of_its_build(each[0], turned)))
    documented, fair = (
        Lead(lead.ours, lead.theirs, lead.load, _ratio(at, first.workload, lead))
        for lead in (first.documented, first.fair)
    )
    kept = _of_its_build(at, turned)
    steps, missing = _steps(kept)
    others = (
        _other_build((at, *(run for run, _ in kept)), *one) for one in turned if one not in kept
    )
    rest = _rest(documented, fair, whole, steps)
    return Waterfall(first.workload, documented, fair, steps, rest, at.plan, missing, tuple(others))


def _ratio(run: Run, workload: str, lead: Lead) -> Estimate | None:
    return measured_ratio(run, workload, _load(run, lead.load), lead.ours, lead.theirs)


def _load(run: Run, name: str) -> Load | None:
    return next((load for load in run.loads if load.name == name), None)


def _end_runs(run: Run, others: Iterable[Run], factor: Factor) -> list[tuple[Run, Estimate]]:
    """Return the runs that have the two ends: the table's own, and those of the factors."""
    others = tuple(others)
    leads = (factor.documented, factor.fair)
    found = []
    for each in (run, *others):
        if any(not _is_same(_load(each, lead.load), _load(others[0], lead.load)) for lead in leads):
            continue
        whole = whole_effect(each, factor.workload, *leads)
        if whole is not None:
            found.append((each, whole))
    return found


def _of_its_build(at: Run, turned: Iterable[tuple[Run, Factor]]) -> list[tuple[Run, Factor]]:
    """Return the factors of the build of `at`, none of which is apart from another either."""
    kept: list[tuple[Run, Factor]] = []
    for run, factor in turned:
        if not any(_apart(each, run, factor) for each in (at, *(run for run, _ in kept))):
            kept.append((run, factor))
    return kept


def _apart(at: Run, run: Run, factor: Factor) -> tuple[str, ...]:
    """Return in what the build that turned the factor differs from that of another run."""
    labels = tuple(label for lead in factor.leads for label in (lead.ours, lead.theirs))
    return build_difference(at, run, parts_of((factor.workload,), labels, True))


def _other_build(others: tuple[Run, ...], run: Run, factor: Factor) -> tuple[str, str]:
    at, parts = next((each, p) for each in others if (p := _apart(each, run, factor)))
    differ = f"{run.plan} and {at.plan} differ in {', '.join(parts)}"
    return factor.name, f"from another build: {differ}; make bench PLAN={run.plan}"


def _is_same(one: Load | None, other: Load | None) -> bool:
    """Say whether two runs mean the same by a load's name."""
    return None not in (one, other) and all(
        getattr(one, field) == getattr(other, field)
        for field in ("client", "connections", "keep_alive", "requests", "server_cores")
    )


def _steps(
    turned: Iterable[tuple[Run, Factor]],
) -> tuple[tuple[Step, ...], tuple[tuple[str, str], ...]]:
    """Return the steps, the largest first, and the factors that have none."""
    steps, missing = [], []
    for run, factor in turned:
        effect = factor_effect(run, factor)
        if factor.missing or effect is None:
            missing.append((factor.name, factor.missing or "its blocks have no rates to compare"))
        else:
            steps.append(Step(factor.name, effect, factor.share, run.plan, factor.only_end))
    steps.sort(key=lambda step: -abs(math.log(step.effect.median)))
    return tuple(steps), tuple(missing)


def _rest(documented: Lead, fair: Lead, whole: Estimate, steps: Iterable[Step]) -> Step:
    """Return what leads from the last step to the fair lead, as if the runs were independent.

    How sure `whole` is, the one lead over the other block by block, counts for both ends; a step's
    interval counts turned over. The ends are those of Zou and Donner's sums (2008): the distances
    are squared, added, and the root is taken.
    """
    taken = [step.effect for step in steps]
    centre = _log(documented) - _log(fair) - sum(math.log(each.median) for each in taken)
    effect = Estimate(math.exp(centre), None, None)
    if whole.has_interval and all(each.has_interval for each in taken):
        below = [_distance(whole, whole.low), *(_distance(each, each.high) for each in taken)]
        above = [_distance(whole, whole.high), *(_distance(each, each.low) for each in taken)]
        effect = Estimate(
            math.exp(centre),
            math.exp(centre - math.hypot(*below)),
            math.exp(centre + math.hypot(*above)),
        )
    return Step(REST, effect, _share(effect, documented.ratio))


def _log(lead: Lead) -> float:
    return math.log(lead.ratio.median) if lead.ratio else 0.0


def _distance(estimate: Estimate, end: float | None) -> float:
    return math.log(end / estimate.median) if end else 0.0


def _share(effect: Estimate, lead: Estimate | None) -> Estimate | None:
    if lead is None or lead.median == 1:
        return None
    whole = math.log(lead.median)
    share = math.log(effect.median) / whole
    if effect.low is None or effect.high is None:
        return Estimate(share, None, None)
    return Estimate(share, *sorted(math.log(end) / whole for end in (effect.low, effect.high)))
