"""A figure comes to the verdict that results/documents/README.md says, and so does a claim."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from reports.claim import Claim, ClaimTest, Evidence
from reports.claim_file import read_claims
from reports.claim_words import subject
from reports.conftest import DOCUMENTS
from reports.invented_run import (
    CLOSE,
    DOCUMENT,
    OURS,
    RATIO,
    RULE,
    THEIRS,
    around,
    invented_run,
    outcome,
    pair,
)
from reports.result import Estimate, Load, Noise, Run
from reports.verdict import (
    HostRuns,
    Verdict,
    expectation_met,
    strongest,
    verdict_of,
    weakest,
)


def claim(*tests: ClaimTest, evidence: Evidence | None = None) -> Claim:
    return Claim(
        "c", 1, ("karak",), "w", "s", "rate-ratio", "e", "m", tests=tests, evidence=evidence
    )


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (1.5, 1.6, "reproduced"),  # meets 0.8 x 2 from below
        (2.4, 3.0, "reproduced"),  # meets 1.2 x 2 from above
        (1.2, 1.59, "direction only"),
        (2.41, 9.0, "direction only"),
        (0.99, 1.59, "refuted"),
        (0.4, 0.6, "refuted"),
    ],
)
def test_a_stated_ratio_is_met_within_a_fifth(low: float, high: float, word: str) -> None:
    assert expectation_met(RATIO, Estimate((low + high) / 2, low, high), RULE) == word


@pytest.mark.parametrize(
    ("fields", "low", "median", "high", "word"),
    [
        ({"stated": 0.5}, 0.7, 0.8, 0.9, "direction only"),
        ({"stated": 0.5}, 0.7, 0.8, 1.1, "refuted"),
        ({"stated": 1}, 1.3, 1.4, 1.5, "refuted"),
        ({"stated_range": (2, 5)}, 1.5, 1.6, 1.7, "reproduced"),
        ({"stated_range": (2, 5)}, 6.1, 6.5, 7, "direction only"),
        ({"stated_range": (0.5, 2)}, 3, 4, 5, "refuted"),
        ({"at_least": 1.7}, 1.7, 1.8, 1.9, "reproduced"),
        ({"at_least": 1.7}, 1.6, 1.8, 1.9, "direction only"),
        ({"at_least": 1.7}, 1.5, 1.6, 1.9, "invalid"),
        ({"at_least": 1.7}, 1.5, 1.6, 1.69, "refuted"),
        ({"at_most": 0.33}, 0.1, 0.2, 0.33, "reproduced"),
        ({"at_most": 0.33}, 0.1, 0.2, 0.4, "direction only"),
        ({"at_most": 0.33}, 0.1, 0.34, 0.4, "invalid"),
        ({"at_most": 0.33}, 0.34, 0.36, 0.4, "refuted"),
    ],
)
def test_each_expectation_has_its_rule(
    fields: dict[str, Any], low: float, median: float, high: float, word: str
) -> None:
    test = replace(RATIO, **{"stated": None} | fields)
    assert expectation_met(test, Estimate(median, low, high), RULE) == word


def test_an_interval_that_meets_what_is_stated_and_no_difference_too_tells_nothing() -> None:
    wide = Estimate(1.2, 0.7, 2.4)
    assert expectation_met(RATIO, wide, RULE) == "invalid"
    below = replace(RATIO, stated=0.5)
    assert expectation_met(below, Estimate(0.8, 0.4, 1.3), RULE) == "invalid"
    level = replace(RATIO, kind="level", stated=100)
    assert expectation_met(level, Estimate(100, 79, 121), RULE) == "invalid"
    assert expectation_met(level, Estimate(100, 81, 130), RULE) == "reproduced"
    near = replace(RATIO, stated=1.1)  # its own range holds 1
    assert expectation_met(near, Estimate(1.0, 0.8, 1.2), RULE) == "reproduced"
    noisy = invented_run("p", {key: rates for key, rates in _noisy()})
    found = outcome(RATIO, noisy)
    assert (found.verdict, found.reason) == (
        "invalid",
        "its interval is too wide: it holds both what is stated and what contradicts it",
    )
    assert found.measured is not None


def test_what_the_host_s_noise_may_make_is_no_side_of_1() -> None:
    small = Estimate(1.05, 1.04, 1.06)
    assert expectation_met(RATIO, small, RULE) == "direction only"
    assert expectation_met(RATIO, small, RULE, floor=0.12) == "refuted"
    touching = Estimate(1.4, 1.1, 1.7)  # meets 2 less a fifth, and the noise
    assert expectation_met(RATIO, touching, RULE) == "reproduced"
    assert expectation_met(RATIO, touching, RULE, floor=0.12) == "invalid"
    run = replace(invented_run("p", pair(105, 100)), noise=Noise(0.05, 0.12))
    assert outcome(RATIO, run).verdict == "refuted"
    assert outcome(RATIO, replace(run, noise=None)).verdict == "direction only"


def _noisy() -> list[tuple[tuple[str, str, str], list[float]]]:
    return [
        (("json", OURS, CLOSE.name), [100, 300, 120, 260, 90, 280, 200]),
        (("json", THEIRS, CLOSE.name), [120, 100, 110, 105, 115, 100, 100]),
    ]


def test_a_level_has_no_side_of_1() -> None:
    level = replace(RATIO, kind="level", stated=100)
    assert expectation_met(level, Estimate(300, 290, 310), RULE) == "refuted"
    assert expectation_met(level, Estimate(110, 105, 115), RULE) == "reproduced"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("reproduced", "refuted", "direction only"), "refuted"),
        (("reproduced", "direction only", "invalid"), "direction only"),
        (("reproduced", "not measurable", "not run here"), "reproduced"),
        (("not measurable", "not run here", "invalid"), "invalid"),
        (("not measurable", "not run here"), "not run here"),
    ],
)
def test_a_claim_has_the_weakest_verdict_that_decides(
    words: tuple[str, ...], expected: str
) -> None:
    assert weakest(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("refuted", "reproduced"), "reproduced"),
        (("invalid", "reproduced"), "reproduced"),
        (("refuted", "direction only"), "direction only"),
        (("refuted", "not run here"), "not run here"),
        (("direction only", "invalid"), "invalid"),
        (("refuted", "refuted"), "refuted"),
    ],
)
def test_where_any_test_is_enough_the_strongest_counts_and_none_is_refuted_before_all_are(
    words: tuple[str, ...], expected: str
) -> None:
    assert strongest(words) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "word"),
    [(0, 0, "refuted"), (0, 30, "reproduced"), (30, 0, "reproduced")],
)
def test_the_row_that_is_left_out_is_refuted_only_if_neither_side_was_hindered(
    ours: int, theirs: int, word: str
) -> None:
    failed = {"karak@workers-16": ours, THEIRS: theirs}
    rates = {("db", label, DOCUMENT.name): around(100) for label in failed}
    run = invented_run("karak-high-concurrency", rates, (DOCUMENT,))
    trials = tuple(replace(t, errors={"status": failed[t.baseline]}) for t in run.trials)
    assert verdict_on("missing-database-row", replace(run, trials=trials)).word == word


def test_what_could_still_be_told_keeps_a_claim_from_being_reproduced() -> None:
    run = invented_run("p", pair(200, 100))
    bench = HostRuns(run.host, {"p": run})
    two = claim(RATIO, replace(RATIO, plan="q"))
    found = verdict_of(two, RULE, bench)
    assert (found.word, found.reasons) == (
        "not run here",
        ("plan q has not been run here: make bench PLAN=q",),
    )
    assert verdict_of(replace(two, enough="any"), RULE, bench).word == "reproduced"
    beyond = claim(RATIO, replace(RATIO, plan="q", cores=64))
    assert verdict_of(beyond, RULE, bench).word == "reproduced"  # all that this host can tell
    other = claim(replace(RATIO, stated=9.0), replace(RATIO, plan="q"))
    assert verdict_of(other, RULE, bench).word == "direction only"


def test_a_fair_test_decides_nothing() -> None:
    run = invented_run("p", pair(200, 100))
    refuted = replace(RATIO, stated=None, at_least=9.0)
    found = verdict_of(replace(claim(RATIO), fair=(refuted,)), RULE, HostRuns(run.host, {"p": run}))
    assert (found.word, found.fair[0][1].verdict) == ("reproduced", "refuted")


def test_at_its_best_each_side_is_the_fastest_of_its_variants_and_the_verdict_names_them() -> None:
    rates = {
        (workload, label, CLOSE.name): around(rate)
        for workload, ours, cores, theirs, tuned in (
            ("json", 200, 300, 90, 100),
            ("cpu", 20, 10, 5, 4),
        )
        for label, rate in zip(
            (OURS, "karak@workers-cores", THEIRS, "fastapi@tuned"),
            (ours, cores, theirs, tuned),
            strict=True,
        )
    }
    run = invented_run("p", rates)
    one = outcome(replace(RATIO, best=True), run)
    assert one.measured is not None
    assert (one.measured.median, one.note) == (
        pytest.approx(3.0),
        "the fastest of each: karak@workers-cores over fastapi@tuned",
    )
    both = replace(RATIO, kind="mean-ratio", workload="", workloads=("json", "cpu"), best=True)
    mean = outcome(both, run)
    assert mean.measured is not None
    assert mean.measured.median == pytest.approx(12**0.5)  # of 3 and 4
    assert mean.note.endswith(f"karak@workers-cores over fastapi@tuned, {OURS} over {THEIRS}")
    assert subject(both).startswith(
        "mean over json, cpu of karak \N{DIVISION SIGN} fastapi, each at"
    )


def built(run: Run, started: str, assay: str) -> Run:
    return replace(run, started=started, provenance=replace(run.provenance, assay_sha256=assay))


def test_a_claim_that_runs_of_two_builds_decide_says_so() -> None:
    old = built(invented_run("p", pair(200, 100)), "2026-11-21T12:00:00Z", "a1")
    new = built(invented_run("q", pair(200, 100)), "2026-11-22T12:00:00Z", "a2")
    both = claim(RATIO, replace(RATIO, plan="q"))
    found = verdict_of(both, RULE, HostRuns(old.host, {"p": old, "q": new}))
    assert (found.word, found.builds) == (
        "reproduced",
        ("from another build: p and q differ in laboratory and client; make bench PLAN=p",),
    )
    again = built(old, "2026-11-23T12:00:00Z", "a2")
    assert verdict_of(both, RULE, HostRuns(old.host, {"p": again, "q": new})).builds == ()
    lost = replace(new, blocks_done=3)  # and decides nothing
    assert verdict_of(both, RULE, HostRuns(old.host, {"p": old, "q": lost})).builds == ()


def test_a_claim_without_tests_has_the_verdict_of_its_evidence() -> None:
    found = verdict_of(claim(evidence=Evidence("It is so.", "refuted")), RULE, HostRuns())
    assert (found.word, found.reasons) == ("refuted", ("It is so.",))


def kept_run(answered: bool) -> Run:
    """Return a run of Karak over closed and kept connections, few and many of them."""
    loads = tuple(
        Load(f"{'kept' if kept else 'closed'}-{count}", "", count, kept)
        for count in (4, 100)
        for kept in (False, True)
    )
    rates = {
        ("json", "karak@workers-4", load.name): around(300 if load.keep_alive else 100)
        for load in loads
    }
    run = invented_run("factors-keep-alive", rates, loads)
    lost = {
        "valid": False,
        "errors": {"timeout": 96},
        "reasons": ("errors above 0.1 % of requests: timeout",),
    }
    trials = tuple(
        each if answered or each.load != "kept-100" else replace(each, **lost)
        for each in run.trials
    )
    return replace(run, trials=trials)


def verdict_on(claim_id: str, run: Run) -> Verdict:
    claims = read_claims(DOCUMENTS)
    found = next(each for each in claims.claims if each.id == claim_id)
    return verdict_of(found, claims.rule, HostRuns(run.host, {run.plan: run}))


def test_connections_that_wait_in_vain_refute_that_keeping_them_is_fast() -> None:
    assert verdict_on("keep-alive-throughput", kept_run(answered=True)).word == "reproduced"
    found = verdict_on("keep-alive-throughput", kept_run(answered=False))
    assert found.word == "refuted"
    assert [each.verdict for _, each in found.tests] == ["reproduced", "invalid", "refuted"]


def spikard_run() -> Run:
    """Return a run in which all is right but the known reply of the document's own handlers."""
    typed, first = "spikard@typed", "spikard@first"
    oha = Load("as-documented", "", 100, True, "oha")
    ours = Load("declared-types", "", 20, True)
    sent = ("echo@sent-70", "echo@sent-98", "echo@sent-154", "echo@sent-175")
    rates = {
        ("echo@sent-70", typed, oha.name): [],
        ("echo@sent-70", typed, ours.name): [],
        **{(each, first, oha.name): around(900) for each in sent},
        **{(f"echo@rejected-{each}", typed, ours.name): around(900) for each in (98, 175)},
    }
    run = invented_run("spikard-json", rates, (oha, ours))
    known = "a finding, not timed: POST /echo/small: status 500 and not 200"
    cells = tuple(each if each.trials else replace(each, missing=known) for each in run.cells)
    return replace(run, cells=cells)


def test_handlers_that_were_made_to_fit_do_not_show_that_the_document_s_succeeded() -> None:
    found = verdict_on("all-succeeded", spikard_run())
    assert found.word == "refuted"
    assert found.reasons == (
        "cell echo@sent-70 on spikard@typed was not timed, since none of its replies is right: "
        "POST /echo/small: status 500 and not 200",
    )
    assert {each.verdict for _, each in found.fair} == {"reproduced"}


def test_validation_is_decided_by_what_is_let_through_and_what_is_not() -> None:
    run = spikard_run()
    found = verdict_on("automatic-validation", run)
    assert [each.verdict for _, each in found.tests] == ["reproduced"] * 3
    assert found.fair[0][1].verdict == "refuted"
    let_in = tuple(
        replace(each, errors={"status": 900}) if "rejected" in each.workload else each
        for each in run.trials
    )
    assert verdict_on("automatic-validation", replace(run, trials=let_in)).word == "refuted"


def test_a_count_that_breaks_its_own_rule_is_refuted() -> None:
    # Files exactly, and lines within a fifth: a file is left out each time, and 621 is above 600.
    claims = read_claims(DOCUMENTS)
    found = next(each for each in claims.claims if each.id == "lines-of-code")
    assert verdict_of(found, claims.rule, HostRuns()).word == "refuted"


def test_where_nothing_was_run_25_claims_are_settled_and_27_wait_for_a_run() -> None:
    claims = read_claims(DOCUMENTS)
    found = [verdict_of(each, claims.rule, HostRuns()) for each in claims.claims]
    words = Counter(verdict.word for verdict in found)
    assert words.pop("not run here") == 27
    assert words.total() == 25
    waiting = next(verdict for verdict in found if verdict.word == "not run here")
    assert waiting.reasons[0] == (
        "plan barq-optimal has not been run here: make bench PLAN=barq-optimal"
    )
