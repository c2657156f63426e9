"""What a client costs beside ours: what clients say is read, and the programs are run for real."""

import shutil
import subprocess
import sys
from pathlib import Path

import client_cost
import pytest
from known_server import serving

HERE = Path(__file__).parent
ASSAY = HERE.parents[1] / "build/bin/assay"

WRK_SAID = """Running 3s test @ http://127.0.0.1:8080/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   203.11us  120.45us   4.96ms   93.02%
    Req/Sec    77.63k     5.87k   87.54k    70.00%
  231725 requests in 3.00s, 143.87MB read
Requests/sec:  77238.55
"""


def test_the_requests_of_each_client_are_those_that_were_answered() -> None:
    assert client_cost.wrk_requests(WRK_SAID) == 231725
    assert client_cost.wrk_requests("unable to connect to 127.0.0.1:1\n") == 0
    assert client_cost.oha_requests('{"statusCodeDistribution": {"200": 41, "500": 1}}') == 42
    assert client_cost.assay_requests('{"requests": 7, "errors": {"body": 3}}') == 7


def test_a_line_gives_the_median_of_the_pairs_and_how_far_they_lie_apart() -> None:
    assert client_cost.line_of("oha", 16, [1.5, 2.25, 1.75]) == (
        "oha     16 connections: 1.75 (1.50 to 2.25) requests of ours for one of its,"
        " per second of the client's processor; 3 pairs"
    )


def test_a_client_that_is_not_known_is_refused() -> None:
    ended = subprocess.run(
        [sys.executable, HERE / "client_cost.py", "http://127.0.0.1:1/", "--beside", "curl"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    assert "curl is no client that is known here: wrk, oha" in ended.stderr


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_it_runs_ours_and_another_in_turns() -> None:
    with serving("assay-floor") as url:
        ended = subprocess.run(
            [
                *(sys.executable, HERE / "client_cost.py", url, "--assay", ASSAY),
                *("--beside", "wrk", "--connections", "2", "--pairs", "2", "--seconds", "1"),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("wrk      2 connections: ")
    assert ended.stdout.endswith("; 2 pairs\n")
    assert ended.stderr.count("ratio") == 2
