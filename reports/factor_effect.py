"""How many times larger a factor makes a lead, from the blocks of the run that turned it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from reports.interval import ratio_of_logarithms
from reports.result import Estimate, Factor, Lead, Run

Leads = dict[int, float]  # logarithms, by block


def factor_effect(run: Run, factor: Factor) -> Estimate | None:
    """Return by what the factor multiplies the lead: the mean of both ways, or the one there is.

    Above 1 it made a part of the lead, below 1 it hid one.
    """
    ways = [
        (leads_by_block(run, factor.workload, with_it), leads_by_block(run, factor.workload, less))
        for with_it, less in (
            (factor.documented, factor.documented_but),
            (factor.fair_but, factor.fair),
        )
        if with_it.is_planned and less.is_planned
    ]
    if not ways:
        return None
    blocks = _common(each for way in ways for each in way)
    return ratio_of_logarithms(
        [sum(more[block] - less[block] for more, less in ways) / len(ways) for block in blocks]
    )


def whole_effect(run: Run, workload: str, documented: Lead, fair: Lead) -> Estimate | None:
    """Return the documented lead over the fair one: what all the factors make together."""
    more, less = (leads_by_block(run, workload, lead) for lead in (documented, fair))
    return ratio_of_logarithms([more[block] - less[block] for block in _common((more, less))])


def leads_by_block(run: Run, workload: str, lead: Lead) -> Leads:
    """Return the logarithm of a lead in each block in which both trials are valid."""
    ours, theirs = (_rates(run, workload, label, lead.load) for label in (lead.ours, lead.theirs))
    return {
        block: math.log(ours[block] / theirs[block]) for block in sorted(set(ours) & set(theirs))
    }


def _rates(run: Run, workload: str, label: str, load: str) -> dict[int, float]:
    cell = run.cell(workload, label, load)
    trials = run.trials_of(cell) if cell else ()
    return {trial.block: trial.rate for trial in trials if trial.valid and trial.rate}


def _common(series: Iterable[Leads]) -> list[int]:
    blocks = [set(each) for each in series]
    return sorted(set.intersection(*blocks)) if blocks else []
