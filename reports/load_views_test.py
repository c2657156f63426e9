"""Open loops, capacities, scaling and the machine's conditions, as the page tells them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.capacity_view import capacity_groups
from reports.conditions import conditions_words
from reports.invented_factors import capacity_run, latency_run, scaling_run, table_run
from reports.latency_curve import curves
from reports.latency_view import latency_views
from reports.quantity import DASH, NO_BREAK
from reports.result import Run
from reports.scaling_view import findings, law_at, scaling_views


def test_a_curve_has_its_points_by_what_was_asked_and_its_own_ceiling() -> None:
    karak = curves(latency_run(), "json")[0]
    assert karak.ceiling is not None
    assert karak.ceiling.median == 4000
    assert [point.asked for point in karak.points] == [400, 1000, 2000, 2800, 3200, 3600, 4400]
    assert [point.share for point in karak.points][:2] == pytest.approx([0.1, 0.25])


def test_only_the_point_beyond_the_ceiling_was_not_kept_up() -> None:
    kept = [point.keeps_up for point in curves(latency_run(), "json")[0].points]
    assert kept == [True] * 6 + [False]


def test_the_table_says_which_load_a_server_did_not_keep_up_with() -> None:
    (view,) = latency_views(latency_run(), "run-1")
    cautions = [line.reached.caution for line in view.groups[0].lines]
    assert cautions == [""] * 6 + ["did not keep up"]
    assert len(view.figures) == 2


def test_a_common_rate_has_its_share_of_each_ceiling() -> None:
    run = latency_run()
    ceiling, first, *others = run.loads
    common = (replace(load, share=None, rate=500.0) for load in others)
    cells = tuple(replace(cell, asked_rate=None) for cell in run.cells)
    found = curves(replace(run, loads=(ceiling, first, *common), cells=cells), "json")
    assert found[1].points[-1].share == pytest.approx(0.2)


def test_capacities_are_told_with_their_limit_the_highest_first() -> None:
    (group,) = capacity_groups(capacity_run())
    assert group.limit.startswith(f"p99 within 10.0{NO_BREAK}ms")
    assert [line.label for line in group.lines][:2] == ["karak@workers-4", "fastapi@tuned"]
    last = group.lines[-1].rate
    assert (last.text, last.reason) == (DASH, "not measured: the run was cut short")


def test_the_law_runs_through_the_middle_of_the_points() -> None:
    run = scaling_run()
    (fit, short) = run.scalings
    for point in fit.points:
        assert point.rate is not None
        assert law_at(run, fit, point.size) == pytest.approx(point.rate.median, rel=0.05)
    assert law_at(run, short, 2) is None


def test_a_size_that_the_client_was_the_limit_of_is_marked_and_bends_no_law() -> None:
    run = scaling_run()
    *others, last = run.cells
    rate = replace(last.rate, median=last.rate.median / 4) if last.rate else None
    held = replace(last, rate=rate, warnings=("client-bound: its busiest thread used 99 %",))
    run = replace(run, cells=(*others, held))
    (fit, _) = run.scalings
    points = (*fit.points[:-1], replace(fit.points[-1], rate=rate))
    run = replace(run, scalings=(replace(fit, points=points),))
    (fit,) = run.scalings
    first = fit.points[0]
    assert first.rate is not None
    assert law_at(run, fit, first.size) == pytest.approx(first.rate.median, rel=0.05)
    cautions = [line.rate.caution for line in scaling_views(run, "run-1")[0].lines]
    assert cautions == ["", "", "", "client-bound"]


def test_a_fit_is_told_in_words_and_so_is_its_lack() -> None:
    fit, short = scaling_run().scalings
    assert "4 % (2 to 6) of the work is done by only one at a time." in findings(fit)
    assert findings(fit)[-1] == "Beyond 15.5 cores one more core makes it slower."
    assert findings(short) == ("No law is fitted: 2 cores: a fit needs three sizes.",)
    told = replace(short, missing="no fit: a law needs two sizes")
    assert findings(told) == ("No law is fitted: a law needs two sizes.",)
    lines = scaling_views(scaling_run(), "run-1")[0].lines
    assert [line.each for line in lines] == [f"{n}{NO_BREAK}%" for n in (100, 95, 85, 65)]


def test_the_conditions_are_the_usual_and_the_worst() -> None:
    machine, again, end = (each.replace(NO_BREAK, " ") for each in conditions_words(table_run()))
    assert "stolen by the hypervisor 0.1 % (3.1 %)" in machine
    assert "processor 61 °C (88 °C)" in machine
    assert (
        again == "2 trials were made once more, because the machine or the client spoilt the first."
    )
    assert end == "The run ended when every figure was precise enough: 7 of 7 blocks in 60 s."


def test_a_result_without_conditions_says_none(whole: Run) -> None:
    assert conditions_words(whole) == ()
