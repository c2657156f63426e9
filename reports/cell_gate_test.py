"""What keeps a test from a verdict is told with its reason: a gate, or what the host lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.claim import ClaimTest, Needs
from reports.invented_run import (
    CLOSE,
    DOCUMENT,
    HOST,
    OURS,
    RATIO,
    STEADY,
    THEIRS,
    around,
    invented_run,
    outcome,
    pair,
    trial,
)
from reports.quantity import NO_BREAK
from reports.result import Load
from reports.verdict import Outcome


def test_too_many_errors_make_a_test_invalid() -> None:
    run = invented_run("p", pair(200, 100))
    first = replace(run.trials[0], errors={"status": 15})  # of 7,015 requests of its cell: 0.21 %
    found = outcome(RATIO, replace(run, trials=(first, *run.trials[1:])))
    assert found.verdict == "invalid"
    assert found.reason == (
        "cell json on karak@workers-4: 0.21\N{NO-BREAK SPACE}% of the requests failed, "
        "and 0.1\N{NO-BREAK SPACE}% may"
    )


@pytest.mark.parametrize(
    "of_the_host",
    [
        (),
        ("foreign load: other programs used more than 2 % of a core",),
        ("the hypervisor took more than 1 % of the cores' time",),
    ],
)
def test_success_is_not_stopped_by_the_errors_that_it_counts_nor_by_the_host(
    of_the_host: tuple[str, ...],
) -> None:
    key = ("json", OURS, "close-20")
    reasons = ("errors above 0.1 % of requests: status", *of_the_host)
    trials = tuple(
        trial(key, block, 100, valid=False, reasons=reasons, requests=900, errors={"status": 100})
        for block in range(7)
    )
    run = replace(invented_run("p", {key: around(100)}), trials=trials)
    test = ClaimTest("level", "p", "native", "json", baseline=OURS, metric="success_percent")
    found = outcome(replace(test, at_least=99.9), run)
    assert found.measured is not None
    assert (found.verdict, found.measured.median) == ("refuted", 90)


def test_a_trial_that_was_lost_for_another_reason_counts_no_successes() -> None:
    key = ("json", OURS, "close-20")
    trials = tuple(trial(key, b, 100, valid=False, reasons=("cut short",)) for b in range(7))
    run = replace(invented_run("p", {key: around(100)}), trials=trials)
    test = ClaimTest("level", "p", "native", "json", baseline=OURS, metric="success_percent")
    found = outcome(replace(test, at_least=99.9), run)
    assert found.verdict == "invalid"
    assert found.reason.endswith("only 0 of 7 trials can be used: cut short")


def test_a_client_at_its_limit_makes_a_test_invalid() -> None:
    run = invented_run("p", pair(200, 100))
    bound = tuple(replace(cell, client_cpu=0.86) for cell in run.cells)
    found = outcome(RATIO, replace(run, cells=bound))
    assert (found.verdict, found.reason[:45]) == (
        "invalid",
        "cell json on karak@workers-4: the client used",
    )
    kept = tuple(replace(cell, client_cpu=0.85) for cell in run.cells)
    assert outcome(RATIO, replace(run, cells=kept)).verdict == "reproduced"


@pytest.mark.parametrize(
    ("client", "of"),
    [
        ("native", "of its core"),
        ("oha", "of its core"),  # our client under oha's settings
        ("urllib-pool", "of the cores that it could have had"),
    ],
)
def test_what_a_client_used_is_told_of_what_it_could_use(client: str, of: str) -> None:
    load = replace(DOCUMENT, client=client)
    run = invented_run("p", pair(200, 100, load), (load,))
    run = replace(run, cells=tuple(replace(cell, client_cpu=0.97) for cell in run.cells))
    test = replace(RATIO, client="native" if load.is_native else "as-documented", stated=0.5)
    used, most = f"97{NO_BREAK}%", f"85{NO_BREAK}%"
    assert outcome(test, run).reason.endswith(f"the client used {used} {of}, and {most} may be")


def test_a_documents_own_client_at_its_limit_reproduces_and_does_not_refute() -> None:
    rates = {
        ("json", label, DOCUMENT.name): tuple(rate * each for each in STEADY)
        for label, rate in ((OURS, 200), (THEIRS, 100))
    }
    run = invented_run("p", rates, (DOCUMENT,))
    bound = tuple(replace(cell, client_cpu=0.97) for cell in run.cells)
    test = replace(RATIO, client="as-documented")
    assert outcome(test, replace(run, cells=bound)).verdict == "reproduced"
    other = outcome(replace(test, stated=0.5), replace(run, cells=bound))
    assert (other.verdict, other.reason[:45]) == (
        "invalid",
        "cell json on karak@workers-4: the client used",
    )
    assert outcome(replace(test, stated=0.5), run).verdict == "refuted"


BEYOND = Load("rate-5000", "", 100, False, rate=5000.0)


@pytest.mark.parametrize(
    ("theirs", "metric", "load", "word"),
    [
        (4700, "latency_p50_ms", BEYOND, "invalid"),  # 94 % of what was asked
        (4760, "latency_p50_ms", BEYOND, "reproduced"),
        (4700, "rate", BEYOND, "reproduced"),
        (4700, "latency_p50_ms", replace(BEYOND, rate=None), "reproduced"),  # a closed loop
    ],
)
def test_a_latency_beyond_a_servers_capacity_decides_nothing(
    theirs: float, metric: str, load: Load, word: str
) -> None:
    run = invented_run("p", pair(5000, theirs, load), (load,))
    found = outcome(replace(RATIO, metric=metric, stated=1), run)
    assert found.verdict == word
    if word == "invalid":
        assert found.reason == (
            "cell json on fastapi@as-documented: it kept 4,700 of 5,000\N{NO-BREAK SPACE}requests/s"
            ", so that its latency is that of a queue that grows"
        )


@pytest.mark.parametrize(
    ("blocks", "spoilt", "note"),
    [
        (7, 1, ""),  # one of seven moves no median
        (8, 2, "up to 2 of 8 trials of a cell beside foreign load"),
        (12, 6, "up to 6 of 12 trials of a cell beside foreign load"),
    ],
)
def test_trials_that_stand_although_the_host_spoilt_them_are_told(
    blocks: int, spoilt: int, note: str
) -> None:
    steady = [100 + 0.1 * block for block in range(blocks)]
    rates = {
        ("json", label, CLOSE.name): [rate * by for rate in steady]
        for label, by in ((OURS, 2), (THEIRS, 1))
    }
    run = invented_run("p", rates)
    beside = [replace(each, fault="host") for each in run.trials[:spoilt]]
    found = outcome(RATIO, replace(run, trials=(*beside, *run.trials[spoilt:])))
    assert (found.verdict, found.note) == ("reproduced", note)


def test_of_one_cell_it_is_said_how_many_of_its_trials_the_host_spoilt() -> None:
    run = invented_run("p", {("json", OURS, CLOSE.name): [200.0 + i for i in range(9)]})
    trials = tuple(replace(t, fault="host" if t.block < 3 else "") for t in run.trials)
    level = ClaimTest("level", "p", "native", "json", baseline=OURS, stated=200)
    found = outcome(level, replace(run, trials=trials))
    assert found.note == "3 of 9 trials beside foreign load"


@pytest.mark.parametrize(
    ("metric", "word"), [("rate", "invalid"), ("cpu_us", "invalid"), ("memory_mb", "reproduced")]
)
def test_a_cell_with_too_few_trials_on_a_quiet_host_decides_nothing_of_speed(
    metric: str, word: str
) -> None:
    run = invented_run("p", pair(200, 100))
    trials = tuple(replace(t, fault="host" if t.block < 2 else "") for t in run.trials)
    test = replace(RATIO, metric=metric, stated=2 if metric == "rate" else 1)
    found = outcome(test, replace(run, trials=trials))
    assert found.verdict == word
    if word == "invalid":
        assert found.reason == (
            "cell json on karak@workers-4: only 5 of 7 trials had the host to themselves, "
            "and 6 have to"
        )


@pytest.mark.parametrize(
    ("lag_us", "metric", "word"),
    [
        (90, "latency_p50_ms", "reproduced"),  # less than is worth a word
        (400, "latency_p50_ms", "reproduced"),  # a twelfth of the 5 ms
        (2000, "latency_p50_ms", "invalid"),
        (2000, "rate", "reproduced"),
    ],
)
def test_a_latency_that_a_late_client_made_decides_nothing(
    lag_us: float, metric: str, word: str
) -> None:
    load = replace(BEYOND, rate=200.0)
    run = invented_run("p", pair(200, 200, load), (load,))
    late = replace(run, trials=tuple(replace(each, lag_p99_us=lag_us) for each in run.trials))
    found = outcome(replace(RATIO, metric=metric, stated=1), late)
    assert found.verdict == word
    if word == "invalid":
        assert found.reason == (
            f"cell json on karak@workers-4: the client sent 2.00{NO_BREAK}ms late, "
            "which its latency holds too"
        )


def test_trials_that_were_left_out_are_told_with_their_reason() -> None:
    run = invented_run("p", pair(200, 100))
    stolen = [replace(each, valid=False, reasons=("cut short",)) for each in run.trials[:2]]
    found = outcome(RATIO, replace(run, trials=(*stolen, *run.trials[2:])))
    assert found.verdict == "invalid"
    assert found.reason.endswith("only 5 of 7 trials can be used: cut short")


def test_blocks_that_share_no_valid_trial_make_a_test_invalid() -> None:
    run = invented_run("p", pair(200, 100))
    lost = {0, 8}  # the first block of one side, the second of the other
    trials = tuple(replace(t, valid=i not in lost) for i, t in enumerate(run.trials))
    found = outcome(RATIO, replace(run, trials=trials))
    assert (found.verdict, found.reason[:19]) == ("invalid", "too few blocks in w")


def test_six_blocks_are_fewer_than_the_rule_asks_for() -> None:
    found = outcome(RATIO, replace(invented_run("p", pair(200, 100)), blocks_done=6))
    assert found.verdict == "invalid"
    assert found.reason == "the run of p has 6 blocks, and the rule asks for 7: make bench PLAN=p"


def test_a_host_that_lacks_cores_or_the_system_is_told_so() -> None:
    run = invented_run("p", pair(200, 100), host=replace(HOST, cores=2))
    found = outcome(RATIO, run, Needs(cores=12))
    assert found == Outcome("not measurable", "this host has 2 of the 12 cores that it needs")
    assert outcome(replace(RATIO, cores=4), run).reason.startswith("this host has 2 of the 4")
    mac = invented_run("p", pair(200, 100), host=replace(HOST, system="Darwin 25"))
    assert outcome(RATIO, mac, Needs(system="linux")).reason == (
        "this host runs Darwin 25, and it needs linux"
    )


@pytest.mark.parametrize(
    ("told", "word"),
    [("1023", "not measurable"), ("1024", "reproduced"), ("unlimited", "reproduced")],
)
def test_too_few_open_files_are_what_the_host_lacks(told: str, word: str) -> None:
    host = replace(HOST, settings={"open files": "256", "open files at most": told})
    found = outcome(RATIO, invented_run("p", pair(200, 100), host=host), Needs(open_files=1024))
    assert found.verdict == word
    if word == "not measurable":
        assert found.reason == (
            "1023 files may be open at once, and it needs 1024: "
            "raise the hard limit (ulimit -Hn 1024, as root), then make bench PLAN=p"
        )


def test_a_test_may_need_more_open_files_than_its_claim() -> None:
    host = replace(HOST, settings={"open files at most": "1024"})
    run = invented_run("p", pair(200, 100), host=host)
    found = outcome(replace(RATIO, open_files=2048), run, Needs(open_files=1024))
    assert found.reason.startswith("1024 files may be open at once, and it needs 2048")


def test_open_files_that_a_result_does_not_tell_are_taken_as_enough() -> None:
    found = outcome(RATIO, invented_run("p", pair(200, 100)), Needs(open_files=1024))
    assert found.verdict == "reproduced"


def test_a_baseline_that_does_not_run_here_is_what_the_host_lacks() -> None:
    run = invented_run("p", pair(200, 100))
    absent = replace(run.baselines[0], available=False, reason="no free-threaded interpreter")
    found = outcome(RATIO, replace(run, baselines=(absent, run.baselines[1])))
    assert found.verdict == "not measurable"
    assert (
        found.reason == "baseline karak@workers-4 does not run here: no free-threaded interpreter"
    )


def test_a_cell_that_is_not_in_the_plan_is_not_measurable() -> None:
    found = outcome(replace(RATIO, workload="db"), invented_run("p", pair(200, 100)))
    assert found.verdict == "not measurable"
    assert found.reason == "plan p has no cell db on karak@workers-4"


def test_a_cell_that_answered_wrongly_was_never_timed_and_is_invalid() -> None:
    run = invented_run("p", {**pair(200, 100), ("json", OURS, "close-20"): []})
    cells = (replace(run.cells[0], missing="GET /json: 5 bytes and not 526"), run.cells[1])
    found = outcome(RATIO, replace(run, cells=cells))
    assert (found.verdict, found.reason) == (
        "invalid",
        "cell json on karak@workers-4: GET /json: 5 bytes and not 526",
    )
    assert outcome(RATIO, run).verdict == "not measurable"  # the run was cut short before it


@pytest.mark.parametrize(
    "reason",
    [
        "it needs 1128 open files, and this host allows 1024",
        "it gives the server 4 cores, and this host has 2 for it",
        "it is here for other workloads",
    ],
)
def test_what_the_laboratory_found_lacking_is_not_measurable(reason: str) -> None:
    run = invented_run("p", {**pair(200, 100), ("json", OURS, "close-20"): []})
    cells = (replace(run.cells[0], missing=reason), run.cells[1])
    found = outcome(RATIO, replace(run, cells=cells))
    assert (found.verdict, found.reason) == (
        "not measurable",
        f"cell json on karak@workers-4: {reason}",
    )
    refused = invented_run("p", pair(200, 100))
    trials = tuple(
        replace(t, valid=False, requests=0, reasons=(reason,)) if t.baseline == OURS else t
        for t in refused.trials
    )
    assert outcome(RATIO, replace(refused, trials=trials)).verdict == "not measurable"
    one = replace(trials[0], reasons=("cut short",))
    mixed = replace(refused, trials=(one, *trials[1:]))
    assert outcome(RATIO, mixed).verdict == "invalid"


FOUND = "POST /json: status 500 and not 200: not JSON serializable"


@pytest.mark.parametrize(
    ("missing", "metric", "word"),
    [
        (f"a finding, not timed: {FOUND}", "success_percent", "refuted"),
        (f"a finding, not timed: {FOUND}", "memory_mb", "invalid"),
        (FOUND, "success_percent", "invalid"),  # it may be the fault of what we wrote
        ("not measured: the run was cut short", "success_percent", "not measurable"),
    ],
)
def test_a_reply_that_is_known_to_be_wrong_refutes_that_all_are_right(
    missing: str, metric: str, word: str
) -> None:
    run = invented_run("p", {**pair(200, 100), ("json", OURS, "close-20"): []})
    run = replace(run, cells=(replace(run.cells[0], missing=missing), run.cells[1]))
    test = ClaimTest("level", "p", "native", "json", baseline=OURS, metric=metric, at_least=99.9)
    found = outcome(test, run)
    assert (found.verdict, found.measured) == (word, None)
    if word == "refuted":
        assert found.reason == (
            "cell json on karak@workers-4 was not timed, since none of its replies is right: "
            + FOUND
        )
    bound = outcome(replace(test, at_least=None, at_most=99.9), run).verdict
    assert bound == ("reproduced" if word == "refuted" else word)


def test_a_twin_is_no_trial_of_its_cell() -> None:
    run = invented_run("p", pair(200, 100))
    twins = tuple(replace(each, twin=True, rate=9e9) for each in run.trials)
    assert (
        outcome(RATIO, replace(run, trials=(*run.trials, *twins))).measured
        == outcome(RATIO, run).measured
    )


def test_of_a_trial_that_was_made_once_more_the_last_attempt_alone_counts() -> None:
    run = invented_run("p", pair(200, 100))
    spoilt = replace(run.trials[3], valid=False, rate=1.0, errors={"reset": 900})
    again = replace(run.trials[3], attempt=1)
    told = replace(run, trials=(*run.trials[:3], again, spoilt, *run.trials[4:]))
    assert outcome(RATIO, told) == outcome(RATIO, run)
    lost = (again, replace(spoilt, attempt=2))
    reason = outcome(RATIO, replace(run, trials=(*run.trials[:3], *lost, *run.trials[4:]))).reason
    assert reason.endswith("of the requests failed, and 0.1\N{NO-BREAK SPACE}% may")


def test_attempts_are_all_told_in_the_order_of_the_file() -> None:
    run = invented_run("p", pair(200, 100))
    again = replace(run.trials[0], attempt=1)
    told = replace(run, trials=(*run.trials, again))
    assert len(told.attempts_of(run.cells[0])) == 8
    assert told.trials_of(run.cells[0]) == (again, *run.trials[1:7])
