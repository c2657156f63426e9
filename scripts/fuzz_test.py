"""What fuzz runs and what it makes of the outcome, with small programs in place of libFuzzer's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command_file import load

fuzz_command = load("fuzz")

# What libFuzzer 14 prints at the end of a run, and of one that found something.
QUIET_END = """\
#4194304	pulse  cov: 97 ft: 320 corp: 61/1870b lim: 4096 exec/s: 1398101 rss: 400Mb
#8000001	DONE   cov: 99 ft: 331 corp: 64/1901b lim: 4096 exec/s: 131147 rss: 411Mb
Done 8000001 runs in 61 second(s)
stat::number_of_executed_units: 8000001
stat::average_exec_per_sec:     131147
stat::new_units_added:          12
"""
CRASH = """\
==7==ERROR: AddressSanitizer: heap-buffer-overflow
artifact_prefix='build/fuzz/findings/query-'; Test unit written to build/fuzz/findings/query-crash-1
stat::number_of_executed_units: 311
stat::new_units_added:          2
"""


def program(root: Path, name: str, text: str = QUIET_END, status: int = 0) -> None:
    """Put a fuzz program into a small tree that notes its arguments, prints and ends."""
    path = root / "build/fuzz/bin" / f"{name}_fuzz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        f"Path('{name}.arguments').write_text('\\n'.join(sys.argv[1:]))\n"
        f"print({text!r}, file=sys.stderr)\nsys.exit({status})\n"
    )
    path.chmod(0o755)


def call(root: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Return the exit status of a command line."""
    monkeypatch.setattr(sys, "argv", ["scripts/fuzz", *arguments])
    try:
        return fuzz_command.main(root)
    except SystemExit as end:
        return int(end.code or 0)


def test_a_target_is_a_built_program_with_every_folder_of_seeds_of_its_name(
    tmp_path: Path,
) -> None:
    program(tmp_path, "query")
    program(tmp_path, "head")
    (tmp_path / "build/fuzz/bin/assay").write_text("")
    for folder in ("server/wire/seeds/query", "harness/load/seeds/query", "build/seeds/head"):
        (tmp_path / folder).mkdir(parents=True)
    head, query = fuzz_command.targets(tmp_path)
    assert (head.name, head.seeds) == ("head", ())
    assert query.program == Path("build/fuzz/bin/query_fuzz")
    assert query.seeds == (Path("harness/load/seeds/query"), Path("server/wire/seeds/query"))


def test_a_program_gets_its_time_its_limits_and_its_corpus_before_the_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "query")
    (tmp_path / "server/wire/seeds/query").mkdir(parents=True)
    assert call(tmp_path, monkeypatch, "--seconds", "7") == 0
    assert (tmp_path / "query.arguments").read_text().splitlines() == [
        "-max_total_time=7",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        "-artifact_prefix=build/fuzz/findings/query-",
        "build/fuzz/corpus/query",
        "server/wire/seeds/query",
    ]
    assert (tmp_path / "build/fuzz/corpus/query").is_dir()
    assert (tmp_path / "build/fuzz/findings").is_dir()


def test_a_quiet_run_is_a_line_for_each_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "query")
    (tmp_path / "server/wire/seeds/query").mkdir(parents=True)
    assert call(tmp_path, monkeypatch) == 0
    assert capsys.readouterr().out.splitlines() == [
        "fuzz: 60 s each, 1 at once: query",
        "query                 8000001 executions     12 new inputs   coverage     99",
    ]


def test_a_target_without_seeds_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "query")
    assert call(tmp_path, monkeypatch) == 0
    assert capsys.readouterr().out.endswith("coverage     99   no seeds\n")


def test_a_finding_is_named_with_the_command_that_repeats_it_and_the_others_still_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "head")
    program(tmp_path, "query", CRASH, 77)
    assert call(tmp_path, monkeypatch) == 1
    printed = capsys.readouterr()
    assert "head " in printed.out
    assert "query                     311 executions      2 new inputs   coverage      -" in (
        printed.out
    )
    assert printed.err == (
        "error: build/fuzz/bin/query_fuzz fails on build/fuzz/findings/query-crash-1\n"
        "  see it:      build/fuzz/bin/query_fuzz build/fuzz/findings/query-crash-1\n"
        "  first time:  build/fuzz/logs/query.log\n"
    )
    assert "heap-buffer-overflow" in (tmp_path / "build/fuzz/logs/query.log").read_text()


def test_a_program_that_breaks_down_without_an_input_is_an_error_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "query", "error while loading shared libraries", 127)
    assert call(tmp_path, monkeypatch) == 1
    assert capsys.readouterr().err == (
        "error: build/fuzz/bin/query_fuzz ended with status 127 and left no input\n"
        "  read why:    tail -50 build/fuzz/logs/query.log\n"
    )


def test_one_target_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "head")
    program(tmp_path, "query")
    assert call(tmp_path, monkeypatch, "--only", "query") == 0
    assert (tmp_path / "query.arguments").exists()
    assert not (tmp_path / "head.arguments").exists()


@pytest.mark.parametrize("seconds", ["0", "-1", "x", "1.5", ""])
def test_seconds_that_are_no_number_from_one_on_are_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    program(tmp_path, "query")
    assert call(tmp_path, monkeypatch, f"--seconds={seconds}") == 2
    assert not (tmp_path / "query.arguments").exists()


def test_an_unknown_target_is_wrong_usage_and_the_known_ones_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "head")
    program(tmp_path, "query")
    assert call(tmp_path, monkeypatch, "--only", "qurey") == 2
    assert 'there is no target "qurey"; there are: head, query' in capsys.readouterr().err


def test_nothing_built_is_said_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, monkeypatch) == 2
    assert capsys.readouterr().err == (
        "error: there is no program in build/fuzz/bin\n  make build PRESET=fuzz\n"
    )
