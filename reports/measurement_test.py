"""Each kind of test computes its figure from the cells that it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.claim import ClaimTest
from reports.invented_factors import FAIR, TUNED, client_run, log_run
from reports.invented_run import (
    CLOSE,
    DOCUMENT,
    OPEN,
    OURS,
    RATIO,
    THEIRS,
    around,
    invented_run,
    outcome,
    pair,
)
from reports.result import Estimate, Load, Ratio


def test_a_level_is_the_cell_s_own_figure() -> None:
    test = ClaimTest("level", "p", "native", workload="json", baseline=OURS, stated=200)
    found = outcome(test, invented_run("p", pair(210, 100)))
    assert (found.verdict, found.measured and found.measured.median) == ("reproduced", 210)


def test_a_level_of_latency_is_in_milliseconds() -> None:
    # 25 requests/s of one connection, a mean of 2 / 25 s: 80 ms.
    test = ClaimTest(
        "level", "p", "native", "json", baseline=OURS, metric="latency_mean_ms", stated=80
    )
    found = outcome(test, invented_run("p", pair(25, 10)))
    assert found.measured is not None
    assert found.measured.median == pytest.approx(80)


def test_a_ratio_is_the_one_that_the_run_holds() -> None:
    held = Ratio("json", "close-20", THEIRS, OURS, Estimate(0.25, 0.2, 0.5), "slower")
    run = replace(invented_run("p", pair(210, 100)), ratios=(held,))
    assert outcome(RATIO, run).measured == Estimate(4, 2, 5)


def test_a_ratio_that_the_run_does_not_hold_is_paired_by_block() -> None:
    # Both sides swing by 2 % together, so their ratio does not swing at all.
    found = outcome(RATIO, invented_run("p", pair(210, 100)))
    assert found.verdict == "reproduced"
    assert found.measured is not None
    assert (found.measured.low, found.measured.high) == pytest.approx((2.1, 2.1))


def test_a_mean_ratio_is_the_geometric_mean_of_its_workloads() -> None:
    run = invented_run("p", {**pair(200, 100), **pair(800, 100, workload="db")})
    test = replace(RATIO, kind="mean-ratio", workload="", workloads=("json", "db"), stated=4)
    found = outcome(test, run)
    assert found.measured is not None
    assert found.measured.median == pytest.approx(4)


@pytest.mark.parametrize(
    ("by", "before", "after", "workload", "expected"),
    [
        ("workload", "json", "db", "", 3),
        ("keep-alive", "close", "keep-alive", "json", 2),
        ("connections", "20", "40", "json", 5),
    ],
)
def test_a_change_is_what_a_step_makes_of_one_baseline(
    by: str, before: str, after: str, workload: str, expected: float
) -> None:
    more = Load("close-40", "40", 40, False)
    rates = {
        ("json", OURS, "close-20"): around(100),
        ("db", OURS, "close-20"): around(300),
        ("json", OURS, "open-20"): around(200),
        ("json", OURS, "close-40"): around(500),
    }
    test = ClaimTest(
        "change", "p", "native", workload, baseline=OURS, by=by, before=before, after=after
    )
    test = replace(test, at_least=1, connections=20 if by == "workload" else None)
    test = replace(test, keep_alive=False if by == "workload" else None)
    found = outcome(test, invented_run("p", rates, (CLOSE, OPEN, more)))
    assert found.measured is not None
    assert found.measured.median == pytest.approx(expected)


SHARE = replace(RATIO, kind="share", plan="factors-log", stated=None, at_most=0.33)


def test_a_share_is_the_one_that_the_run_gives_its_factor() -> None:
    found = outcome(SHARE, log_run())
    assert found.measured is not None
    # A lead of 2, and of 1.6 without the log: log(2 / 1.6) / log(2).
    assert found.measured.median == pytest.approx(0.322, abs=0.02)
    assert found.measured == log_run().factors[0].share


def test_a_share_of_a_factor_that_hides_is_below_zero() -> None:
    found = outcome(replace(SHARE, plan="factors-client"), client_run())
    assert found.measured is not None
    assert found.measured.median < 0
    assert found.verdict == "reproduced"


def test_a_share_needs_every_cell_of_its_factor_s_leads() -> None:
    run = client_run()
    bound = tuple(
        replace(cell, client_cpu=0.97) if (cell.baseline, cell.load) == (TUNED, FAIR.name) else cell
        for cell in run.cells
    )
    found = outcome(replace(SHARE, plan="factors-client"), replace(run, cells=bound))
    assert (found.verdict, found.reason[:25]) == ("invalid", "cell json on fastapi@tune")


def test_a_share_that_the_run_could_not_give_is_invalid_with_its_reason() -> None:
    run = log_run()
    lost = replace(run.factors[0], share=None, missing="the two tie as documented")
    found = outcome(SHARE, replace(run, factors=(lost,)))
    assert (found.verdict, found.reason) == ("invalid", "the two tie as documented")


def test_where_a_plan_has_several_factors_the_test_names_one() -> None:
    run = log_run()
    other = replace(run.factors[0], name="loop", share=Estimate(0.1, 0.05, 0.15))
    run = replace(run, factors=(*run.factors, other))
    found = outcome(SHARE, run)
    assert found.verdict == "not measurable"
    assert found.reason.endswith(f"turns several factors of {OURS} over {THEIRS}, json: log, loop")
    assert outcome(replace(SHARE, factor="loop"), run).measured == other.share


def test_a_lead_that_no_factor_is_of_is_not_measurable() -> None:
    found = outcome(replace(SHARE, over="barq@workers-4"), log_run())
    assert found.verdict == "not measurable"
    assert found.reason.startswith("plan factors-log turns no factor")


def test_a_fit_takes_the_workers_from_the_variant() -> None:
    # Amdahl with a parallel share of 0.8: 100, 250 and 333.3 for 1, 4 and 8.
    labels = {"karak@workers-1": 100, "karak@workers-4": 250, "karak@workers-8": 1000 / 3}
    rates = {("cpu", label, "close-20"): around(rate) for label, rate in labels.items()}
    test = ClaimTest("fit", "p", "native", "cpu", baselines=tuple(labels), at_least=0.9)
    found = outcome(replace(test, parameter="parallel_share"), invented_run("p", rates))
    assert found.measured is not None
    assert found.measured.median == pytest.approx(0.8, abs=1e-6)
    assert found.verdict == "refuted"


def test_under_several_loads_of_ours_the_weakest_counts() -> None:
    run = invented_run("p", {**pair(200, 100), **pair(130, 100, OPEN)}, (CLOSE, OPEN))
    found = outcome(RATIO, run)
    assert (found.verdict, found.load) == ("direction only", OPEN)
    assert outcome(replace(RATIO, keep_alive=False), run).verdict == "reproduced"


def test_as_documented_looks_at_the_document_s_client_alone() -> None:
    run = invented_run("p", {**pair(200, 100, DOCUMENT), **pair(100, 200)}, (DOCUMENT, CLOSE))
    assert outcome(replace(RATIO, client="as-documented"), run).verdict == "reproduced"
    assert outcome(RATIO, run).verdict == "refuted"
    missing = outcome(replace(RATIO, client="as-documented", connections=300), run)
    assert missing.verdict == "not measurable"
    assert (
        missing.reason == "plan p has no load by the document's client at 300 connections that fits"
    )


def test_a_test_of_given_rates_leaves_out_the_loads_whose_rates_differ() -> None:
    given = Load("rate-100", "100 requests/s", 100, False, rate=100)
    own = Load("share-50", "half of its own", 100, False, share=0.5, of=CLOSE.name)
    rates = {**pair(90, 30, given), **pair(200, 190, own), **pair(400, 390)}
    run = invented_run("p", rates, (CLOSE, own, given))
    for pace, median in (("rate", 3), ("share", 200 / 190), ("closed", 400 / 390)):
        found = outcome(replace(RATIO, pace=pace), run)
        assert found.load is not None
        assert found.load.pace == pace
        assert found.measured is not None
        assert found.measured.median == pytest.approx(median)
    assert outcome(RATIO, run).verdict == "direction only"  # the weakest of all three
