"""The urllib pool as a user runs it, against servers of which it is known what they do."""

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

CLIENT = "urllib_pool.py"


@pytest.mark.parametrize(("requests", "threads"), [(1, 1), (103, 10), (3, 10), (20, 20)])
def test_all_requests_are_made_however_they_divide_among_threads(
    requests: int, threads: int
) -> None:
    with serving("assay-truth") as url:
        status, figures = figures_of(CLIENT, url, "-n", str(requests), "-c", str(threads))
        assert served(url) == requests
    assert (status, figures["requests"], figures["connections"]) == (0, requests, threads)
    assert figures["status"] == {"200": requests}
    assert figures["body_bytes"] == 526 * requests
    assert figures["as_published"]["ok"] == figures["as_published"]["total"] == requests
    assert figures["rate"] > 0
    assert figures["client_cpu_us_per_request"] > 0


def test_each_request_has_a_connection_of_its_own_and_says_that_it_closes_it() -> None:
    with listening() as server:
        figures_of(CLIENT, f"{server.url}/json?x=1", "-n", "12", "-c", "3")
        assert [path for path, _, _ in server.heard] == ["/json?x=1"] * 12
        assert len({port for _, _, port in server.heard}) == 12
        for _, fields, _ in server.heard:
            assert (fields["Connection"], fields["Accept-Encoding"]) == ("close", "identity")


def test_what_goes_wrong_is_counted_by_kind(tmp_path: Path) -> None:
    body = tmp_path / "reply"
    body.write_bytes(bytes(range(256)))
    faults = ["--errors", "0.05", "--resets", "0.05", "--truncated", "0.05", "--wrong", "0.05"]
    faults += ["--seed", "7", "--body", str(body)]
    fates = forecast(203, *faults)
    assert all(fates[name] > 0 for name in ("error", "reset", "truncated", "wrong"))
    with serving("assay-truth", *faults) as url:
        arguments = [url, "-n", "203", "-c", "8", "--expect-body", f"@{body}"]
        status, figures = figures_of(CLIENT, *arguments)
    errors = figures["errors"]
    assert status == 1
    assert (errors["status"], errors["reset"]) == (fates["error"], fates["reset"])
    assert (errors["short"], errors["body"]) == (fates["truncated"], fates["wrong"])
    assert figures["requests"] == fates["right"] == 203 - sum(errors.values())
    # The document's client would have taken the wrong ones for right.
    assert figures["as_published"]["ok"] == fates["right"] + fates["wrong"]


def test_a_silent_server_is_a_timeout() -> None:
    with serving("assay-truth", "--silent", "1") as url:
        status, figures = figures_of(CLIENT, url, "-n", "4", "-c", "2", "--timeout", "0.3")
    assert (status, figures["errors"]["timeout"], figures["requests"]) == (1, 4, 0)
    assert figures["latency_us"]["p50"] > 0


def test_a_status_that_is_refused_keeps_no_connection_open() -> None:
    with listening(status=503) as server:
        limited = ["bash", "-c", 'ulimit -n 64 && exec "$@"', "-"]
        command = client_command(CLIENT, server.url, "-n", "200", "-c", "4", "--json")
        ended = subprocess.run([*limited, *command], capture_output=True, text=True, timeout=110)
    figures = json.loads(ended.stdout)
    assert (figures["errors"]["status"], figures["status"]) == (200, {"503": 200})


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
    assert figures["warnings"][0].startswith("cut short")


def test_the_text_ends_with_the_document_s_own_lines_and_what_is_wrong_with_them() -> None:
    with serving("assay-floor") as url:
        status, printed, _ = run_client(CLIENT, url, "-n", "5", "-c", "2")
    assert (status, "    5/5 ok, " in printed) == (0, True)
    assert printed.index("right replies") < printed.index("as Barq and Karak") < printed.index("- ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["http://127.0.0.1:1/"], "error: nothing answers at 127.0.0.1 port 1: "),
        (["https://127.0.0.1/"], 'error: "https://127.0.0.1/" is not a URL to put load on: '),
        (["http://:80/"], "it names no host"),
        (["http://a:b/"], "is not a URL to put load on: "),
        (["http://a@b/"], "without user"),
        (["http://a/", "-n", "0"], "-n: takes a whole number from 1 on, not '0'"),
        (["http://a/", "-c", "x"], "-c: takes a whole number from 1 on, not 'x'"),
        (["http://a/", "--timeout", "-1"], "takes a number of seconds above 0"),
        (["http://a/", "--expect-body", "@/nowhere"], '"/nowhere" cannot be read: No such file'),
        (["http://nowhere.invalid/"], "nothing answers at nowhere.invalid port 80: "),
    ],
)
def test_wrong_input_is_a_sentence_with_a_remedy(arguments: list[str], said: str) -> None:
    status, printed, text = run_client(CLIENT, *arguments)
    assert (status, printed, said in text) == (2, "", True), text
    assert len(text.strip().splitlines()) == 2
