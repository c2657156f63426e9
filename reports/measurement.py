"""The figure that the cells of a run make for a test of a claim, with its interval. Pure.

Nothing here decides: gates are in `cell_gate`, the rule is in `verdict`.
"""

from __future__ import annotations

import math
import re

from reports.claim import ClaimTest
from reports.interval import median_interval, ratio_of_logarithms
from reports.metric import value
from reports.needed_cells import Key, Need
from reports.pair_ratio import ratio_in_run
from reports.result import Cell, Estimate, Run
from reports.scaling_fit import fitted

Series = dict[int, float]  # by block


def estimate(test: ClaimTest, run: Run, need: Need) -> Estimate | None:
    """Return the test's figure, in its metric or as a number, or nothing where cells give none."""
    if test.kind == "level":
        return _level(test, run, need.top[0])
    if need.factor is not None:
        return need.factor.share
    series = {key: _series(run, key, test.metric) for key in need.keys}
    blocks = sorted(set.intersection(*(set(each) for each in series.values())))
    if test.kind == "fit":
        return _fit(test, run, series, blocks)
    return _of_the_run(test, run, need) or _ratio(need, series, blocks)


def workers_of(run: Run, label: str) -> int | None:
    """Return the workers that the server said, or else those in the variant's name."""
    baseline = run.baseline(label)
    if baseline is not None and baseline.workers:
        return baseline.workers
    found = re.search(r"-(\d+)$", label)
    return int(found.group(1)) if found else None


def _cell(run: Run, key: Key) -> Cell | None:
    return run.cell(key.workload, key.baseline, key.load)


def _series(run: Run, key: Key, metric: str) -> Series:
    cell = _cell(run, key)
    trials = run.trials_of(cell) if cell else ()
    found = {trial.block: value(trial, metric) for trial in trials}
    return {block: number for block, number in found.items() if number is not None}


def _level(test: ClaimTest, run: Run, key: Key) -> Estimate | None:
    cell = _cell(run, key)
    if cell is not None and test.metric == "rate":
        return cell.rate
    return median_interval(list(_series(run, key, test.metric).values()))


def _of_the_run(test: ClaimTest, run: Run, need: Need) -> Estimate | None:
    """Return the ratio as the run itself holds it; it holds those of rates under one load."""
    if test.metric != "rate" or test.kind != "ratio":
        return None
    over, under = need.top[0], need.bottom[0]
    return ratio_in_run(run, over.workload, over.load, over.baseline, under.baseline)


def _logarithm(need: Need, series: dict[Key, Series], block: int) -> float:
    """Return log(top / bottom) in one block: of several pairs, their sum."""
    top, bottom = (
        sum(math.log(series[key][block]) for key in keys) for keys in (need.top, need.bottom)
    )
    return top - bottom


def _ratio(need: Need, series: dict[Key, Series], blocks: list[int]) -> Estimate | None:
    """Return the ratio, or the geometric mean of several; blocks with a zero have none."""
    kept = [block for block in blocks if all(each[block] > 0 for each in series.values())]
    return ratio_of_logarithms([_logarithm(need, series, block) / len(need.top) for block in kept])


def _fit(
    test: ClaimTest, run: Run, series: dict[Key, Series], blocks: list[int]
) -> Estimate | None:
    workers = {key: workers_of(run, key.baseline) for key in series}
    if None in workers.values():
        return None
    points = [
        [(float(count or 0), series[key][block]) for key, count in workers.items()]
        for block in blocks
    ]
    return fitted(test.parameter, points)
