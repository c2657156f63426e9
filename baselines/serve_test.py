"""Every baseline's own server, started for real and asked for every workload that it has.

A baseline whose Python is not there is skipped with the reason that the set-up wrote down.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from baselines.server_facts import pinned_packages

ROOT = Path(__file__).resolve().parents[1]
BASELINES = sorted(file.parent for file in ROOT.glob("baselines/*/serve.py"))
READY = "listening on http://127.0.0.1:"


@dataclass(frozen=True)
class Reply:
    """What a client got."""

    status: int
    type: str
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server, its folder, its variant and the port that it announced."""

    process: subprocess.Popen
    baseline: Path
    variant: dict
    port: int

    def reply(self, method: str, path: str, body: bytes | None = None) -> Reply:
        """Ask once, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, {"Connection": "close"})
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers.get_content_type(), answer.read())
        connection.close()
        return reply


def interpreter(baseline: Path) -> str:
    """Return the baseline's Python, or skip the test with the reason why there is none."""
    record = ROOT / ".venv" / f"{baseline.name}.json"
    if not record.exists():
        pytest.skip(f"{baseline.name}: not set up yet: scripts/setup bench")
    found = json.loads(record.read_text(encoding="utf-8"))
    if found["python"] is None:
        pytest.skip(f"{baseline.name}: {found['reason']}")
    return found["python"]


def settings(file: Path) -> dict:
    """Read a TOML file."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def command(baseline: Path, *arguments: str) -> list[str]:
    """Return the command line that starts the server of a baseline."""
    return [interpreter(baseline), str(baseline / "serve.py"), *arguments]


def refusal(baseline: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Start a server that is expected to end at once."""
    line = command(baseline, *arguments)
    return subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)


def announced_port(process: subprocess.Popen, log: Path) -> int:
    """Wait for the server to say that it listens."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.startswith(READY) and line.endswith("\n"):
                return int(line.removeprefix(READY))
        time.sleep(0.02)
    raise AssertionError(f"the server did not listen:\n{log.read_text(encoding='utf-8')}")


def started(baseline: Path, variant: dict, log: Path) -> Server:
    """Start a server on a free port, in a process group of its own."""
    line = command(baseline, "--port", "0", *variant.get("arguments", []))
    with log.open("w") as errors:
        process = subprocess.Popen(
            line, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
    try:
        return Server(process, baseline, variant, announced_port(process, log))
    except BaseException:
        process.kill()
        raise


@pytest.fixture(scope="module", params=BASELINES, ids=lambda folder: folder.name)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """Run one server for all tests that only ask it something."""
    baseline = request.param
    variant = next(iter(settings(baseline / "baseline.toml")["variants"].values()))
    running = started(baseline, variant, tmp_path_factory.mktemp("server") / "log")
    yield running
    running.process.kill()
    running.process.wait()


def workloads_of(baseline: Path) -> list[Path]:
    """Return the folders of the workloads that have a file for the baseline."""
    return sorted(file.parent for file in ROOT.glob(f"workloads/*/{baseline.name}.py"))


def asked(server: Server, workload: Path) -> Reply:
    """Send a workload's request."""
    request = settings(workload / "workload.toml")["request"]
    body = (workload / request["body"]).read_bytes() if "body" in request else None
    return server.reply(request["method"], request["path"], body)


def expected(workload: Path) -> Reply:
    """Return the reply that a workload asks for."""
    reply = settings(workload / "workload.toml")["reply"]
    return Reply(reply["status"], reply["type"], (workload / reply["body"]).read_bytes())


def test_every_workload_gets_its_reply_byte_for_byte(server: Server) -> None:
    workloads = workloads_of(server.baseline)
    assert workloads
    for workload in workloads:
        assert asked(server, workload) == expected(workload), workload.name


def test_forty_connections_at_once_get_the_same_reply(server: Server) -> None:
    workload = ROOT / "workloads" / "json"
    with ThreadPoolExecutor(40) as pool:
        replies = list(pool.map(lambda _: asked(server, workload), range(400)))
    assert set(replies) == {expected(workload)}


def test_a_path_that_no_workload_has_is_not_found(server: Server) -> None:
    assert server.reply("GET", "/none").status == 404


def test_the_server_runs_the_versions_that_its_lock_pins(server: Server) -> None:
    reply = server.reply("GET", "/__assay__")
    facts = json.loads(reply.body)
    pins = pinned_packages((server.baseline / "requirements.txt").read_text(encoding="utf-8"))
    assert (reply.status, reply.type) == (200, "application/json")
    assert facts["baseline"] == server.baseline.name
    assert facts["packages"] == pins


def test_the_lock_is_off_after_all_imports_where_the_baseline_asks_for_it(server: Server) -> None:
    wanted = settings(server.baseline / "baseline.toml")["interpreter"]
    facts = json.loads(server.reply("GET", "/__assay__").body)
    assert facts["gil"] is (wanted != "free-threaded")


def test_the_server_has_the_workers_of_its_variant(server: Server) -> None:
    arguments = server.variant["arguments"]
    workers = int(arguments[arguments.index("--workers") + 1]) if "--workers" in arguments else 1
    assert json.loads(server.reply("GET", "/__assay__").body)["workers"] == workers


def test_a_port_in_use_is_one_sentence_and_status_1(server: Server) -> None:
    ended = refusal(server.baseline, "--port", str(server.port))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"error: port {server.port} is in use: stop its owner or choose another with --port\n"
    )


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda folder: folder.name)
def test_sigterm_ends_it_and_its_children(baseline: Path, tmp_path: Path) -> None:
    variant = next(iter(settings(baseline / "baseline.toml")["variants"].values()))
    running = started(baseline, variant, tmp_path / "log")
    # A connection that was used and is kept open holds a worker, and must not hold the end.
    with socket.create_connection(("127.0.0.1", running.port)) as idle:
        idle.sendall(b"GET /json HTTP/1.1\r\nHost: assay\r\n\r\n")
        assert idle.recv(15) == b"HTTP/1.1 200 OK"
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=15) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(running.process.pid, 0)
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda folder: folder.name)
def test_a_broken_workload_is_one_sentence_and_status_1(baseline: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / f"{baseline.name}.py"
    file.parent.mkdir()
    file.write_text("def routes(app) -> None:\n    app.get('/new')(1 / 0)\n")
    ended = refusal(baseline, "--port", "0", "--workloads", str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"error: {file}, line 2: ZeroDivisionError: division by zero: "
        "correct it, or take the file away\n"
    )


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda folder: folder.name)
def test_a_wrong_argument_ends_with_status_2(baseline: Path) -> None:
    ended = refusal(baseline, "--port", "http")
    assert ended.returncode == 2
    assert "'http' is not a port" in ended.stderr
