"""Programs are built when something changed, found where that is enough, and stop nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import programs
import pytest
from baseline_record import Record
from logged_run import logged_run

BUILT = """
interpreter = "none"
[program]
needs = "sh"
remedy = "install a shell"
build = ["sh", "-c", "cat workloads/* main.txt > {out}"]
version = ["sh", "-c", "echo shell 1; echo more"]
"""
FOUND = '[program]\nneeds = "sh"\nversion = ["sh", "-c", "echo version 2 >&2"]\n'


@dataclass
class Commands:
    """Runs what it is told to, and counts."""

    seen: list[Sequence[str]] = field(default_factory=list)

    def __call__(
        self, command: Sequence[str], log: Path, folder: Path | None = None, search: str = ""
    ) -> int:
        """Run one command."""
        self.seen.append(command)
        return logged_run(command, log, folder, search)


def write(path: Path, text: str) -> None:
    """Write a file and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one program of two workloads."""
    write(tmp_path / "baselines/go/baseline.toml", BUILT)
    write(tmp_path / "baselines/go/main.txt", "main\n")
    write(tmp_path / "workloads/hello/go.go", "hello\n")
    write(tmp_path / "workloads/no-db/go.go", "no-db\n")
    write(tmp_path / "workloads/no-db/node.mjs", "another's\n")
    return tmp_path


def made(
    root: Path, run: Commands | None = None, version: programs.VersionOf = programs.version_of
) -> Record:
    """Bring the one program up to date and return its record."""
    (program,) = programs.programs_of(root)
    found = programs.build_of(program, root, version)
    if isinstance(found, Record):
        return found
    problem = "" if found.is_current() else found.make(run or Commands())
    return found.record(problem)


def test_a_program_is_built_from_its_baseline_and_every_workload_that_has_a_file_for_it(
    root: Path,
) -> None:
    record = made(root)
    out = root / "build/baselines/go/bin/go"
    assert record.program == str(out)
    assert (record.version, record.reason) == ("shell 1", "")
    assert out.read_text() == "hello\nno-db\nmain\n"
    assert (root / "build/baselines/go/workloads/no-db.go").read_text() == "no-db\n"


def test_a_second_set_up_builds_nothing(root: Path) -> None:
    first = made(root)
    again = Commands()
    assert made(root, again) == first
    assert again.seen == []


@pytest.mark.parametrize(
    ("path", "text", "built"),
    [
        ("baselines/go/main.txt", "other\n", "hello\nno-db\nother\n"),
        ("workloads/hello/go.go", "hi\n", "hi\nno-db\nmain\n"),
        ("workloads/echo/go.go", "echo\n", "echo\nhello\nno-db\nmain\n"),
        ("baselines/go/baseline.toml", BUILT.replace("cat", "cat -u"), None),
    ],
)
def test_a_program_is_built_anew_when_what_it_is_made_from_changes(
    root: Path, path: str, text: str, built: str | None
) -> None:
    made(root)
    write(root / path, text)
    again = Commands()
    record = made(root, again)
    assert len(again.seen) == 1
    assert Path(record.program or "").read_text() == (built or "hello\nno-db\nmain\n")


def test_a_program_is_built_anew_by_a_newer_tool(root: Path) -> None:
    made(root)
    again = Commands()
    assert made(root, again, lambda *_: "shell 2").version == "shell 2"
    assert len(again.seen) == 1


def test_a_title_in_its_description_is_no_reason_to_build_it_anew(root: Path) -> None:
    made(root)
    write(root / "baselines/go/baseline.toml", 'title = "Go"\n' + BUILT)
    again = Commands()
    made(root, again)
    assert again.seen == []


def test_a_workload_that_was_taken_away_is_no_longer_built(root: Path) -> None:
    made(root)
    (root / "workloads/hello/go.go").unlink()
    assert Path(made(root).program or "").read_text() == "no-db\nmain\n"


def test_what_the_tool_leaves_in_the_build_folder_stays_for_the_next_build(root: Path) -> None:
    made(root)
    write(root / "build/baselines/go/target/object", "long to make")
    write(root / "baselines/go/main.txt", "other\n")
    made(root)
    assert (root / "build/baselines/go/target/object").read_text() == "long to make"


def test_a_developer_s_own_build_beside_the_sources_is_no_source(root: Path) -> None:
    made(root)
    write(root / "baselines/go/target/release/go", "object")
    again = Commands()
    made(root, again)
    assert again.seen == []


def test_a_build_that_ends_badly_says_why_and_is_tried_again(root: Path) -> None:
    script = "echo 'error: no such crate' >&2; touch {out}; exit 1"
    write(
        root / "baselines/go/baseline.toml",
        BUILT.replace("cat workloads/* main.txt > {out}", script),
    )
    record = made(root)
    assert record.program is None
    assert record.reason == (
        "it could not be built: error: no such crate (build/logs/setup-program-go.log)"
    )
    again = Commands()
    made(root, again)
    assert len(again.seen) == 1


def test_what_a_failed_build_left_is_not_taken_for_the_build_before_it(root: Path) -> None:
    good = BUILT.replace("cat", "! grep -q bad main.txt && cat").replace(
        "{out}", "{out} || ! touch {out}"
    )
    write(root / "baselines/go/baseline.toml", good)
    made(root)
    write(root / "baselines/go/main.txt", "bad\n")
    assert made(root).program is None
    write(root / "baselines/go/main.txt", "main\n")
    assert Path(made(root).program or "").read_text() == "hello\nno-db\nmain\n"


def test_a_build_that_makes_nothing_did_not_succeed(root: Path) -> None:
    write(root / "baselines/go/baseline.toml", BUILT.replace("> {out}", "> other"))
    assert made(root).reason.startswith("it could not be built: nice sh -c cat")


def test_a_build_without_network_reads_a_sentence(root: Path) -> None:
    script = "echo '  Could not resolve host: index.test' >&2; exit 101"
    write(
        root / "baselines/go/baseline.toml",
        BUILT.replace("cat workloads/* main.txt > {out}", script),
    )
    assert made(root).reason.startswith("no package server answered: check the network")


def test_a_missing_tool_is_a_reason_with_its_remedy(root: Path) -> None:
    write(root / "baselines/go/baseline.toml", BUILT.replace('"sh"\n', '"no-such-tool"\n'))
    assert made(root) == Record(
        None, reason="no-such-tool is not installed: install a shell, then: make setup"
    )


def test_a_tool_whose_version_will_not_do_is_a_reason_with_its_remedy(root: Path) -> None:
    old = FOUND.replace("echo version 2 >&2", "echo version 1; exit 1")
    write(root / "baselines/go/baseline.toml", old + 'remedy = "install version 2"\n')
    record = made(root)
    assert record.program is None
    assert record.reason.endswith("is too old or does not run: install version 2, then: make setup")


def test_a_build_s_last_words_are_the_reason_where_it_calls_nothing_an_error(root: Path) -> None:
    script = "echo go.mod requires go 1.22 >&2; exit 1"
    write(
        root / "baselines/go/baseline.toml",
        BUILT.replace("cat workloads/* main.txt > {out}", script),
    )
    assert made(root).reason == (
        "it could not be built: go.mod requires go 1.22 (build/logs/setup-program-go.log)"
    )


def test_a_program_that_is_not_built_is_the_one_that_was_found(root: Path) -> None:
    write(root / "baselines/go/baseline.toml", FOUND)
    record = made(root)
    assert Path(record.program or "").name == "sh"
    assert (record.version, record.build) == ("version 2", "as found")


def test_a_tool_is_looked_for_in_the_usual_places_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "place/only-here", "#!/bin/sh\n")
    (tmp_path / "place/only-here").chmod(0o755)
    assert programs.found_tool("only-here") is None
    monkeypatch.setattr(programs, "USUAL_PLACES", (str(tmp_path / "place"),))
    assert programs.found_tool("only-here") == tmp_path / "place/only-here"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("[program]\n", '[program] says what it needs: needs = "go"'),
        ('[program]\nneeds = "sh"\nbuild = "make"\n', "program.build is a command, word by word"),
        ('interpreter = "system"\n[program]\nneeds = "sh"\n', "a baseline has an interpreter or"),
    ],
)
def test_a_description_that_cannot_be_read_is_its_own_reason(
    root: Path, settings: str, problem: str
) -> None:
    write(root / "baselines/go/baseline.toml", settings)
    assert made(root).reason.startswith(f"baselines/go/baseline.toml: {problem}")


def test_a_baseline_without_a_program_has_none(root: Path) -> None:
    write(root / "baselines/go/baseline.toml", 'interpreter = "none"\n')
    assert programs.programs_of(root) == []
