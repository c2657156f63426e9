"""The way from the documented to the fair lead has a step for each factor and an honest rest."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from reports.difference_view import differences
from reports.document import Document
from reports.factor_effect import factor_effect
from reports.invented_factors import NONE, client_run, log_run, table_run
from reports.invented_run import OURS, THEIRS
from reports.result import Run
from reports.waterfall import Waterfall, waterfalls
from reports.waterfall_figure import bars

RUNS = {run.plan: run for run in (client_run(), log_run())}


def way() -> Waterfall:
    (found,) = waterfalls(table_run(), "json", OURS, THEIRS, RUNS)
    return found


def test_an_effect_is_the_mean_of_both_ways() -> None:
    run = client_run()
    found = factor_effect(run, run.factors[0])
    assert found is not None
    # 2 / 2.5 from the documented end, 1.1 / 1.2 from the fair one.
    assert found.median == pytest.approx(math.sqrt(2 / 2.5 * 1.1 / 1.2), rel=0.01)
    assert found.has_interval


def test_a_factor_that_was_turned_one_way_has_that_effect() -> None:
    found = factor_effect(log_run(), log_run().factors[0])
    assert found is not None
    assert found.median == pytest.approx(2 / 1.6, rel=0.01)


def test_a_step_says_from_which_end_alone_its_factor_was_turned(karak: Document) -> None:
    assert [(step.name, step.only_end) for step in way().steps] == [
        ("log", "documented"),
        ("client", ""),
    ]
    factor = client_run().factors[0]
    assert replace(factor, documented_but=NONE).only_end == "fair"
    table = karak.table("standard")
    assert table is not None
    lines = differences(table_run(), table, RUNS, "run-1")[0].ways[0].lines
    assert [line.only_end for line in lines] == ["", "documented", "", "", ""]


def test_the_steps_and_the_rest_lead_from_one_end_to_the_other() -> None:
    found = way()
    assert found.documented.ratio is not None
    assert found.fair.ratio is not None
    assert (found.plan, [step.name for step in found.steps]) == (
        "karak-standard",
        ["log", "client"],
    )
    product = math.prod(step.effect.median for step in (*found.steps, found.rest))
    whole = found.documented.ratio.median / found.fair.ratio.median
    assert product == pytest.approx(whole, rel=1e-6)
    rows = bars(found)
    assert rows[-2].end == pytest.approx(found.fair.ratio.median, rel=1e-6)
    assert rows[2].end > rows[2].start  # the client hid a part


def test_the_rest_is_less_sure_than_any_step() -> None:
    found = way()
    widths = [
        math.log((each.effect.high or 0) / (each.effect.low or 1))
        for each in (*found.steps, found.rest)
    ]
    assert widths[-1] > max(widths[:-1])


def test_a_load_of_the_same_name_that_asks_otherwise_gives_no_ends() -> None:
    run = table_run()
    other = tuple(replace(load, connections=7) for load in run.loads)
    (found,) = waterfalls(replace(run, loads=other), "json", OURS, THEIRS, RUNS)
    assert found.plan == "factors-client"


def test_a_factor_without_a_figure_is_told_with_its_reason() -> None:
    run = log_run()
    lost = replace(run, factors=(replace(run.factors[0], missing="baseline does not run"),))
    (found,) = waterfalls(table_run(), "json", OURS, THEIRS, {**RUNS, "factors-log": lost})
    assert found.missing == (("log", "baseline does not run"),)
    assert [step.name for step in found.steps] == ["client"]


def test_runs_of_another_host_explain_nothing() -> None:
    run = replace(log_run(), host=replace(log_run().host, id="other"))
    assert waterfalls(table_run(), "json", OURS, THEIRS, {"factors-log": run}) == ()


def built(run: Run, assay: str) -> Run:
    return replace(run, provenance=replace(run.provenance, assay_sha256=assay))


TWO_BUILDS = {
    "factors-client": built(client_run(), "a1"),
    "factors-log": built(log_run(), "a2"),
}


def test_a_run_that_tells_no_build_does_not_bring_two_others_together() -> None:
    (found,) = waterfalls(table_run(), "json", OURS, THEIRS, TWO_BUILDS)
    assert (len(found.steps), len(found.other_builds)) == (1, 1)


def test_a_factor_that_another_build_turned_is_told_and_left_out() -> None:
    (found,) = waterfalls(built(table_run(), "a1"), "json", OURS, THEIRS, TWO_BUILDS)
    assert [step.name for step in found.steps] == ["client"]
    assert found.other_builds == (
        (
            "log",
            "from another build: factors-log and karak-standard differ in laboratory and client; "
            "make bench PLAN=factors-log",
        ),
    )


def test_the_way_is_of_the_build_that_turned_most_factors() -> None:
    runs = {plan: built(run, "a2") for plan, run in RUNS.items()}
    (found,) = waterfalls(built(table_run(), "a1"), "json", OURS, THEIRS, runs)
    assert (found.plan, len(found.steps), found.other_builds) == ("factors-client", 2, ())


def test_a_plan_that_another_build_ran_is_to_be_run_again(karak: Document) -> None:
    table = karak.table("standard")
    assert table is not None
    json = differences(built(table_run(), "a1"), table, TWO_BUILDS, "run-1")[0]
    assert "factors-log" in [plan for plan, _ in json.plans]
    assert json.ways[0].notes[0].startswith("No figure for log: from another build")


def test_what_was_not_turned_is_named_with_its_plan(karak: Document) -> None:
    table = karak.table("standard")
    assert table is not None
    json, database, computation = differences(table_run(), table, RUNS, "run-1")
    assert len(json.ways) == 1
    assert {"factors-client", "factors-log"}.isdisjoint(plan for plan, _ in json.plans)
    assert database.advice.startswith("No factor has been turned on this host")
    assert ("factors-database", "how the database is opened") in database.plans
    assert [plan for plan, _ in database.plans] == ["factors-database", "factors-reply"]
    assert [plan for plan, _ in computation.plans] == ["factors-interpreter", "factors-workers"]
