"""Runs of factors, of open loops, of capacity and of scaling, made up for tests and to look at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from reports.interval import median_interval, paired_ratio
from reports.invented_run import OURS, THEIRS, Rates, around, invented_run
from reports.result import (
    Cell,
    Conditions,
    Estimate,
    Factor,
    Lead,
    Load,
    Range,
    Run,
    Scaling,
    ScalingPoint,
)

AS_DOCUMENTED = Load("as-documented", "urllib, 20 threads", 20, False, "urllib-pool", 1000)
FAIR = Load("fair-close", "20 at a time, a new connection for each request", 20, False)
TUNED = "fastapi@tuned"
NONE = Lead("", "", "")
DOCUMENTED_LEAD = Lead(OURS, THEIRS, AS_DOCUMENTED.name)
FAIR_LEAD = Lead(OURS, TUNED, FAIR.name)


def ends(documented: float, fair: float, workload: str = "json") -> Rates:
    """Return rates with these two leads."""
    return {
        (workload, OURS, AS_DOCUMENTED.name): around(100 * documented),
        (workload, THEIRS, AS_DOCUMENTED.name): around(100)[::-1],
        (workload, OURS, FAIR.name): around(400 * fair),
        (workload, TUNED, FAIR.name): _shifted(400),
    }


def factors_run(
    plan: str, rates: Rates, turned: Mapping[str, tuple[Lead, Lead]], workload: str = "json"
) -> Run:
    """Return a run with a factor for each name: documented but fair in it, and the reverse."""
    run = invented_run(plan, rates, (AS_DOCUMENTED, FAIR))
    factors = tuple(_factor(name, workload, rates, *leads) for name, leads in turned.items())
    return replace(run, run=plan, factors=factors)


def _factor(name: str, workload: str, rates: Rates, but: Lead, fair_but: Lead) -> Factor:
    leads = [
        _with_ratio(each, workload, rates) for each in (DOCUMENTED_LEAD, but, FAIR_LEAD, fair_but)
    ]
    logs = [_logs(each, workload, rates) for each in leads]
    first, last = (
        [one - other for one, other in zip(*pair, strict=True)] if all(pair) else []
        for pair in ((logs[0], logs[1]), (logs[3], logs[2]))
    )
    ways = [each for each in (first, last) if each]
    share = [sum(each) / len(each) for each in zip(*ways, strict=True)]
    return Factor(
        name,
        workload,
        *leads,
        share=median_interval([each / log for each, log in zip(share, logs[0], strict=True)]),
    )


def _logs(lead: Lead, workload: str, rates: Rates) -> list[float]:
    if not lead.is_planned:
        return []
    sides = (rates[workload, label, lead.load] for label in (lead.ours, lead.theirs))
    return [math.log(our / their) for our, their in zip(*sides, strict=True)]


def _with_ratio(lead: Lead, workload: str, rates: Rates) -> Lead:
    logs = _logs(lead, workload, rates)
    ones = [1.0] * len(logs)
    return (
        replace(lead, ratio=paired_ratio([math.exp(each) for each in logs], ones)) if logs else lead
    )


def _shifted(rate: float) -> list[float]:
    """Return trials whose luck is that of other blocks."""
    return [*around(rate)[2:], *around(rate)[:2]]


def client_run() -> Run:
    """Return a run in which the client hides a part of the lead: 2 by theirs, 2.5 by ours."""
    native = (Lead(OURS, THEIRS, FAIR.name), Lead(OURS, TUNED, AS_DOCUMENTED.name))
    rates = {
        **ends(2, 1.2),
        ("json", THEIRS, FAIR.name): _shifted(480 / 2.5),
        ("json", TUNED, AS_DOCUMENTED.name): _shifted(200 / 1.1),
    }
    return factors_run("factors-client", rates, {"client": native})


def log_run() -> Run:
    """Return a run in which the log makes a part of the lead: 2 with it, 1.6 without."""
    without = Lead(OURS, "fastapi@no-access-log", AS_DOCUMENTED.name)
    rates = {**ends(2, 1.2), ("json", without.theirs, without.load): _shifted(200 / 1.6)}
    return factors_run("factors-log", rates, {"log": (without, NONE)})


def latency_run() -> Run:
    """Return open loops at shares of two baselines' ceilings, of which the last is not kept up."""
    ceiling = Load("ceiling", "as fast as replies come", 16, True)
    loads, cells = [ceiling], []
    labels = {"karak@workers-4": 4000.0, "fastapi@tuned": 2500.0, "reference@loop": 52000.0}
    for label, rate in labels.items():
        cells.append(_open_cell(label, ceiling.name, rate, None, 4e6 / rate))
    for share in (0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 1.1):
        load = Load(f"share-{share}", f"{share:.0%}", 64, True, share=share, of="ceiling")
        loads.append(load)
        for label, rate in labels.items():
            waits = 1 / max(1 - share, 0.02)
            reached = min(share, 0.98) * rate
            cells.append(_open_cell(label, load.name, reached, share * rate, waits * 1e6 / rate))
    run = invented_run(
        "latency", {("json", label, "ceiling"): around(r) for label, r in labels.items()}
    )
    return replace(run, run="latency", loads=tuple(loads), cells=tuple(cells), trials=())


def _open_cell(label: str, load: str, rate: float, asked: float | None, p50: float) -> Cell:
    return Cell(
        "json",
        label,
        load,
        7,
        7,
        "",
        Estimate(rate, 0.98 * rate, 1.02 * rate),
        p50,
        6 * p50,
        Estimate(100.0, 95.0, 105.0),
        27e6,
        0.3,
        asked_rate=asked,
        p50_range_us=Range(0.9 * p50, 1.15 * p50),
        p99_range_us=Range(4.5 * p50, 8 * p50),
    )


def capacity_run() -> Run:
    """Return capacities under 10 ms, one of which could not be found."""
    load = Load("p99-10", "64 connections kept open", 64, True, p99_limit_ms=10)
    rates = {
        ("json", label, load.name): around(rate) for label, rate in ((OURS, 3100), (TUNED, 1900))
    }
    run = invented_run("capacity", rates | {("json", THEIRS, load.name): []}, (load,))
    return replace(run, run="capacity")


def scaling_run() -> Run:
    """Return a series that a law nearly fits, and one that is too short for any."""
    loads = tuple(Load(f"cores-{n}", f"{n} cores", 32, False, server_cores=n) for n in (1, 2, 4, 8))
    rates = {
        ("cpu", OURS, load.name): around(260 * f)
        for load, f in zip(loads, (1, 1.9, 3.4, 5.2), strict=True)
    }
    run = invented_run("scaling", rates, loads)
    points = tuple(
        ScalingPoint(float(load.server_cores or 1), OURS, load.name, cell.rate)
        for load, cell in zip(loads, run.cells, strict=True)
    )
    fit = Scaling(
        "Karak by cores",
        "cpu",
        "cores",
        "universal",
        points,
        Estimate(0.04, 0.02, 0.06),
        Estimate(0.004, 0.001, 0.007),
        15.5,
    )
    short = replace(
        fit,
        name="too short",
        law="",
        points=points[:2],
        sigma=None,
        kappa=None,
        peak=None,
        missing="2 cores: a fit needs three sizes",
    )
    return replace(run, run="scaling", scalings=(fit, short))


def table_run() -> Run:
    """Return a run of karak-standard by both clients, with what the machine did."""
    rates = {**ends(1.9, 1.15), **ends(3.3, 1.3, "db"), **ends(1.02, 2.6, "cpu")}
    run = invented_run("karak-standard", rates, (AS_DOCUMENTED, FAIR))
    seen = Conditions(0.001, 0.05, 0.02, 61.0, 3200.0, 0)
    trials = tuple(replace(each, conditions=seen) for each in run.trials)
    worst = replace(trials[0], conditions=replace(seen, steal=0.031, temperature_c=88.0))
    return replace(
        run,
        run="table",
        document="karak",
        table="standard",
        trials=(worst, *trials[1:]),
        cells=(replace(run.cells[0], rejected=2), *run.cells[1:]),
        ended_by="precision",
    )
