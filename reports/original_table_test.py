"""The document's figures stand beside ours, and only ratios are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.claim_file import read_claims
from reports.conftest import DOCUMENTS, judged_runs
from reports.document import Document
from reports.document_file import read_documents
from reports.invented_run import CLOSE, DOCUMENT, OURS, THEIRS, around, invented_run, pair
from reports.original_table import OriginalTable, Scenario, comparison, original_table
from reports.pair_ratio import inverse, measured_ratio
from reports.quantity import DASH, NO_BREAK
from reports.result import Estimate, Run
from reports.ruling import rulings
from reports.verdict import HostRuns, verdict_of


def table_of(run: Run, document: Document) -> OriginalTable:
    table = document.table("standard")
    assert table is not None
    return original_table(run, document, table)


def scenario(run: Run, document: Document, title: str) -> Scenario:
    return next(each for each in table_of(run, document).scenarios if each.title == title)


def test_a_row_holds_both_figures_and_our_interval(whole: Run, karak: Document) -> None:
    line = scenario(whole, karak, "JSON").lines[0]
    assert (line.label, line.original.text) == ("karak@workers-4", "9,287")
    assert (line.measured[0].text, line.measured[0].interval) == ("1,739", "1,699 to 1,849")


def test_the_ratio_row_compares_ratio_with_ratio(whole: Run, karak: Document) -> None:
    ratio = scenario(whole, karak, "JSON").ratio
    assert ratio is not None
    assert (ratio.original.text, ratio.measured[0].text) == ("2.12", "1.90")


def test_our_reference_has_a_dash_for_the_document(whole: Run, karak: Document) -> None:
    line = scenario(whole, karak, "JSON").lines[-1]
    assert line.label == "reference@loop"
    assert (line.original.text, line.original.reason) == (DASH, "not in the document")


def test_a_scenario_that_was_not_run_prints_dashes_and_says_so(whole: Run, karak: Document) -> None:
    found = scenario(whole, karak, "DB Query")
    assert {(line.measured[0].text, line.measured[0].reason) for line in found.lines} == {
        (DASH, "not in this run")
    }
    assert found.note.startswith("Plan quick does not measure this scenario")


def test_a_missing_cell_prints_as_a_dash_with_its_reason(partial: Run, karak: Document) -> None:
    measured = scenario(partial, karak, "JSON").lines[0].measured[0]
    assert (measured.text, measured.reason) == (
        DASH,
        "no free-threaded interpreter on this machine",
    )


def test_another_number_of_connections_is_not_set_beside_the_document(
    whole: Run, karak: Document
) -> None:
    other = replace(whole, loads=whole.loads[1:])
    assert table_of(other, karak).loads == ()
    assert "no load with the document's number" in scenario(other, karak, "JSON").note


def test_a_table_of_single_figures_has_no_ratio(whole: Run, karak: Document) -> None:
    table = karak.table("thread-scaling")
    assert table is not None
    scaling = original_table(whole, karak, table)
    assert [each.ratio for each in scaling.scenarios] == [None] * 5  # and JSON, which it leaves out


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
    assert (found.ratio.measured[0].text, found.ratio.measured[0].reason) == (
        DASH,
        "a rate of zero has no ratio",
    )
    assert found.note == ""


def test_a_rate_tells_on_how_few_trials_it_rests(partial: Run, karak: Document) -> None:
    assert scenario(partial, karak, "JSON").lines[1].measured[0].interval == (
        "no interval from 2 trials"
    )


def test_a_client_bound_rate_is_marked_beside_the_document_too(whole: Run, karak: Document) -> None:
    bound = replace(whole.cells[2], warnings=("client-bound: its busiest thread",))
    run = replace(whole, cells=(*whole.cells[:2], bound, *whole.cells[3:]))
    assert scenario(run, karak, "JSON").lines[0].measured[0].caution == "client-bound"


@pytest.mark.parametrize("ends", [(0.5, 0.4, 0.6), (1.1, 0.9, 1.3), (1.9, 1.7, 2.0)])
def test_a_ratio_that_the_client_held_back_is_given_no_order(
    whole: Run, karak: Document, ends: tuple[float, float, float]
) -> None:
    bound = tuple(replace(r, rate=Estimate(*ends), verdict="client-bound") for r in whole.ratios)
    found = scenario(replace(whole, ratios=bound), karak, "JSON")
    assert found.ratio is not None
    assert found.ratio.measured[0].caution == "client-bound"
    assert found.note == "No order is known: the client held one of the two back."
    free = scenario(whole, karak, "JSON").ratio
    assert free is not None
    assert free.measured[0].caution == ""


def test_without_a_paired_ratio_the_blocks_of_both_give_one() -> None:
    # Both swing together, from block to block, so that each block's ratio is 2.
    run = invented_run("p", pair(200, 100))
    found = measured_ratio(run, "json", run.loads[0], OURS, THEIRS)
    assert found is not None
    assert (found.median, found.low, found.high) == pytest.approx((2, 2, 2))


def test_without_a_block_in_common_the_medians_give_a_ratio_without_interval(whole: Run) -> None:
    bare = replace(whole, ratios=(), trials=())
    found = measured_ratio(bare, "json", whole.loads[0], "karak@workers-4", "fastapi@as-documented")
    assert found is not None
    assert found.median == pytest.approx(1.87, abs=0.01)
    assert not found.has_interval


def judged_table(number: int, documents: dict[str, Document]) -> OriginalTable:
    """Return the table of an invented run by the document's client and, for the first, by ours."""
    run = judged_runs()[number]
    document = documents[run.document or ""]
    table = document.table(run.table)
    assert table is not None
    claims = read_claims(DOCUMENTS)
    judged = [(each, verdict_of(each, claims.rule, bench_of(run))) for each in claims.claims]
    return original_table(run, document, table, rulings(judged, run.plan))


def bench_of(run: Run) -> HostRuns:
    return HostRuns(run.host, {run.plan: run})


PUBLISHED = read_documents(DOCUMENTS)


def test_loads_of_the_document_s_client_and_of_ours_have_a_column_each() -> None:
    table = judged_table(0, PUBLISHED)
    assert table.columns == ("As documented", "Fair")
    karak = table.scenarios[0].lines[0]
    assert (karak.original.text, *(each.text for each in karak.measured)) == (
        "9,287",
        "1,750",
        "3,500",
    )
    tuned = table.scenarios[0].lines[2]
    assert (tuned.label, tuned.measured[0].reason) == ("fastapi@tuned", "not in this run")
    assert table.loads[0] == "As documented: the document's client"


def test_a_run_of_our_client_alone_is_called_measured(whole: Run, karak: Document) -> None:
    assert table_of(whole, karak).columns == ("Measured",)


def test_a_note_tells_which_column_it_speaks_of() -> None:
    note = judged_table(0, PUBLISHED).scenarios[2].note
    assert note.startswith("As documented: the same direction, but the difference measured here is")
    assert " Fair: the other way round here" in note  # fastapi@tuned is faster here


def test_a_row_has_the_verdict_and_the_reason_of_the_claim_about_it() -> None:
    ruling = judged_table(0, PUBLISHED).scenarios[2].ruling
    assert ruling is not None
    assert (ruling.number, ruling.chip.word) == (3, "direction only")
    assert ruling.why.endswith("on the stated side of 1")


def test_a_row_with_clients_of_its_own_is_set_beside_the_load_with_as_many() -> None:
    rows = {each.title: each for each in judged_table(1, PUBLISHED).scenarios}
    assert rows["One at a time"].lines[0].measured[0].text == "24.0"
    assert rows["300 threads"].lines[0].measured[0].text == "40.0"
    assert rows["750 threads"].lines[0].measured[0].reason == "not in this run"
    assert rows["One at a time"].lines[0].original.text == "25"
    assert rows["One at a time"].ruling and rows["One at a time"].ruling.number == 26
    assert rows["300 threads"].ruling and rows["300 threads"].ruling.chip.word == "invalid"


def test_a_row_that_the_document_has_no_figure_for_says_so_in_its_words() -> None:
    last = judged_table(1, PUBLISHED).scenarios[-1]
    assert (last.lines, last.ruling) == ((), None)
    assert last.note == (
        "The document has no figure here: 1200 threads wasn't possible to test without tuning "
        "OS settings."
    )


def test_a_row_s_other_figures_stand_below_its_rate_with_their_units() -> None:
    # At 40 requests/s the invented mean is 2 / 40 s and the highest 9 / 40 s.
    rows = {each.title: each for each in judged_table(1, PUBLISHED).scenarios}
    lines = [
        (line.name, line.original.text, line.measured[0].text.replace(NO_BREAK, " "))
        for line in rows["300 threads"].lines[1:]
    ]
    assert lines == [
        ("mean latency", f"43{NO_BREAK}ms", "50.0 ms"),
        ("highest latency", f"160{NO_BREAK}ms", "225 ms"),
        ("success", DASH, "100.00 %"),
    ]
    first = rows["One at a time"].lines[2]  # below the newest version
    assert (first.name, first.original.text) == ("latency", f"41 to 42{NO_BREAK}ms")


def test_a_fair_figure_has_that_of_kept_connections_beside_it() -> None:
    table = judged_table(0, PUBLISHED)
    json, database, _ = table.scenarios
    assert json.ratio is not None
    documented, fair = json.ratio.measured
    assert documented.second is None
    assert (fair.text, fair.note) == ("0.43", "\N{DIVISION SIGN} fastapi@tuned")
    assert fair.second is not None
    name = "kept, 4 at a time"  # beside 20 at a time
    assert (fair.second.name, fair.second.text, fair.second.note) == (name, "3.00", "")
    rate = json.lines[0].measured[1].second
    assert rate is not None
    assert (rate.name, rate.text) == (name, "9,000")
    assert json.lines[1].measured[1].second is None  # fastapi@as-documented was not asked so
    assert database.ratio is not None
    assert database.ratio.measured[1].second is None
    assert table.loads[1].endswith("; kept: 4 connections that stay open")


def test_a_second_figure_of_as_many_connections_has_no_number_in_its_name() -> None:
    run = judged_runs()[0]
    loads = tuple(replace(load, connections=20) for load in run.loads)
    found = scenario(replace(run, loads=loads), PUBLISHED["karak"], "JSON")
    assert found.ratio is not None
    second = found.ratio.measured[1].second
    assert second is not None
    assert second.name == "kept"


def test_a_second_figure_of_another_pair_says_of_which() -> None:
    run = judged_runs()[0]
    slow = tuple(
        replace(cell, rate=Estimate(1.0, 0.9, 1.1))
        if (cell.baseline, cell.load) == ("fastapi@tuned", CLOSE.name)
        else cell
        for cell in run.cells
    )
    found = scenario(replace(run, cells=slow), PUBLISHED["karak"], "JSON")
    assert found.ratio is not None
    fair = found.ratio.measured[1]
    assert (fair.note, fair.second and fair.second.note) == ("", "\N{DIVISION SIGN} fastapi@tuned")


def test_a_row_of_one_figure_has_the_best_variant_where_it_is_fair() -> None:
    rows = {each.title: each for each in judged_table(1, PUBLISHED).scenarios}
    best = rows["One at a time"].best
    assert best is not None
    documented, fair = best.measured
    assert (best.original.text, documented.text, documented.note) == ("25", "24.0", "")
    assert (fair.text, fair.note) == ("5,200", "freetser@newest")
    assert fair.second is not None
    assert (fair.second.name, fair.second.text, fair.second.note) == (
        "closed, 20 at a time",
        "700",
        "the row\N{RIGHT SINGLE QUOTATION MARK}s own",
    )
    own = rows["One at a time"].lines[0]
    assert (own.label, own.measured[1].text) == ("freetser@as-documented", "26.0")
    assert rows["One at a time"].has_better


def test_another_way_with_connections_stands_beside_one_of_the_row_s_own_alone() -> None:
    rows = {each.title: each for each in judged_table(1, PUBLISHED).scenarios}
    fair = rows["300 threads"].lines[0].measured[1]
    assert (fair.reason, fair.second) == ("not in this run", None)


def test_where_rows_differ_in_the_variant_each_keeps_its_own() -> None:
    workers = {f"karak@workers-{count}": 100.0 * count for count in (4, 8, 16, 32)}
    rates = {
        ("cpu", label, load.name): around(rate)
        for label, rate in workers.items()
        for load in (DOCUMENT, CLOSE)
    }
    run = invented_run("karak-thread-scaling", rates, (DOCUMENT, CLOSE))
    table = PUBLISHED["karak"].table("thread-scaling")
    assert table is not None
    found = original_table(run, PUBLISHED["karak"], table)
    assert [each.best.measured[1].text for each in found.scenarios if each.best] == [
        "400",
        "800",
        "1,600",
        "3,200",
    ]
    assert not any(each.has_better for each in found.scenarios)
