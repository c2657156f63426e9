"""Runs made up for tests, cell by cell from rates by block, and the test that they are tried by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from reports.claim import ClaimTest, Needs, Rule
from reports.interval import median_interval
from reports.result import Baseline, Cell, Host, Latency, Load, Provenance, Run, Trial, Workload
from reports.verdict import HostRuns, Outcome, outcome_of

HOST = Host("h", "Example CPU", 22, 2**34, "Linux 6.18", "x86_64")
CLOSE = Load("close-20", "20 at a time, closed", 20, False)
OPEN = Load("open-20", "20 kept open", 20, True)
DOCUMENT = Load("document-20", "the document's client", 20, False, "urllib-pool", 1000)
Rates = Mapping[tuple[str, str, str], Sequence[float]]
RULE = Rule("r", 7, 0.2, 0.001, 0.85)
OURS, THEIRS = "karak@workers-4", "fastapi@as-documented"
STEADY = (1.0, 1.01, 0.99, 1.02, 0.98, 1.0, 1.0)
RATIO = ClaimTest("ratio", "p", "native", workload="json", over=OURS, under=THEIRS, stated=2)


def trial(key: tuple[str, str, str], block: int, rate: float, **changes: object) -> Trial:
    """Return a valid trial of a thousand replies; `changes` are fields."""
    workload, baseline, load = key
    fields = {
        "valid": True,
        "requests": 1000,
        "latency_us": Latency(2e6 / rate, 1e6 / rate, 9e6 / rate),
        "server_cpu_us_per_request": 100.0,
        "memory_bytes": 27e6,
    }
    return Trial(
        block=block, workload=workload, baseline=baseline, load=load, rate=rate, **fields | changes
    )


def invented_run(
    plan: str, rates: Rates, loads: tuple[Load, ...] = (CLOSE,), host: Host = HOST
) -> Run:
    """Return a whole run with a cell for each key and a trial for each of its rates."""
    return Run(
        run="r",
        plan=plan,
        title=plan,
        seed=1,
        blocks=7,
        blocks_done=max(len(each) for each in rates.values()),
        complete=True,
        started="2026-11-21T12:00:00Z",
        duration_s=60.0,
        warm_up_s=1.0,
        measure_s=3.0,
        host=host,
        provenance=Provenance("c", False, "", "g++", "release", ()),
        workloads=tuple(_workload(name) for name in dict.fromkeys(key[0] for key in rates)),
        baselines=tuple(_baseline(label) for label in dict.fromkeys(key[1] for key in rates)),
        loads=loads,
        cells=tuple(_cell(key, each) for key, each in rates.items()),
        ratios=(),
        trials=tuple(
            trial(key, block, rate)
            for key, each in rates.items()
            for block, rate in enumerate(each)
        ),
    )


def _workload(name: str) -> Workload:
    return Workload(name, name, "", "GET", f"/{name}", 200, "application/json", 526)


def _baseline(label: str) -> Baseline:
    name, variant = label.split("@")
    return Baseline(name, variant, label, name, variant, "", "Python", "", True, "")


def _cell(key: tuple[str, str, str], rates: Sequence[float]) -> Cell:
    return Cell(
        *key,
        trials=len(rates),
        valid=len(rates),
        missing="" if rates else "not measured: the run was cut short",
        rate=median_interval(rates),
        p50_us=1e6 / median(rates) if rates else None,
        p99_us=None,
        cpu_us_per_request=None,
        memory_bytes=None,
        client_cpu=0.5,
    )


def around(rate: float) -> list[float]:
    """Return seven trials within 2 % of a rate."""
    return [rate * each for each in STEADY]


def pair(over: float, under: float, load: Load = CLOSE, workload: str = "json") -> Rates:
    return {
        (workload, OURS, load.name): around(over),
        (workload, THEIRS, load.name): around(under),
    }


def outcome(test: ClaimTest, run: Run, needs: Needs | None = None) -> Outcome:
    return outcome_of(test, needs or Needs(), RULE, HostRuns(run.host, {run.plan: run}))
