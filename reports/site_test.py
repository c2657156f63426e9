"""The command: what it writes, what it prints, and one sentence for each wrong input."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports.__main__ import main
from reports.conftest import DOCUMENTS, FIXTURES, judged_runs
from reports.document import Document
from reports.invented_run import CLOSE, DOCUMENT
from reports.method import limits, method
from reports.provenance import interpreter_text, moment_text
from reports.quantity import NO_BREAK
from reports.result import Cell, Noise, Run
from reports.result_file import ResultFile, read_results
from reports.site import shown_in_full

Value = dict[str, Any]


def status_of(results: Path, output: Path) -> int:
    arguments = ["--results", results, "--documents", DOCUMENTS, "--output", output]
    return main([str(each) for each in arguments])


def test_the_last_line_is_the_path_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(FIXTURES, tmp_path) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{tmp_path / 'index.html'}\n"
    assert "3 runs" in captured.err


def test_two_reports_of_the_same_results_are_the_same_bytes(
    tmp_path: Path, page_file: Path
) -> None:
    assert status_of(FIXTURES, tmp_path) == 0
    assert (tmp_path / "index.html").read_bytes() == page_file.read_bytes()


def test_the_page_is_small_and_holds_each_result_as_a_download(page_file: Path) -> None:
    assert page_file.stat().st_size < 300_000
    for result in FIXTURES.glob("*/*/result.json"):
        copy = page_file.parent / "runs" / result.relative_to(FIXTURES)
        assert copy.read_bytes() == result.read_bytes()
        assert copy.with_name("cells.csv").is_file()


def test_no_results_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(tmp_path, tmp_path / "out") == 2
    assert capsys.readouterr().err == f"no results in {tmp_path}: run make bench\n"


def _without(value: Value, field: str) -> Value:
    return {key: each for key, each in value.items() if key != field}


def _other_baseline(value: Value) -> Value:
    first, *others = value["cells"]
    return {**value, "cells": [{**first, "baseline": "x@y"}, *others]}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda value: {**value, "schema": 2}, "schema is 2 and this report reads 1"),
        (lambda value: _without(value, "schema"), "schema is None"),
        (lambda value: _without(value, "host"), "host is missing"),
        (lambda value: {**value, "blocks": "7"}, "blocks is not a whole number"),
        (lambda value: {**value, "started": "soon"}, "started is not a time"),
        (_other_baseline, "cells[0].baseline names something"),
        (lambda value: {**value, "duration_s": 10**400}, "duration_s is not a finite number"),
        (lambda _: [], "the file is not an object"),
    ],
)
def test_a_malformed_result_is_one_sentence_with_file_and_field(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    whole_value: Value,
    change: Callable[[Value], Any],
    part: str,
) -> None:
    file = _written(tmp_path, json.dumps(change(whole_value)))
    assert status_of(tmp_path, tmp_path / "out") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(file) in error
    assert part in error


def test_a_file_that_is_no_json_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _written(tmp_path, '{"schema": 1,\n')
    assert status_of(tmp_path, tmp_path / "out") == 2
    assert f"{file}: line 2 is not JSON" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000])
def test_a_file_beyond_what_a_reader_takes_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = _written(tmp_path, text)
    assert status_of(tmp_path, tmp_path / "out") == 2
    assert capsys.readouterr().err.startswith(f"{file}: the file is beyond")


def test_a_malformed_result_is_left_out_and_the_others_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], whole_value: Value
) -> None:
    _written(tmp_path, json.dumps(whole_value))
    file = _written(tmp_path, "{", run="broken")
    assert status_of(tmp_path, tmp_path / "out") == 1
    captured = capsys.readouterr()
    line = f"left out: {file}: line 1 is not JSON"
    assert [each.startswith(line) for each in captured.err.splitlines()].count(True) == 1
    assert captured.out == f"{tmp_path / 'out' / 'index.html'}\n"
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert f'<p class="partial">{line}' in page
    assert whole_value["title"] in page


def test_with_no_readable_result_each_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [_written(tmp_path, "{", run=name) for name in ("a", "b")]
    assert status_of(tmp_path, tmp_path / "out") == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [str(file) for file in files]


def test_a_run_that_was_killed_is_said_to_have_no_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], whole_value: Value
) -> None:
    folder = _written(tmp_path, json.dumps(whole_value)).parent
    (folder / "journal.ndjson").write_text("")
    killed = folder.with_name("killed")
    killed.mkdir()
    (killed / "journal.ndjson").write_text("")
    assert status_of(tmp_path, tmp_path / "out") == 0
    error = capsys.readouterr().err
    assert error.count("no summary: ") == 1
    assert f"no summary: {killed}: " in error
    assert f"no summary: {killed}: " in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_run_of_an_unknown_document_shows_without_its_table(
    tmp_path: Path, whole_value: Value
) -> None:
    _written(tmp_path, json.dumps({**whole_value, "document": "nobody"}))
    assert status_of(tmp_path, tmp_path / "out") == 0
    assert "not among the documents" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_text_of_a_result_is_escaped(tmp_path: Path, whole_value: Value) -> None:
    _written(tmp_path, json.dumps({**whole_value, "title": "<script>alert(1)</script>"}))
    assert status_of(tmp_path, tmp_path / "out") == 0
    assert "<script" not in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_an_output_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert status_of(FIXTURES, tmp_path / "file") == 2
    assert "name another folder with --output" in capsys.readouterr().err


def test_a_cut_off_run_does_not_hide_the_last_whole_one() -> None:
    newest = read_results(FIXTURES).files[0]
    cut, whole, old = (
        _renamed(newest, run=name, started=name, complete=name != "c") for name in ("c", "b", "a")
    )
    assert [file.run.run for file in shown_in_full((cut, whole, old))] == ["c", "b"]


def test_what_a_client_used_is_of_its_core_and_of_a_script_s_of_those_it_could_have_had() -> None:
    run, _ = judged_runs()
    used = {DOCUMENT.name: 0.9, CLOSE.name: 0.7}
    cells = tuple(replace(each, client_cpu=used.get(each.load)) for each in run.cells)
    said = [
        f"{used}; near 100 % the client is what is measured."
        for used in (
            "Assay's own client used up to 70 % of its core",
            "The document's client used up to 90 % of the cores that it could have had",
        )
    ]

    def told(*kept: Cell) -> list[str]:
        found = limits(replace(run, cells=kept), None, None)
        return [each.replace(NO_BREAK, " ") for each in found if " client used " in each]

    assert told(*cells) == said
    assert told(*(each for each in cells if each.load == DOCUMENT.name)) == said[1:]


def test_a_cut_off_run_says_so_among_its_limits(partial: Run) -> None:
    assert limits(partial, None, None)[0] == "The run was cut off after 2 of 7 blocks."


def test_the_method_is_told_in_five_sentences(whole: Run) -> None:
    assert len(method(whole)) == 5
    assert "GET\N{NO-BREAK SPACE}/json (526 bytes)" in method(whole)[0]


def test_the_method_says_all_that_a_verdict_asks_for(whole: Run) -> None:
    interval, verdict = method(whole)[3:]
    assert "ends between trials where 95 % lies (Hettmansperger and Sheather)" in interval
    assert "Hodges-Lehmann centre" in verdict
    plain = verdict.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "excludes 1 and the two differ by more than 3 % (no baseline was measured twice)" in plain
    )


def test_the_method_tells_the_floor_that_the_twins_lay(whole: Run) -> None:
    noisy = replace(whole, noise=Noise(median=0.021, floor=0.042))
    verdict = method(noisy)[4].replace("\N{NO-BREAK SPACE}", " ")
    assert "more than 4.2 % (the larger of 3 % and twice the median distance" in verdict
    assert "above 1.04 or below 1 \N{DIVISION SIGN} 1.04;" in verdict


def test_the_method_and_its_limits_tell_of_a_document_s_client(whole: Run, karak: Document) -> None:
    assert "this run used only Assay's own client" in " ".join(
        limits(whole, karak, karak.tables[0])
    )
    first = replace(whole.loads[0], client="urllib-pool")
    other = replace(whole, loads=(first, *whole.loads[1:]))
    assert "loads of a document's client are sent by that client instead" in method(other)[1]
    assert "this run used urllib-pool" in " ".join(limits(other, karak, karak.tables[0]))


def test_an_interpreter_is_told_with_the_state_of_its_gil(whole: Run) -> None:
    karak = whole.baselines[2]
    assert interpreter_text(karak) == "Python 3.13.5, GIL off, build pgo+lto"
    assert interpreter_text(replace(karak, gil=True, python_build="")) == "Python 3.13.5, GIL on"
    assert interpreter_text(whole.baselines[0]) == "C++20"


def test_a_moment_is_told_in_utc() -> None:
    assert moment_text("2026-11-01T00:30:00+02:00") == "31 October 2026, 22:30 UTC"


def _renamed(file: ResultFile, **changes: object) -> ResultFile:
    return replace(file, run=replace(file.run, **changes))


def _written(results: Path, text: str, run: str = "run") -> Path:
    file = results / "host" / run / "result.json"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file
