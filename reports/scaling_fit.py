"""Amdahl's and the universal scalability law, fitted to blocks, as harness/statistics does. Pure.

rate(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)); Amdahl's has no kappa. N / rate is a
straight line in its unknowns, so the least squares of relative errors are computed at once. The
law is not fitted again with an unknown held at 0, as the laboratory does: only the end is cut off.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from reports.interval import median_interval
from reports.result import Estimate

Points = Sequence[tuple[float, float]]  # workers, rate
NO_GAIN = 1e9  # bent: a second worker makes it slower, so that the peak is at one
UNKNOWNS = {"parallel_share": 2, "peak_workers": 3}


def fitted(parameter: str, blocks: Sequence[Points]) -> Estimate | None:
    """Return the parameter of the fit to all blocks, with the interval of the blocks' own fits.

    None where a block has fewer different numbers of workers than the law has unknowns.
    """
    size = UNKNOWNS[parameter]
    laws = [_law(points, size) for points in blocks]
    whole = _law([point for points in blocks for point in points], size)
    if whole is None or not laws or None in laws:
        return None
    each = [_bent(law, parameter) for law in laws if law is not None]
    spread, centre = median_interval(each), _bent(whole, parameter)
    if spread is None or spread.low is None or spread.high is None:
        return Estimate(_value(centre, parameter), None, None)
    ends = sorted(
        _value(end, parameter) for end in (min(spread.low, centre), max(spread.high, centre))
    )
    return Estimate(_value(centre, parameter), *ends)


def _law(points: Points, size: int) -> tuple[float, float] | None:
    """Return sigma and kappa; below 0 where the points say so, or blocks could not be compared."""
    if len({workers for workers, _ in points}) < size or any(rate <= 0 for _, rate in points):
        return None
    unit = points[0][1] / points[0][0]
    rows = [
        [rate / unit / n * factor for factor in (1, n - 1, n * (n - 1))[:size]]
        for n, rate in points
    ]
    found = np.linalg.lstsq(np.array(rows), np.ones(len(rows)), rcond=None)[0]
    if found[0] <= 0:
        return None
    return float(found[1] / found[0]), float(found[2] / found[0]) if size > 2 else 0.0


def _bent(law: tuple[float, float], parameter: str) -> float:
    """Return what can be compared: sigma, or the workers at the peak turned over and squared."""
    sigma, kappa = law
    if parameter == "parallel_share":
        return sigma
    return kappa / (1 - sigma) if sigma < 1 else NO_GAIN


def _value(bent: float, parameter: str) -> float:
    """Return the parameter itself; no law has less than none of sigma or kappa."""
    if parameter == "parallel_share":
        return 1 - max(bent, 0.0)
    return math.sqrt(max(1.0, 1 / bent)) if bent > 0 else math.inf
