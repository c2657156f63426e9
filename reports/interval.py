"""Medians and ratios with 95 % intervals, as harness/statistics makes them. Pure; no file.

Ported for what a result file does not hold: ratios of latency or memory, across loads or workloads.
`interval_test.py` has the literals of harness/statistics. No interval from fewer than six values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations_with_replacement
from statistics import median

from reports.result import Estimate

TAIL = 0.025


def median_interval(values: Sequence[float]) -> Estimate | None:
    """Return the median; its interval ends between values where 95 % lies, whatever the noise is.

    Hettmansperger and Sheather (1986), as harness/statistics/median_interval.h explains.
    """
    size = len(values)
    bounds = _bounds([math.comb(size, below) / 2**size for below in range(size // 2 + 1)])
    if bounds is None:
        return Estimate(median(values), None, None) if values else None
    rank, inward = bounds
    bent = (size - rank) * inward / (rank + (size - 2 * rank) * inward)
    return _between(sorted(values), rank, bent)


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> Estimate | None:
    """Return ours over theirs; nothing where a value is not positive or a partner is missing."""
    if len(ours) != len(theirs) or not all(value > 0 for value in (*ours, *theirs)):
        return None
    return ratio_of_logarithms(
        [math.log(our) - math.log(their) for our, their in zip(ours, theirs, strict=True)]
    )


def ratio_of_logarithms(logarithms: Sequence[float]) -> Estimate | None:
    """Return Hodges and Lehmann's centre, no longer in logarithms, with its signed-rank interval.

    Too few for an interval give the median alone, as the laboratory does.
    """
    if not logarithms:
        return None
    bounds = _bounds(_signed_rank_chances(len(logarithms)))
    if bounds is None:
        return Estimate(math.exp(median(logarithms)), None, None)
    means = sorted((one + other) / 2 for one, other in combinations_with_replacement(logarithms, 2))
    centre = _between(means, *bounds)
    ends = (math.exp(end) for end in (centre.median, centre.low or 0.0, centre.high or 0.0))
    return Estimate(*ends)


def _signed_rank_chances(size: int) -> list[float]:
    """Return the chance of each sum when each rank is in it or not, as a coin falls."""
    chances = [1.0] + [0.0] * (size * (size + 1) // 2)
    for rank in range(1, size + 1):
        without = chances
        chances = [
            (chance + (without[total - rank] if total >= rank else 0)) / 2
            for total, chance in enumerate(without)
        ]
    return chances


def _bounds(chances: Sequence[float]) -> tuple[int, float] | None:
    """Return which value from either end bounds the interval, and how far inward of it."""
    up_to = 0.0
    for rank, chance in enumerate(chances):
        if up_to + chance > TAIL:
            return (rank, (TAIL - up_to) / chance) if rank else None
        up_to += chance
    return None


def _between(ordered: Sequence[float], rank: int, inward: float) -> Estimate:
    low, high = (
        (1 - inward) * outer + inward * inner if outer != inner else outer
        for outer, inner in (
            (ordered[rank - 1], ordered[rank]),
            (ordered[-rank], ordered[-rank - 1]),
        )
    )
    return Estimate(median(ordered), low, high)
