"""The making of a baseline: names that can be used, and a server that answers at once."""

from __future__ import annotations

import ast
import http.client
import json
import platform
import random
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_file import load
from sources import ROOT

from baselines.expected_reply import Reply, complaint, drawn, exchanges

new_baseline = load("new-baseline")
TEMPLATE = ROOT / "scripts" / "baseline_template"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a tree that has what a baseline needs, and karak with a variant of its own."""
    (tmp_path / "baselines").mkdir()
    for module in (ROOT / "baselines").glob("*.py"):
        shutil.copy(module, tmp_path / "baselines")
    for workload in ("hello", "json"):
        (tmp_path / "workloads" / workload).mkdir(parents=True)
    (tmp_path / "workloads" / "json" / "reply.json").touch()
    (tmp_path / "baselines" / "karak").mkdir()
    (tmp_path / "baselines" / "karak" / "requirements-fast.txt").touch()
    return tmp_path


@pytest.mark.parametrize("name", ["falcon", "my-server", "h2", "a"])
def test_a_plain_name_is_accepted(checkout: Path, name: str) -> None:
    assert new_baseline.refusal(name, checkout) is None


@pytest.mark.parametrize("name", ["", "Falcon", "2fast", "-x", "x-", "a--b", "a_b", "../x", "a/b"])
def test_a_name_that_cannot_be_a_folder_s_is_refused(checkout: Path, name: str) -> None:
    assert new_baseline.refusal(name, checkout) == (
        f'"{name}" is not a name: lower-case letters, digits and dashes, a letter first'
    )


def test_a_baseline_that_exists_is_left_alone(checkout: Path) -> None:
    assert new_baseline.refusal("karak", checkout) == (
        "baselines/karak exists already\n  make verify BASELINE=karak"
    )


@pytest.mark.parametrize("name", ["tools", "free-threaded", "karak-fast"])
def test_an_environment_that_is_another_s_is_refused(checkout: Path, name: str) -> None:
    assert new_baseline.refusal(name, checkout) == (
        f'"{name}" means something else already\n  make new-baseline NAME=my-{name}'
    )


def test_a_name_that_a_workload_s_file_has_is_refused(checkout: Path) -> None:
    assert new_baseline.refusal("reply", checkout) == (
        "workloads/json/reply.json has this name already\n  make new-baseline NAME=my-reply"
    )


def test_every_file_carries_the_name_and_none_the_template_s(checkout: Path) -> None:
    made = new_baseline.make("my-server", checkout, TEMPLATE)
    names = {str(file.relative_to(checkout)) for file in made}
    assert names == {
        "baselines/my-server/application.py",
        "baselines/my-server/baseline.toml",
        "baselines/my-server/requirements.txt",
        "baselines/my-server/serve.py",
        "workloads/hello/my-server.py",
        "workloads/json/my-server.py",
    }
    assert not [file for file in made if "new-baseline" in file.read_text()]


@dataclass(frozen=True)
class Server:
    """A baseline that was just made, running."""

    process: subprocess.Popen
    port: int

    def get(self, path: str) -> Reply:
        """Ask once."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers.get_content_type(), answer.read())
        connection.close()
        return reply


@pytest.fixture
def server(checkout: Path) -> Iterator[Server]:
    """Make a baseline and start it as its baseline.toml says."""
    new_baseline.make("my-server", checkout, TEMPLATE)
    folder = checkout / "baselines" / "my-server"
    values = {
        "{python}": sys.executable,
        "{host}": "127.0.0.1",
        "{port}": "0",
        "{workloads}": str(checkout / "workloads"),
    }
    settings = tomllib.loads((folder / "baseline.toml").read_text())
    words = [*settings["command"], *settings["variants"]["threads"]["arguments"]]
    process = subprocess.Popen(
        [values.get(word, word) for word in words], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    line = process.stderr.readline()
    assert line.startswith("listening on http://127.0.0.1:"), line + process.stderr.read()
    yield Server(process, int(line.rsplit(":", 1)[1]))
    process.kill()
    process.wait()
    process.stderr.close()


def test_a_new_baseline_gives_the_replies_that_its_workloads_ask_for(server: Server) -> None:
    wrong = []
    for workload in ("hello", "json"):
        for asked in exchanges(ROOT / "workloads" / workload, "my-server")[workload]:
            question = drawn(asked, random.Random(1))
            wrong.append(complaint(asked, question, server.get(question.path)))
            assert server.get(question.path).body == (asked.literal or asked.texts[0].encode())
    assert wrong == ["", ""]


def test_a_new_baseline_says_what_it_is(server: Server) -> None:
    facts = json.loads(server.get("/__assay__").body)
    assert (facts["baseline"], facts["python"]) == ("my-server", platform.python_version())


def test_a_path_that_no_workload_has_is_404(server: Server) -> None:
    assert server.get("/hello/you").status == 404


def test_sigterm_ends_a_new_baseline_with_status_0(server: Server) -> None:
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=10) == 0


def test_the_command_refuses_a_bad_name_with_one_sentence() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "new-baseline"), "Falcon"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith('error: "Falcon" is not a name') and "\n  " not in done.stderr


def test_the_command_can_be_read_by_the_python_that_a_mac_comes_with() -> None:
    text = (ROOT / "scripts" / "new-baseline").read_text()
    ast.parse(text, feature_version=(3, 9))
