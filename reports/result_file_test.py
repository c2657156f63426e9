"""A result is read with all that newer runs hold, and without it where an older one has none."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from reports.decoding import MalformedError
from reports.invented_factors import client_run, latency_run, scaling_run, table_run
from reports.ratio_table import ratio_groups
from reports.result import Run, ServerState
from reports.result_file import run_of


def read(run: Run) -> Run:
    return run_of(json.loads(json.dumps({"schema": 1, **asdict(run)})), Path("result.json"))


@pytest.mark.parametrize("run", [client_run(), latency_run(), scaling_run(), table_run()])
def test_what_was_written_is_read_again(run: Run) -> None:
    assert read(run) == run


def test_a_trial_has_what_its_server_and_client_did() -> None:
    run = table_run()
    state = ServerState(10, 20, 2, 9, None, 5, 6)
    trial = replace(run.trials[0], attempt=1, steady=False, longest_gap_ms=41.0, server=state)
    assert read(replace(run, trials=(trial, *run.trials[1:]))).trials[0] == trial


def test_an_older_result_has_none_of_it(whole: Run) -> None:
    assert (whole.factors, whole.scalings, whole.ended_by) == ((), (), "")
    assert whole.trials[0].conditions is None
    assert whole.cells[0].p99_range_us is None


def test_a_ratio_that_the_client_held_back_is_read_and_has_a_sign(whole: Run) -> None:
    bound = replace(whole.ratios[0], verdict="client-bound")
    found = read(replace(whole, ratios=(bound, *whole.ratios[1:])))
    lines = [line for group in ratio_groups(found) for line in group.lines]
    assert [line.sign for line in lines if line.verdict == "client-bound"] == ["!"]


def test_a_factor_of_a_baseline_that_is_not_listed_is_malformed() -> None:
    run = client_run()
    lead = replace(run.factors[0].fair, theirs="nobody@here")
    with pytest.raises(MalformedError, match=r"factors\[0\] names something"):
        read(replace(run, factors=(replace(run.factors[0], fair=lead),)))
