"""Every cell prints with its interval, its bar and what was left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.cell_table import cell_groups
from reports.cells_csv import HEADER, cells_csv
from reports.quantity import DASH, NO_BREAK, Figure
from reports.ratio_table import ratio_groups
from reports.result import Estimate, Run, ServerState


def test_there_is_a_group_for_each_workload_and_load(whole: Run) -> None:
    groups = cell_groups(whole)
    assert [group.load for group in groups] == [load.title for load in whole.loads]
    assert [line.label for line in groups[0].lines] == [
        "reference@loop",
        "fastapi@as-documented",
        "karak@workers-4",
    ]


def test_the_longest_bar_ends_where_its_interval_ends(whole: Run) -> None:
    bars = [line.bar for group in cell_groups(whole) for line in group.lines if line.bar]
    assert max(bar.high or 0 for bar in bars) == pytest.approx(100)
    assert all(0 < bar.length <= 100 for bar in bars)


def test_a_trial_that_was_left_out_is_told_with_its_reason(whole: Run) -> None:
    line = cell_groups(whole)[0].lines[1]
    assert (line.validity, line.is_whole) == ("6 of 7 trials valid", False)
    assert line.remarks == ("left out 1 trial: another program used 0.41 of a core",)


def test_a_reason_that_is_among_the_warnings_is_told_once(whole: Run) -> None:
    warning = "1 of 7 trials not valid: another program used 0.41 of a core"
    cell = replace(whole.cells[1], warnings=(warning,))
    run = replace(whole, cells=(cell,))
    assert cell_groups(run)[0].lines[0].remarks == (warning,)


def test_a_cut_off_run_tells_how_many_trials_were_planned(partial: Run) -> None:
    line = cell_groups(partial)[0].lines[0]
    assert (line.validity, line.planned) == ("2 of 2 trials valid", "of 7 planned")
    assert not line.is_whole


def test_a_percentile_of_too_few_replies_is_a_dash_with_its_reason(extremes: Run) -> None:
    line = cell_groups(extremes)[0].lines[1]
    assert line.p99 == Figure(DASH, reason="too few replies for it")
    assert line.p50 is not None
    assert line.p50.reason == ""


def test_cost_has_its_unit_and_memory_is_in_mebibytes(extremes: Run) -> None:
    small, large = cell_groups(extremes)[0].lines[:2]
    assert large.cpu == Figure("970\N{NO-BREAK SPACE}µs", "895 to 1,015\N{NO-BREAK SPACE}µs")
    assert small.cpu == Figure(DASH, reason="not measured")
    sizes = [line.memory.replace("\N{NO-BREAK SPACE}", " ") for line in (small, large)]
    assert sizes == ["0.50 MiB", "2,384 MiB"]


def test_a_client_bound_rate_is_marked(whole: Run) -> None:
    lines = [line for group in cell_groups(whole) for line in group.lines]
    assert [line.caution for line in lines] == ["", "", "", "client-bound", "", ""]


def test_a_ratio_without_a_rate_is_a_dash_with_its_reason(extremes: Run) -> None:
    lines = ratio_groups(extremes)[0].lines
    assert lines[0].ratio == Figure(DASH, reason="needs both rates")


def test_a_missing_cell_prints_its_reason_and_no_figures(partial: Run) -> None:
    line = cell_groups(partial)[0].lines[2]
    assert (line.missing, line.rate, line.bar) == (
        "no free-threaded interpreter on this machine",
        "",
        None,
    )


def test_a_rate_of_too_few_trials_says_that_it_has_no_interval(partial: Run) -> None:
    assert cell_groups(partial)[0].lines[0].interval == "no interval"


def test_a_verdict_has_a_word_and_a_sign_beside_its_colour(whole: Run, partial: Run) -> None:
    assert {line.sign for group in ratio_groups(whole) for line in group.lines} == {"▲"}
    assert [line.verdict for line in ratio_groups(partial)[0].lines] == ["no interval"]


def test_a_run_of_no_cells_has_no_groups(whole: Run) -> None:
    bare = replace(whole, cells=(), ratios=(), trials=())
    assert (cell_groups(bare), ratio_groups(bare)) == ((), ())


def test_the_csv_leaves_empty_what_was_not_measured(partial: Run) -> None:
    lines = cells_csv(partial).splitlines()
    assert lines[0] == ",".join(HEADER)
    missing = "no free-threaded interpreter on this machine"
    assert lines[3] == f"json,karak@workers-4,close-20,0,0,{missing}" + "," * 10


def test_a_ratio_has_a_second_opinion_below_its_verdict(whole: Run) -> None:
    (first, *_) = whole.ratios
    shift = Estimate(-12345.0, -13000.0, -12000.0)

    def opinion(p: float | None, by: Estimate | None, rate: Estimate | None = first.rate) -> str:
        ratio = replace(first, p=p, shift=by, rate=rate)
        return ratio_groups(replace(whole, ratios=(ratio,)))[0].lines[0].opinion

    assert (
        opinion(0.0123, shift)
        == f"\N{MINUS SIGN}12,345{NO_BREAK}requests/s, p{NO_BREAK}={NO_BREAK}0.012"
    )
    assert opinion(0.0000003, None) == f"p{NO_BREAK}<{NO_BREAK}0.001"
    assert opinion(None, None) == ""
    # Without an interval there is no verdict that it could be a second opinion of.
    assert opinion(1.0, None, Estimate(1.2, None, None)) == ""


def test_the_memory_of_a_cell_is_told_with_its_processes_and_threads(whole: Run) -> None:
    def told(processes: int, threads: int) -> set[str]:
        state = ServerState(processes=processes, threads=threads)
        trials = tuple(replace(trial, server=state) for trial in whole.trials)
        groups = cell_groups(replace(whole, trials=trials))
        return {line.processes for group in groups for line in group.lines if not line.missing}

    assert told(1, 2100) == {f"1{NO_BREAK}process, 2,100{NO_BREAK}threads"}
    assert told(5, 1) == {f"5{NO_BREAK}processes, 1{NO_BREAK}thread"}
    assert told(0, 0) == {""}
