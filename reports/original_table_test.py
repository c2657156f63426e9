"""The document's figures stand beside ours, and only ratios are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.document import Document
from reports.original_table import OriginalTable, Scenario, comparison, original_table
from reports.pair_ratio import inverse, measured_ratio
from reports.quantity import DASH
from reports.result import Estimate, Run


def table_of(run: Run, document: Document) -> OriginalTable:
    table = document.table("standard")
    assert table is not None
    return original_table(run, document, table)


def scenario(run: Run, document: Document, title: str) -> Scenario:
    return next(each for each in table_of(run, document).scenarios if each.title == title)


def test_a_row_holds_both_figures_and_our_interval(whole: Run, karak: Document) -> None:
    line = scenario(whole, karak, "JSON").lines[0]
    assert (line.label, line.original.text) == ("karak@workers-4", "9,287")
    assert (line.measured.text, line.measured.interval) == ("1,739", "1,699 to 1,849")


def test_the_ratio_row_compares_ratio_with_ratio(whole: Run, karak: Document) -> None:
    ratio = scenario(whole, karak, "JSON").ratio
    assert ratio is not None
    assert (ratio.original.text, ratio.measured.text) == ("2.12", "1.90")


def test_our_reference_has_a_dash_for_the_document(whole: Run, karak: Document) -> None:
    line = scenario(whole, karak, "JSON").lines[-1]
    assert line.label == "reference@loop"
    assert (line.original.text, line.original.reason) == (DASH, "not in the document")


def test_a_scenario_that_was_not_run_prints_dashes_and_says_so(whole: Run, karak: Document) -> None:
    found = scenario(whole, karak, "DB Query")
    assert {(line.measured.text, line.measured.reason) for line in found.lines} == {
        (DASH, "not in this run")
    }
    assert found.note.startswith("Plan quick does not measure this scenario")


def test_a_missing_cell_prints_as_a_dash_with_its_reason(partial: Run, karak: Document) -> None:
    measured = scenario(partial, karak, "JSON").lines[0].measured
    assert (measured.text, measured.reason) == (
        DASH,
        "no free-threaded interpreter on this machine",
    )


def test_another_number_of_connections_is_not_set_beside_the_document(
    whole: Run, karak: Document
) -> None:
    other = replace(whole, loads=whole.loads[1:])
    assert table_of(other, karak).load == ""
    assert "no load with the document's number" in scenario(other, karak, "JSON").note


def test_a_table_of_single_figures_has_no_ratio(whole: Run, karak: Document) -> None:
    table = karak.table("thread-scaling")
    assert table is not None
    scaling = original_table(whole, karak, table)
    assert [each.ratio for each in scaling.scenarios] == [None] * 4


@pytest.mark.parametrize(
    ("measured", "part"),
    [
        (Estimate(1.9, 1.7, 2.0), "same direction, but the difference measured here is smaller"),
        (Estimate(3.0, 2.5, 3.5), "same direction, but the difference measured here is larger"),
        (Estimate(2.1, 1.8, 2.4), "lies inside the measured interval"),
        (Estimate(1.1, 0.9, 1.3), "shows no difference"),
        (Estimate(0.5, 0.4, 0.6), "the opposite order"),
        (Estimate(1.9, None, None), "Too few valid trials"),
    ],
)
def test_a_comparison_is_told_in_plain_words(measured: Estimate, part: str) -> None:
    assert part in comparison(2.12, measured)


def test_a_ratio_named_the_other_way_round_is_turned(whole: Run) -> None:
    load = whole.loads[0]
    turned = measured_ratio(whole, "json", load, "karak@workers-4", "reference@loop")
    given = measured_ratio(whole, "json", load, "reference@loop", "karak@workers-4")
    assert given is not None
    assert turned == inverse(given)
    assert inverse(Estimate(4.0, 2.0, 5.0)) == Estimate(0.25, 0.2, 0.5)


def test_a_rate_of_zero_has_no_ratio_and_says_so(whole: Run, karak: Document) -> None:
    ratio = replace(
        whole.ratios[2],
        ours="fastapi@as-documented",
        theirs="karak@workers-4",
        rate=Estimate(0.0, None, None),
    )
    found = scenario(replace(whole, ratios=(ratio,)), karak, "JSON")
    assert found.ratio is not None
    assert (found.ratio.measured.text, found.ratio.measured.reason) == (
        DASH,
        "a rate of zero has no ratio",
    )
    assert found.note == ""


def test_a_rate_tells_on_how_few_trials_it_rests(partial: Run, karak: Document) -> None:
    assert scenario(partial, karak, "JSON").lines[1].measured.interval == (
        "no interval from 2 trials"
    )


def test_a_client_bound_rate_is_marked_beside_the_document_too(whole: Run, karak: Document) -> None:
    bound = replace(whole.cells[2], warnings=("client-bound: its busiest thread",))
    run = replace(whole, cells=(*whole.cells[:2], bound, *whole.cells[3:]))
    assert scenario(run, karak, "JSON").lines[0].measured.caution == "client-bound"


def test_without_a_paired_ratio_the_medians_give_one_without_interval(whole: Run) -> None:
    bare = replace(whole, ratios=())
    found = measured_ratio(bare, "json", whole.loads[0], "karak@workers-4", "fastapi@as-documented")
    assert found is not None
    assert found.median == pytest.approx(1.87, abs=0.01)
    assert not found.has_interval
