"""The threads that keep a connection each, against servers of which it is known what they do."""

import json
import signal
import subprocess
from pathlib import Path

import pytest
from known_server import (
    client_command,
    figures_of,
    forecast,
    heed_interrupts,
    listening,
    run_client,
    served,
    serving,
)

CLIENT = "keep_alive_threads.py"


@pytest.mark.parametrize(("requests", "threads"), [(1, 1), (103, 10), (3, 10), (20, 20)])
def test_each_request_is_made_once_however_they_divide_among_threads(
    requests: int, threads: int
) -> None:
    with listening() as server:
        arguments = [f"{server.url}/item-{{seq}}", "-n", str(requests), "-c", str(threads)]
        status, figures = figures_of(CLIENT, *arguments, "--warm-up", "0")
        paths = sorted(path for path, _, _ in server.heard)
        connections = len({port for _, _, port in server.heard})
    assert (status, figures["requests"]) == (0, requests)
    assert paths == sorted(f"/item-{number}" for number in range(requests))
    assert connections == min(requests, threads)


def test_the_warm_up_has_a_connection_of_its_own_and_is_not_counted() -> None:
    with listening() as server:
        _, figures = figures_of(CLIENT, server.url, "-n", "6", "-c", "2", "--warm-up", "4")
        ports = [port for _, _, port in server.heard]
    assert (figures["requests"], len(ports), len(set(ports))) == (6, 10, 3)
    assert len(set(ports[:4])) == 1


def test_what_goes_wrong_is_counted_by_kind_and_another_connection_opened(tmp_path: Path) -> None:
    body = tmp_path / "reply"
    body.write_bytes(bytes(range(256)))
    faults = ["--errors", "0.05", "--resets", "0.05", "--truncated", "0.05", "--wrong", "0.05"]
    faults += ["--seed", "7", "--body", str(body)]
    fates = forecast(203, *faults)
    assert all(fates[name] > 0 for name in ("error", "reset", "truncated", "wrong"))
    with serving("assay-truth", *faults) as url:
        arguments = [url, "-n", "203", "-c", "8", "--expect-body", f"@{body}", "--warm-up", "0"]
        status, figures = figures_of(CLIENT, *arguments)
    errors = figures["errors"]
    assert status == 1
    assert (errors["status"], errors["reset"]) == (fates["error"], fates["reset"])
    assert (errors["short"], errors["body"]) == (fates["truncated"], fates["wrong"])
    assert figures["requests"] == fates["right"] == 203 - sum(errors.values())
    assert figures["as_published"]["ok"] == fates["right"] + fates["wrong"]


def test_a_server_that_closes_after_each_reply_is_asked_on_new_connections() -> None:
    with serving("assay-floor", "--close") as url:
        status, figures = figures_of(CLIENT, url, "-n", "50", "-c", "4")
    assert (status, figures["requests"]) == (0, 50)


def test_a_silent_server_is_a_timeout() -> None:
    with serving("assay-truth", "--silent", "1") as url:
        arguments = [url, "-n", "4", "-c", "2", "--timeout", "0.3", "--warm-up", "0"]
        status, figures = figures_of(CLIENT, *arguments)
    assert (status, figures["errors"]["timeout"], figures["requests"]) == (1, 4, 0)


def test_more_connections_than_files_are_errors_and_a_warning() -> None:
    with serving("assay-floor") as url:
        limited = ["bash", "-c", 'ulimit -n 32 && exec "$@"', "-"]
        command = client_command(CLIENT, url, "-n", "64", "-c", "64", "--json")
        ended = subprocess.run([*limited, *command], capture_output=True, text=True, timeout=110)
    figures = json.loads(ended.stdout)
    assert figures["warnings"][0].startswith("64 connections need more open files than the 32")


def test_ctrl_c_prints_what_there_is() -> None:
    heed_interrupts()
    with serving("assay-truth", "--law", "constant", "--time", "5ms") as url:
        command = client_command(CLIENT, url, "-n", "1000000", "-c", "4", "--json")
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
            while served(url) < 20:
                pass
            client.send_signal(signal.SIGINT)
            printed, _ = client.communicate(timeout=110)
    figures = json.loads(printed)
    assert (client.returncode, figures["cut"]) == (1, True)
    assert 1 <= figures["requests"] < 1_000_000


def test_wrong_input_is_a_sentence_with_a_remedy() -> None:
    status, printed, said = run_client(CLIENT, "http://127.0.0.1:1/")
    assert (status, printed) == (2, "")
    assert said.startswith("error: nothing answers at 127.0.0.1 port 1: ")
    status, _, said = run_client(CLIENT, "http://127.0.0.1:1/", "--warm-up", "-1")
    assert (status, "--warm-up: takes a whole number from 0 on, not '-1'" in said) == (2, True)
