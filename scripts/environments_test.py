"""Environments are made when something changed, left alone otherwise, and never stop the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import environments
import pytest
from interpreter_facts import InterpreterFacts

THREADED = {"python": "/opt/python3.13t", "version": "3.13.5", "build": "pgo+lto", "reason": ""}
NO_THREADED = {"python": None, "version": "", "build": "", "reason": "no source package; set it"}


@dataclass
class Commands:
    """Stands in for venv and pip: keeps the commands, makes the program, ends as it is told."""

    statuses: dict[str, int] = field(default_factory=dict)
    output: str = ""
    seen: list[str] = field(default_factory=list)

    def __call__(
        self, command: Sequence[str], log: Path, folder: Path | None = None, search: str = ""
    ) -> int:
        """Run one command."""
        self.seen.append(" ".join(command))
        log.write_text(self.output)
        if command[2] == "venv":
            program = Path(command[3]) / "bin" / "python"
            program.parent.mkdir(parents=True)
            program.touch()
        return self.statuses.get(command[2], 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one baseline, a report and an interpreter."""
    write(tmp_path / ".venv/free-threaded.json", json.dumps(THREADED))
    write(tmp_path / "reports/requirements.txt", "jinja2==3\n")
    baseline(tmp_path, "karak", 'interpreter = "free-threaded"\n')
    return tmp_path


def write(path: Path, text: str) -> None:
    """Write a file and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def baseline(root: Path, name: str, settings: str, lock: str | None = "karak==0.1.0\n") -> None:
    """Write a baseline's two files."""
    write(root / "baselines" / name / "baseline.toml", settings)
    if lock is not None:
        write(root / "baselines" / name / "requirements.txt", lock)


def record(root: Path, name: str) -> dict[str, Any]:
    """Read what the laboratory reads."""
    return json.loads((root / ".venv" / f"{name}.json").read_text())


def test_a_second_set_up_runs_nothing_and_says_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = Commands(), Commands()
    assert environments.set_up(["baselines", "reports"], root, first) == 0
    capsys.readouterr()
    assert environments.set_up(["baselines", "reports"], root, second) == 0
    assert len(first.seen) == 4
    assert second.seen == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("baselines/karak/requirements.txt", "karak==0.1.1\n"),
        ("baselines/karak/baseline.toml", 'interpreter = "free-threaded"\npip = ["--no-compile"]'),
        ("baselines/karak/baseline.toml", 'interpreter = "system"\n'),
        (".venv/free-threaded.json", json.dumps(THREADED | {"version": "3.13.6"})),
        (".venv/free-threaded.json", json.dumps(THREADED | {"python": "/other/python3.13t"})),
    ],
)
def test_an_environment_is_made_anew_when_what_it_is_made_from_changes(
    root: Path, path: str, text: str
) -> None:
    environments.set_up(["baselines"], root, Commands())
    (root / path).write_text(text)
    again = Commands()
    environments.set_up(["baselines"], root, again)
    assert len(again.seen) == 2


def test_an_environment_that_was_cut_off_is_made_anew(root: Path) -> None:
    environments.set_up(["baselines"], root, Commands(statuses={"pip": 1}))
    again = Commands()
    environments.set_up(["baselines"], root, again)
    assert len(again.seen) == 2
    assert record(root, "karak")["python"] == str(root / ".venv/karak/bin/python")


def test_the_locks_are_complete_so_pip_resolves_nothing(root: Path) -> None:
    baseline(root, "freetser", 'interpreter = "system"\npip = ["--ignore-requires-python"]\n')
    commands = Commands()
    environments.set_up(["baselines"], root, commands)
    installs = [command for command in commands.seen if " -m pip " in command]
    assert all(" --no-deps " in command for command in installs)
    assert ["--ignore-requires-python" in command for command in sorted(installs)] == [True, False]


def test_a_baseline_is_recorded_with_its_interpreter_and_how_that_was_built(root: Path) -> None:
    environments.set_up(["baselines"], root, Commands(), lambda _: InterpreterFacts(4210.5, False))
    assert record(root, "karak") == {
        "python": str(root / ".venv/karak/bin/python"),
        "program": str(root / ".venv/karak/bin/python"),
        "version": "3.13.5",
        "build": "pgo+lto",
        "reason": "",
        "loop_us": 4210.5,
        "gil_before": False,
    }


def test_without_the_interpreter_each_baseline_that_wants_it_gets_the_reason(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline(root, "fastapi", 'interpreter = "free-threaded"\n')
    write(root / ".venv/free-threaded.json", json.dumps(NO_THREADED))
    commands = Commands()
    assert environments.set_up(["baselines"], root, commands) == 0
    assert commands.seen == []
    for name in ("karak", "fastapi"):
        found = record(root, name)
        assert (found["program"], found["reason"]) == (None, "no source package; set it")
    warnings = [line for line in capsys.readouterr().err.splitlines() if "warning" in line]
    assert warnings == [
        "setup: warning: fastapi will print a dash: no source package; set it",
        "setup: warning: karak will print a dash: no source package; set it",
    ]


def test_a_baseline_that_cannot_be_installed_stops_nothing_else(root: Path) -> None:
    commands = Commands(statuses={"pip": 1}, output="ERROR: No matching distribution for karak\n")
    assert environments.set_up(["baselines"], root, commands) == 0
    reason = record(root, "karak")["reason"]
    assert reason is not None
    assert "No matching distribution for karak" in reason
    assert "build/logs/setup-environment-karak.log" in reason


def test_a_machine_without_network_reads_a_sentence(root: Path) -> None:
    commands = Commands(
        statuses={"pip": 1}, output="NewConnectionError(': ...')\nERROR: No match\n"
    )
    environments.set_up(["baselines"], root, commands)
    reason = record(root, "karak")["reason"]
    assert reason is not None
    assert reason.startswith("no package server answered: check the network, then: make setup")


def test_a_report_without_its_environment_is_an_error(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert environments.set_up(["reports"], root, Commands(statuses={"venv": 1})) == 2
    assert 'the set-up step "environment reports"' in capsys.readouterr().err


def test_a_baseline_without_python_gets_neither_environment_nor_record(root: Path) -> None:
    baseline(root, "reference", 'interpreter = "none"\n', lock=None)
    environments.set_up(["baselines"], root, Commands())
    assert not (root / ".venv/reference.json").exists()


def test_a_baseline_without_packages_runs_on_the_interpreter_itself(root: Path) -> None:
    baseline(root, "barq", 'interpreter = "free-threaded"\n', lock=None)
    environments.set_up(["baselines"], root, Commands())
    assert record(root, "barq")["python"] == "/opt/python3.13t"


def test_a_baseline_file_that_cannot_be_read_is_its_own_reason(root: Path) -> None:
    baseline(root, "karak", "interpreter = \n")
    assert environments.set_up(["baselines"], root, Commands()) == 0
    reason = record(root, "karak")["reason"]
    assert reason is not None
    assert reason.startswith("baselines/karak/baseline.toml: ")


VARIANTS = """
interpreter = "free-threaded"
[variants.as-documented]
[variants.plain]
interpreter = "system"
requirements = "requirements-plain.txt"
[variants.plain-processes]
interpreter = "system"
requirements = "requirements-plain.txt"
"""


def test_each_requirements_file_of_a_baseline_is_an_environment_with_its_interpreter(
    root: Path,
) -> None:
    baseline(root, "karak", VARIANTS)
    write(root / "baselines/karak/requirements-plain.txt", "karak==0.2.0\n")
    commands = Commands()
    assert environments.set_up(["baselines"], root, commands) == 0
    interpreters = {
        command.split(" -m venv ")[0] for command in commands.seen if "venv " in command
    }
    assert interpreters == {"/opt/python3.13t", sys.executable}
    assert record(root, "karak")["version"] == "3.13.5"
    assert record(root, "karak-plain")["program"] == str(root / ".venv/karak-plain/bin/python")
    assert (root / ".venv/karak/requirements.txt").read_text() == "karak==0.1.0\n"
    assert (root / ".venv/karak-plain/requirements.txt").read_text() == "karak==0.2.0\n"


def test_a_change_of_one_requirements_file_leaves_the_other_environment_alone(root: Path) -> None:
    baseline(root, "karak", VARIANTS)
    write(root / "baselines/karak/requirements-plain.txt", "karak==0.2.0\n")
    environments.set_up(["baselines"], root, Commands())
    write(root / "baselines/karak/requirements-plain.txt", "karak==0.3.0\n")
    again = Commands()
    environments.set_up(["baselines"], root, again)
    assert len(again.seen) == 2
    assert all(str(root / ".venv/karak-plain") in command for command in again.seen)


@pytest.mark.parametrize(
    ("variant", "reason"),
    [
        (
            'interpreter = "system"',
            "variants.v: requirements.txt is for another interpreter already",
        ),
        ('requirements = "r.txt"', "variants.v: 'r.txt' is not named requirements-SUFFIX.txt"),
        (
            'requirements = "requirements-tuned.txt"',
            "a variant names requirements-tuned.txt, and there is none",
        ),
    ],
)
def test_a_variant_that_cannot_have_its_environment_is_the_baseline_s_reason(
    root: Path, variant: str, reason: str
) -> None:
    baseline(root, "karak", f'interpreter = "free-threaded"\n[variants.v]\n{variant}\n')
    assert environments.set_up(["baselines"], root, Commands()) == 0
    assert record(root, "karak")["reason"] == f"baselines/karak/baseline.toml: {reason}"


def test_an_interpreter_is_measured_once_for_all_its_environments_and_not_again(root: Path) -> None:
    baseline(root, "fastapi", 'interpreter = "free-threaded"\n', "fastapi==0.133.1\n")
    asked: list[str] = []

    def ask(python: str) -> InterpreterFacts:
        asked.append(python)
        return InterpreterFacts(4210.5, False)

    environments.set_up(["baselines"], root, Commands(), ask)
    assert record(root, "karak")["loop_us"] == record(root, "fastapi")["loop_us"] == 4210.5
    environments.set_up(["baselines"], root, Commands(), ask)
    assert asked == ["/opt/python3.13t"]
    assert record(root, "karak")["loop_us"] == 4210.5


def test_an_interpreter_that_did_not_answer_is_asked_again(root: Path) -> None:
    environments.set_up(["baselines"], root, Commands(), lambda _: InterpreterFacts(None, None))
    assert record(root, "karak")["loop_us"] is None
    environments.set_up(["baselines"], root, Commands(), lambda _: InterpreterFacts(4210.5, False))
    assert record(root, "karak")["loop_us"] == 4210.5


def test_another_interpreter_is_measured_anew(root: Path) -> None:
    environments.set_up(["baselines"], root, Commands(), lambda _: InterpreterFacts(4210.5, False))
    write(root / ".venv/free-threaded.json", json.dumps(THREADED | {"python": "/other/python"}))
    environments.set_up(["baselines"], root, Commands(), lambda _: InterpreterFacts(3100.0, False))
    assert record(root, "karak")["loop_us"] == 3100.0


def test_what_is_made_or_found_instead_of_python_is_recorded_beside_the_environments(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = 'interpreter = "none"\n[program]\nneeds = "no-such-tool"\nremedy = "install Go"\n'
    baseline(root, "go", settings, lock=None)
    assert environments.set_up(["baselines"], root, Commands()) == 0
    reason = "no-such-tool is not installed: install Go, then: make setup"
    assert (record(root, "go")["program"], record(root, "go")["reason"]) == (None, reason)
    assert f"setup: warning: go will print a dash: {reason}" in capsys.readouterr().err
    assert record(root, "karak")["version"] == "3.13.5"


def test_an_unknown_group_is_named_beside_those_that_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert environments.main(["benhc"]) == 2
    assert capsys.readouterr().err == (
        'error: there is no group of environments "benhc"\n'
        "  type: environments.py baselines examples reports tools\n"
    )
