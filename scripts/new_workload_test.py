"""The making of a workload: names that can be used, and files that carry the name."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from command_file import load
from sources import ROOT

new_workload = load("new-workload")
TEMPLATE = ROOT / "scripts" / "workload_template"


@pytest.mark.parametrize("name", ["echo", "large-body", "h2", "a"])
def test_a_plain_name_is_accepted(tmp_path: Path, name: str) -> None:
    assert new_workload.refusal(name, tmp_path) is None


@pytest.mark.parametrize(
    "name", ["", "Echo", "2fast", "-x", "x-", "a--b", "a_b", "../x", "a/b", "new", "é", "a\n"]
)
def test_a_name_that_cannot_be_folder_route_and_namespace_is_refused(
    tmp_path: Path, name: str
) -> None:
    assert new_workload.refusal(name, tmp_path) is not None


def test_a_workload_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "echo").mkdir()
    assert new_workload.refusal("echo", tmp_path) == (
        "workloads/echo exists already\n  make bench WORKLOAD=echo"
    )


def test_every_file_carries_the_name_and_none_the_template_s(tmp_path: Path) -> None:
    made = new_workload.make("large-body", tmp_path, TEMPLATE)
    texts = {file.name: file.read_text() for file in made}
    assert set(texts) >= {"workload.toml", "reference.cpp", "fastapi.py", "karak.py", "reply.json"}
    for text in texts.values():
        assert "new-workload" not in text and "new_workload" not in text
    assert "namespace assay::workloads::large_body {" in texts["reference.cpp"]
    assert tomllib.loads(texts["workload.toml"])["request"]["path"] == "/large-body"
    assert json.loads(texts["reply.json"]) == {"message": "Hello from large-body"}


def test_the_command_refuses_a_bad_name_with_one_sentence() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "new-workload"), "Echo"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith('error: "Echo" is not a name') and "Traceback" not in done.stderr
