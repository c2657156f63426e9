"""Every variant's own server, started for real and asked for every workload that it has.

A variant is started once for all the questions; the last test ends it.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from baselines.expected_reply import Exchange, Question, Reply, complaint, drawn, exchanges
from baselines.python_baseline import ROOT, Variant, all_variants, covers, first_variants
from baselines.server_facts import pinned_packages
from baselines.server_options import workers

READY = "listening on http://127.0.0.1:"
PATIENCE_SECONDS = 60  # four processes on a machine that builds at the same time


@dataclass(frozen=True)
class Server:
    """A running server, its variant, the port that it announced and what it has written since."""

    process: subprocess.Popen
    variant: Variant
    port: int
    log: Path

    def reply(self, question: Question) -> Reply:
        """Ask once, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        head = {"Connection": "close"}
        if question.type is not None:
            head["Content-Type"] = question.type
        connection.request(question.method, question.path, question.body or None, head)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers.get_content_type(), answer.read())
        connection.close()
        return reply

    def get(self, path: str) -> Reply:
        """Ask for a path."""
        return self.reply(Question("GET", path, None, b"", ()))

    def facts(self) -> dict:
        """Ask for what it says of itself."""
        return json.loads(self.get("/__assay__").body)

    def is_wrong(self, asked: Exchange) -> str:
        """Ask once with numbers drawn anew; return what is wrong with the reply."""
        question = drawn(asked, random.Random())
        return complaint(asked, question, self.reply(question))


def refusal(variant: Variant, *arguments: str) -> subprocess.CompletedProcess:
    """Start a server that is expected to end by itself."""
    return subprocess.run(
        variant.command(*arguments),
        cwd=variant.baseline,
        env=variant.surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def announced_port(process: subprocess.Popen, log: Path) -> int:
    """Wait for the server to say that it listens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.startswith(READY) and line.endswith("\n"):
                return int(line.removeprefix(READY))
        time.sleep(0.02)
    raise AssertionError(f"the server did not listen:\n{log.read_text(encoding='utf-8')}")


def end(process: subprocess.Popen) -> None:
    """End a server and all processes that it may have started, however it is."""
    with suppress(ProcessLookupError):  # it has ended already, and so have they
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def is_gone(group: int) -> bool:
    """Tell whether no process of a group is left, soon after its leader ended."""
    # A process that only cleans up after another ends later, and then is there until init sees it.
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def started(variant: Variant, log: Path) -> Server:
    """Start a server on a free port, in a process group of its own."""
    with log.open("w") as errors:
        process = subprocess.Popen(
            variant.command(),
            cwd=variant.baseline,
            env=variant.surroundings(),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    try:
        return Server(process, variant, announced_port(process, log), log)
    except BaseException:
        end(process)
        raise


@pytest.fixture(scope="module", params=all_variants(), ids=lambda variant: variant.title)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """Run one server for all tests that ask it something."""
    running = started(request.param, tmp_path_factory.mktemp("server") / "log")
    yield running
    end(running.process)


def questions_of(variant: Variant) -> dict[str, list[Exchange]]:
    """Return what the workloads ask that the variant has."""
    name = variant.implementation
    files = sorted(ROOT.glob(f"workloads/*/{name}.py"))
    found = [entry for file in files for entry in exchanges(file.parent, name).items()]
    return {name: asked for name, asked in found if variant.runs(name)}


def finding_of(variant: Variant) -> dict:
    """Return which workload the variant is known to get wrong."""
    return variant.settings.get("finding", {"workload": ""})


def test_every_workload_gets_the_reply_that_it_asks_for(server: Server) -> None:
    questions = questions_of(server.variant)
    assert questions
    known = finding_of(server.variant)["workload"]
    wrong = {
        name: text
        for name, asked in questions.items()
        if not covers(known, name)
        for one in asked
        if (text := server.is_wrong(one))
    }
    assert wrong == {}


def test_a_finding_is_found_when_sixteen_ask_at_a_time(server: Server) -> None:
    finding = finding_of(server.variant)
    questions = questions_of(server.variant).items()
    known = [asked for name, asked in questions if covers(finding["workload"], name)]
    if not known:
        pytest.skip("nothing is known to be wrong")
    asked = known[0][0]
    with ThreadPoolExecutor(16) as pool:
        numbers = random.Random(1)
        replies = list(pool.map(server.reply, [drawn(asked, numbers) for _ in range(100)]))
    said = {(reply.status, finding["says"].encode() in reply.body) for reply in replies}
    assert (finding["status"], True) in said


def test_forty_connections_at_once_get_the_same_reply(server: Server) -> None:
    questions = questions_of(server.variant)
    known = finding_of(server.variant)["workload"]
    names = [name for name in ("json", *questions) if name in questions and not covers(known, name)]
    if not names:
        pytest.skip("all that it has is known to be wrong")
    asked = questions[names[0]][0]
    with ThreadPoolExecutor(40) as pool:
        wrong = set(pool.map(lambda _: server.is_wrong(asked), range(400)))
    assert wrong == {""}


def test_no_count_is_lost_when_sixteen_count_at_a_time(server: Server) -> None:
    if "kv@update-one" not in questions_of(server.variant):
        pytest.skip("no kv workload")
    update = Question("POST", "/kv/counted", "text/plain", b"value", ())
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda _: server.reply(update), range(101)))
    texts = sorted(reply.body.decode() for reply in replies)
    assert texts == ["Created: counted\n"] + ["Updated: counted\n"] * 100
    assert server.get("/kv/counted").body == b"Found: counted, counter=100\n"


def test_it_has_said_once_that_it_listens_however_many_workers_it_has(server: Server) -> None:
    lines = server.log.read_text(encoding="utf-8").splitlines()
    assert lines.count(f"{READY}{server.port}") == 1


def test_a_path_that_no_workload_has_is_not_found(server: Server) -> None:
    assert server.get("/none").status == 404


def test_the_server_runs_the_versions_that_its_lock_pins(server: Server) -> None:
    pins = pinned_packages(server.variant.lock.read_text(encoding="utf-8"))
    facts = server.facts()
    assert facts["baseline"] == server.variant.baseline.name
    assert facts["packages"] == pins


def test_the_lock_is_off_after_all_imports_unless_the_variant_is_there_to_show_it_on(
    server: Server,
) -> None:
    settings, facts = server.variant.settings, server.facts()
    is_free_threaded = settings["interpreter"] == "free-threaded"
    assert facts["gil_before"] is not is_free_threaded
    assert facts["gil"] is (not is_free_threaded or settings.get("lock") == "on")


def test_the_server_has_the_workers_of_its_variant(server: Server) -> None:
    arguments = server.variant.settings.get("arguments", [])
    if "--workers" not in arguments:
        pytest.skip("the variant names no number of workers")
    expected = workers(arguments[arguments.index("--workers") + 1])
    assert server.facts()["workers"] == expected


def test_a_port_in_use_is_one_sentence_and_status_1(server: Server) -> None:
    ended = refusal(server.variant, "--port", str(server.port))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"error: port {server.port} is in use: stop its owner or choose another with --port\n"
    )


def test_sigterm_ends_it_and_its_children(server: Server) -> None:
    # The last of the tests that use the server. A connection that was used and is kept open holds
    # a worker, and must not hold the end.
    written = server.log.stat().st_size
    with socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /__assay__ HTTP/1.1\r\nHost: assay\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=15) == 0
    assert is_gone(server.process.pid)
    assert "Traceback" not in server.log.read_text(encoding="utf-8")[written:]


@pytest.mark.parametrize("variant", first_variants(), ids=lambda variant: variant.title)
def test_a_broken_workload_is_one_sentence_and_status_1(variant: Variant, tmp_path: Path) -> None:
    file = tmp_path / "new" / f"{variant.implementation}.py"
    file.parent.mkdir()
    file.write_text("def routes(app) -> None:\n    1 / 0\n")
    ended = refusal(variant, "--workloads", str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"error: {file}, line 2: ZeroDivisionError: division by zero: "
        "correct it, or take the file away\n"
    )


@pytest.mark.parametrize("variant", first_variants(), ids=lambda variant: variant.title)
def test_a_wrong_argument_ends_with_status_2(variant: Variant) -> None:
    ended = refusal(variant, "--port", "http")
    assert ended.returncode == 2
    assert "'http' is not a port" in ended.stderr
