"""What a run comes to, reckoned by hand, and what the documents would have made of it."""

import ast
import http.client
import urllib.error
from email.message import Message
from pathlib import Path

import keep_alive_threads
import pytest
import run_summary
import urllib_pool
from call import Call, kind_of
from run_summary import Run


def replies(*latencies_ms: float) -> list[Call]:
    """Return right replies that took so long."""
    return [Call(ms / 1000, None, 200, None, 10) for ms in latencies_ms]


REFUSED = Call(0.001, "connect")
UNAVAILABLE = Call(0.002, "status", 503)
LATE = Call(5.0, "timeout")


def test_a_percentile_is_the_least_that_the_share_of_all_does_not_exceed() -> None:
    ten = [float(value) for value in range(1, 11)]
    assert [run_summary.nearest_rank(ten, share) for share in (0.5, 0.9, 0.91, 0.99)] == [
        5,
        9,
        10,
        10,
    ]
    assert run_summary.nearest_rank([7.0], 0.5) == 7


def test_latencies_are_of_replies_right_or_wrong_and_of_timeouts() -> None:
    figures = run_summary.latency_us([*replies(1, 3), REFUSED, UNAVAILABLE, LATE])
    assert figures["mean"] == (1000 + 3000 + 2000 + 5_000_000) / 4
    assert (figures["p50"], figures["max"]) == (2000, 5_000_000)


def test_nothing_measured_is_zeros_and_exit_status_2() -> None:
    figures = run_summary.summary(
        Run([], 0.0, 0.0, 4), urllib_pool.as_published(Run([], 0.0, 0.0, 4))
    )
    assert figures["latency_us"] == dict.fromkeys(figures["latency_us"], 0)
    assert (figures["rate"], figures["requests"], run_summary.exit_status(figures)) == (0, 0, 2)


def test_the_rate_counts_right_replies_alone() -> None:
    run = Run([*replies(1, 1, 1), REFUSED], duration_s=2.0, cpu_s=0.004, connections=4)
    figures = run_summary.summary(run, urllib_pool.as_published(run))
    assert (figures["requests"], figures["rate"]) == (3, 1.5)
    assert figures["errors"]["connect"] == sum(figures["errors"].values()) == 1
    assert figures["status"] == {"200": 3}
    assert (figures["body_bytes"], figures["client_cpu_us_per_request"]) == (30, 1000)
    assert figures["warnings"] == ["1 of 4 requests failed; the rate counts right replies"]
    assert run_summary.exit_status(figures) == 1


def test_a_reply_with_another_body_is_an_error_afterwards_and_a_success_as_published() -> None:
    calls = [Call(0.001, None, 200, b"right", 5), Call(0.001, None, 200, b"wrong", 5), REFUSED]
    compared = run_summary.compared(calls, b"right")
    assert [each.error for each in compared] == [None, "body", "connect"]
    assert [each.body for each in compared] == [None, None, None]
    assert urllib_pool.as_published(Run(calls, 1.0, 0.0, 1))["ok"] == 2


def test_barq_takes_the_upper_median_and_leaves_out_what_failed() -> None:
    run = Run([*replies(40, 10, 30, 20), UNAVAILABLE, LATE], 2.0, 0.0, 2)
    published = urllib_pool.as_published(run)
    assert published["latency_ms"] == {"avg": 25.0, "p50": 30.0, "p99": 40.0}
    assert published["text"] == [
        "    4/6 ok, 2.0 req/s",
        "    latency: avg=25.0ms p50=30.0ms p99=40.0ms",
    ]


def test_freetser_names_the_mean_and_the_longest() -> None:
    run = Run([*replies(40, 60), UNAVAILABLE], 0.05, 0.0, 3)
    published = keep_alive_threads.as_published(run)
    assert published["latency_ms"] == {"average": 50.0, "max": 60.0}
    assert published["mean_in_flight"] == 2.0
    assert published["text"] == [
        "    40 requests per second with 3 threads",
        "    50 ms on average, at most 60 ms",
    ]


def test_a_cut_run_says_so_first() -> None:
    run = Run(replies(1), 1.25, 0.0, 1, cut=True)
    figures = run_summary.summary(run, urllib_pool.as_published(run))
    assert figures["warnings"][0].startswith("cut short after 1.2 s")
    assert run_summary.exit_status(figures) == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (urllib.error.URLError(ConnectionRefusedError()), "connect"),
        (urllib.error.URLError(TimeoutError()), "connect"),
        (urllib.error.URLError(BrokenPipeError()), "reset"),
        (urllib.error.URLError("no host given"), "connect"),
        (urllib.error.HTTPError("http://a/", 500, "", Message(), None), "status"),
        (TimeoutError(), "timeout"),
        (ConnectionResetError(), "reset"),
        (http.client.RemoteDisconnected(), "reset"),
        (http.client.IncompleteRead(b""), "short"),
        (http.client.BadStatusLine("220 mail"), "malformed"),
        (http.client.LineTooLong("header line"), "malformed"),
        (OSError(24, "Too many open files"), "connect"),
    ],
)
def test_each_error_has_the_kind_that_assay_load_gives_it(error: Exception, kind: str) -> None:
    assert kind_of(error) == kind


@pytest.mark.parametrize("path", sorted(Path(run_summary.__file__).parent.glob("*.py")), ids=str)
def test_a_client_can_be_read_by_python_3_8(path: Path) -> None:
    ast.parse(path.read_text(), feature_version=(3, 8))
