"""Two runs are told apart by what their figures rest on, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.build_difference import build_difference, is_same_build, parts_of, parts_of_tests
from reports.claim import ClaimTest
from reports.invented_run import OURS, RATIO, THEIRS, invented_run, pair
from reports.result import Run

KARAK = parts_of(("json",), (OURS, THEIRS), False)


def run_from(assay: str = "a1", server: str = "s1", **changed: str) -> Run:
    """Return a run with the hashes of what it was made from; `changed` are folders and files."""
    sources = {
        "baselines/README.md": "1",
        "baselines/karak": "1",
        "baselines/freetser": "1",
        "baselines/python_baseline.py": "1",
        "baselines/python_baseline_test.py": "1",
        "harness/clients": "1",
        "harness/plans/p.toml": "1",
        "workloads/json": "1",
        "workloads/routes.h": "1",
    }
    run = invented_run("p", pair(200, 100))
    made = replace(
        run.provenance, assay_sha256=assay, server_sha256=server, sources=sources | changed
    )
    return replace(run, provenance=made)


def test_runs_of_one_build_do_not_differ() -> None:
    assert build_difference(run_from(), run_from(), KARAK) == ()
    assert is_same_build(run_from(), run_from())


def test_another_client_is_behind_every_figure() -> None:
    assert build_difference(run_from(), run_from("a2"), KARAK) == ("laboratory and client",)
    assert not is_same_build(run_from(), run_from("a2"))


def test_another_reference_server_is_nothing_to_those_that_are_compared_without_it() -> None:
    assert build_difference(run_from(), run_from(server="s2"), KARAK) == ()
    with_ours = parts_of(("json",), (OURS, "reference@loop"), False)
    assert build_difference(run_from(), run_from(server="s2"), with_ours) == ("reference server",)
    assert not is_same_build(run_from(), run_from(server="s2"))


@pytest.mark.parametrize(
    "path", ["baselines/karak", "baselines/python_baseline.py", "workloads/json"]
)
def test_a_source_that_figures_rest_on_is_named(path: str) -> None:
    assert build_difference(run_from(), run_from(**{path: "2"}), KARAK) == (path,)


@pytest.mark.parametrize(
    "path",
    [
        "baselines/README.md",
        "baselines/freetser",
        "baselines/python_baseline_test.py",
        "harness/clients",  # nothing of a document's client was compared
        "harness/plans/p.toml",
        "workloads/routes.h",
    ],
)
def test_a_source_that_figures_do_not_rest_on_says_nothing(path: str) -> None:
    assert build_difference(run_from(), run_from(**{path: "2"}), KARAK) == ()


def test_a_document_s_client_counts_where_it_asked() -> None:
    test = replace(RATIO, client="as-documented")
    other = run_from(**{"harness/clients": "2"})
    assert build_difference(run_from(), other, parts_of_tests((test,))) == ("harness/clients",)


def test_a_document_s_client_counts_in_a_share_of_the_lead_that_it_measured() -> None:
    share = replace(RATIO, kind="share", client="native")
    other = run_from(**{"harness/clients": "2"})
    assert build_difference(run_from(), other, parts_of_tests((share,))) == ("harness/clients",)
    assert build_difference(run_from(), other, parts_of_tests((RATIO,))) == ()


def test_what_a_result_does_not_tell_is_taken_as_the_same() -> None:
    old = replace(
        run_from(), provenance=replace(run_from().provenance, assay_sha256="", sources={})
    )
    assert build_difference(run_from("a2"), old, KARAK) == ()
    assert is_same_build(run_from("a2"), old)


def test_the_parts_of_tests_are_all_that_they_name() -> None:
    change = ClaimTest(
        "change", "p", "native", baseline="freetser@x", by="workload", before="kv@a", after="no-db"
    )
    fit = ClaimTest("fit", "p", "native", "cpu", baselines=("karak@workers-4", "karak@workers-8"))
    found = parts_of_tests((change, fit))
    assert found.workloads == {"kv", "no-db", "cpu"}
    assert found.baselines == {"freetser", "karak"}
