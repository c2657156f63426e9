"""Each claim is told with what it states, what was measured, its verdict, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.claim import ClaimTest
from reports.claim_file import read_claims
from reports.claim_words import CLIENTS, TIMES, decided_words, expected, figure_of, finding, subject
from reports.claims_view import ClaimLine, ClaimsView, claims_view
from reports.conftest import DOCUMENTS, judged_runs
from reports.host_runs import Bench, benches
from reports.invented_factors import client_run, log_run
from reports.invented_run import HOST, RATIO
from reports.quantity import NO_BREAK, Figure
from reports.result import Estimate, Latency, Run
from reports.result_file import ResultFile
from reports.site import shown_in_full
from reports.verdict import Outcome
from reports.verdict_chip import Chip

CLAIMS = read_claims(DOCUMENTS)


def file_of(run: Run) -> ResultFile:
    return ResultFile(Path(run.host.id) / run.run / "result.json", "", run)


def view_of(*runs: Run) -> ClaimsView:
    (bench,) = benches(tuple(file_of(run) for run in runs))
    links = {file.folder: f"index.html#{file.run.plan}" for file in bench.files.values()}
    return claims_view(CLAIMS, {"karak": "Karak 0.1.0"}, links, bench, 1)


def line(view: ClaimsView, number: int) -> ClaimLine:
    return next(each for each in view.lines if each.number == number)


def test_a_claim_that_a_run_decides_says_by_how_many_of_its_tests_and_leads_there() -> None:
    found = line(view_of(*judged_runs()), 1)
    assert (found.stated, found.chip.word) == (
        f"161, 79, 87, 112{NO_BREAK}% more requests/s",
        "not run here",
    )
    assert (
        found.reasons[0] == "plan barq-optimal has not been run here: make bench PLAN=barq-optimal"
    )
    assert found.runs == (("karak-standard", "index.html#karak-standard"),)
    assert [test.chip.word for test in found.tests] == ["not run here"] * 3 + ["reproduced"]


def test_a_claim_that_reading_settled_has_its_finding() -> None:
    found = line(view_of(*judged_runs()), 5)
    assert (found.chip.word, found.is_by_run, found.reasons) == ("refuted", False, ())
    assert found.evidence.startswith("uvicorn's workers share a listening socket")


def test_a_gate_is_the_reason_where_a_test_is_invalid() -> None:
    karak, freetser = judged_runs()
    slow = Latency(9e5, 9e5, 9e5)
    trials = tuple(replace(each, latency_us=slow) for each in freetser.trials)
    found = line(view_of(karak, replace(freetser, trials=trials)), 28)
    assert found.chip.word == "invalid"
    used = f"the client used 97{NO_BREAK}% of the cores that it could have had"
    assert found.reasons[0].endswith(f"{used}, and 85{NO_BREAK}% may be")


def test_a_share_of_a_factor_that_one_end_alone_turns_says_of_which() -> None:
    tests = line(view_of(log_run(), client_run()), 18).tests
    (log,) = (each for each in tests if each.plan == "factors-log")
    assert log.figure is not None
    assert log.reason == "its factor was turned from the documented end only"
    client = line(view_of(log_run(), client_run()), 1).fair[2]
    assert (client.plan, client.reason) == ("factors-client", "")


def test_there_is_no_verdict_from_trials_that_the_host_spoilt() -> None:
    karak, freetser = judged_runs()
    beside = tuple(replace(each, fault="host") for each in karak.trials)
    found = line(view_of(replace(karak, trials=beside), freetser), 3)
    assert found.chip.word == "invalid"
    assert found.reasons[0].endswith("only 0 of 7 trials had the host to themselves, and 6 have to")
    assert line(view_of(karak, freetser), 3).chip.word != "invalid"


def test_the_verdicts_are_counted_the_strongest_first() -> None:
    counts = view_of(*judged_runs()).counts
    assert sum(count for _, count in counts) == 52
    assert [chip.word for chip, _ in counts][:3] == ["reproduced", "direction only", "refuted"]


def test_on_a_host_with_no_plan_run_27_claims_wait_for_one() -> None:
    (run, _) = judged_runs()
    bench = Bench(HOST, {"quick": file_of(replace(run, plan="quick"))})
    counts = {chip.word: count for chip, count in claims_view(CLAIMS, {}, {}, bench, 1).counts}
    assert counts["not run here"] == 27
    assert sum(counts.values()) == 52


def test_a_plan_s_newest_whole_run_stands_for_it() -> None:
    (run, _) = judged_runs()
    cut, whole, old = (
        file_of(replace(run, run=name, complete=name != "c")) for name in ("c", "b", "a")
    )
    (bench,) = benches((cut, whole, old))
    assert bench.files == {"karak-standard": whole}


@pytest.mark.parametrize("asked", [("--blocks", "1"), ("--workload=json",)])
def test_a_run_of_a_part_of_its_plan_does_not_stand_for_one_of_the_whole(
    asked: tuple[str, ...],
) -> None:
    (run, _) = judged_runs()
    made = replace(run.provenance, argv=("assay", "run", "karak-standard", *asked))
    part = file_of(replace(run, run="b", provenance=made, blocks=1))
    whole = file_of(replace(run, run="a"))
    (bench,) = benches((part, whole))
    assert bench.files == {"karak-standard": whole}
    (bench,) = benches((part,))
    assert bench.files == {"karak-standard": part}


def made_by(run: Run, name: str, assay: str) -> ResultFile:
    made = replace(run.provenance, assay_sha256=assay)
    return file_of(replace(run, run=name, provenance=made))


def test_a_run_of_the_newest_build_goes_before_a_newer_one_of_another() -> None:
    karak, freetser = judged_runs()
    newest = made_by(freetser, "d", "a2")
    between, old = made_by(karak, "c", "a1"), made_by(karak, "b", "a2")
    (bench,) = benches((newest, between, old))
    assert bench.files == {"freetser-keep-alive": newest, "karak-standard": old}
    (bench,) = benches((newest, between, made_by(karak, "b", "a1")))
    assert bench.files["karak-standard"] is between
    cut = replace(old, run=replace(old.run, complete=False))
    (bench,) = benches((newest, between, cut))
    assert bench.files["karak-standard"] is between
    assert shown_in_full((newest, between, old)) == (newest, between, old)


def test_a_verdict_by_runs_of_two_builds_says_so() -> None:
    karak, _ = judged_runs()
    old = made_by(replace(karak, started="2026-11-20T12:00:00Z"), "a", "a1")
    other = replace(karak, plan="barq-optimal")
    cells, trials = (
        tuple(
            replace(each, baseline=each.baseline.replace("karak", "barq"))
            for each in getattr(other, name)
        )
        for name in ("cells", "trials")
    )
    new = made_by(replace(other, cells=cells, trials=trials), "b", "a2")
    (bench,) = benches((new, old))
    found = line(claims_view(CLAIMS, {}, {}, bench, 1), 1)
    assert found.reasons[-1] == (
        "from another build: karak-standard and barq-optimal differ in laboratory and client; "
        "make bench PLAN=karak-standard"
    )


def test_hosts_are_never_mixed() -> None:
    karak, freetser = judged_runs()
    other = replace(freetser, host=replace(HOST, id="other"))
    found = benches((file_of(karak), file_of(other)))
    assert [list(bench.files) for bench in found] == [["karak-standard"], ["freetser-keep-alive"]]


@pytest.mark.parametrize(
    ("number", "stated"),
    [
        (28, "5,500 requests/s, 43 ms, 160 ms"),
        (11, "465 lines, 4 files, 500 lines, 5 files"),
        (26, "41, 42, 25 (ms, requests/s)"),
        (12, ""),
    ],
)
def test_what_is_stated_has_its_units(number: int, stated: str) -> None:
    assert line(view_of(*judged_runs()), number).stated.replace(NO_BREAK, " ") == stated


LEVEL = ClaimTest("level", "p", "as-documented", "json", baseline="a@b", stated=25, connections=1)
CHANGE = ClaimTest(
    "change", "p", "native", "json", baseline="a@b", by="connections", before="1", after="4"
)
SHARE = ClaimTest("share", "factors-log", "native", "json", over="a@b", under="c@d", at_most=0.33)
FIT = ClaimTest("fit", "p", "native", "cpu", baselines=("a@1", "a@4"), parameter="peak_workers")


@pytest.mark.parametrize(
    ("test", "text"),
    [
        (LEVEL, f"rate of a@b, json, 1 connection; {CLIENTS['as-documented']}"),
        (RATIO, "rate, karak@workers-4 ÷ fastapi@as-documented, json; our client"),
        (CHANGE, "rate of a@b, json, connections: 4 ÷ 1; our client"),
        (SHARE, "share that log has in a@b ÷ c@d, json"),
        (FIT, "peak workers of a@1, a@4, cpu; our client"),
    ],
)
def test_a_test_says_what_it_computes(test: ClaimTest, text: str) -> None:
    assert subject(test) == text


def test_what_is_expected_has_its_unit() -> None:
    assert expected(LEVEL) == f"stated 25.0{NO_BREAK}requests/s"
    assert expected(SHARE) == f"at most 33{NO_BREAK}%"
    ends = replace(RATIO, stated=None, stated_range=(2.0, 5.0))
    assert expected(ends) == f"stated 2.00{TIMES} to 5.00{TIMES}"


def test_a_figure_has_its_interval_and_its_unit() -> None:
    assert figure_of(RATIO, Estimate(2, 1.5, 2.5)) == Figure(f"2.00{TIMES}", "1.50 to 2.50")
    memory = replace(LEVEL, metric="memory_mb")
    assert figure_of(memory, Estimate(27, None, None)) == Figure(f"27.0{NO_BREAK}MB", "no interval")
    assert figure_of(FIT, Estimate(float("inf"), 9, float("inf"))) == Figure(
        "no peak", "9.00 to no peak"
    )


def test_a_bound_that_only_the_median_keeps_is_told() -> None:
    assert finding(SHARE, "direction only") == "the median keeps that, and its interval does not"
    assert finding(RATIO, "direction only").endswith("on the stated side of 1")


def test_a_verdict_without_a_figure_says_what_it_rests_on() -> None:
    known = Outcome("refuted", "none of its replies is right")
    level = replace(LEVEL, metric="success_percent", stated=None, at_least=99.9)
    assert decided_words(level, known) == (
        f"at least 99.90{NO_BREAK}%: none of its replies is right"
    )
    measured = Outcome("refuted", "", Estimate(90, 89, 91))
    assert decided_words(level, measured).endswith("the median does not keep that")


def test_no_two_verdicts_have_the_same_sign() -> None:
    words = ("reproduced", "direction only", "refuted", "invalid", "not run here", "not measurable")
    assert len({Chip(word).sign for word in words}) == 6
