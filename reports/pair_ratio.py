"""The ratio of two baselines as the run holds it, whichever of the two it names first. Pure."""

from __future__ import annotations

from reports.interval import paired_ratio
from reports.result import Estimate, Load, Ratio, Run

CLIENT_BOUND = "client-bound"  # as the laboratory calls it


def measured_ratio(
    run: Run, workload: str, load: Load | None, ours: str, theirs: str
) -> Estimate | None:
    """Return ours over theirs as the run holds it, or else from the blocks that both have.

    Where they share no block it is that of the medians, with no interval. There is none without
    both rates, nor where the one to divide by is zero.
    """
    if load is None:
        return None
    held = _held(run, workload, load.name, ours, theirs)
    if held:
        return _turned(held, ours)
    found = _ratio_of_blocks(run, workload, load, ours, theirs)
    return found or _ratio_of_medians(run, workload, load, ours, theirs)


def ratio_in_run(run: Run, workload: str, load: str, ours: str, theirs: str) -> Estimate | None:
    """Return the ratio that the laboratory paired block by block, turned over if need be."""
    held = _held(run, workload, load, ours, theirs)
    return _turned(held, ours) if held else None


def is_client_bound(run: Run, workload: str, load: Load | None, ours: str, theirs: str) -> bool:
    """Say whether the laboratory gives the two no order, since the client held one of them back."""
    held = _held(run, workload, load.name, ours, theirs) if load else None
    return held is not None and held.verdict == CLIENT_BOUND


def is_tie(run: Run, workload: str, load: Load | None, ours: str, theirs: str) -> bool:
    """Say whether the two differ by no more than the same server measured twice does."""
    held = _held(run, workload, load.name, ours, theirs) if load else None
    return held is not None and held.verdict == "tie"


def _held(run: Run, workload: str, load: str, ours: str, theirs: str) -> Ratio | None:
    sides = ((ours, theirs), (theirs, ours))
    return next(
        (
            ratio
            for ratio in run.ratios
            if (ratio.workload, ratio.load) == (workload, load)
            and (ratio.ours, ratio.theirs) in sides
            and ratio.rate is not None
        ),
        None,
    )


def _turned(ratio: Ratio, ours: str) -> Estimate | None:
    if ratio.rate is None or ratio.ours == ours:
        return ratio.rate
    return inverse(ratio.rate)


def inverse(ratio: Estimate) -> Estimate | None:
    """Return theirs over ours, or nothing for zero: the interval's ends change places."""
    if ratio.median == 0:
        return None
    return Estimate(
        1 / ratio.median,
        1 / ratio.high if ratio.high else None,
        1 / ratio.low if ratio.low else None,
    )


def _ratio_of_blocks(
    run: Run, workload: str, load: Load, ours: str, theirs: str
) -> Estimate | None:
    sides = [_rates_by_block(run, workload, label, load) for label in (ours, theirs)]
    common = sorted(set(sides[0]) & set(sides[1]))
    return paired_ratio(*([side[block] for block in common] for side in sides))


def _rates_by_block(run: Run, workload: str, label: str, load: Load) -> dict[int, float]:
    cell = run.cell(workload, label, load.name)
    trials = run.trials_of(cell) if cell else ()
    return {trial.block: trial.rate for trial in trials if trial.valid and trial.rate}


def _ratio_of_medians(
    run: Run, workload: str, load: Load, ours: str, theirs: str
) -> Estimate | None:
    rates = [
        cell.rate.median if (cell := run.cell(workload, label, load.name)) and cell.rate else 0.0
        for label in (ours, theirs)
    ]
    return Estimate(rates[0] / rates[1], None, None) if all(rates) else None
