"""Writes the report: the page and, beside it, each run's figures to download. The only writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reports.cells_csv import cells_csv
from reports.document import Document
from reports.input_error import InputError
from reports.page import page
from reports.provenance import moment_text
from reports.result_file import ResultFile, Results
from reports.run_view import run_view


def write_site(
    results: Results,
    documents: dict[str, Document],
    output: Path,
    say: Callable[[str], None],
) -> Path:
    """Write page and downloads below `output` and return the page's path."""
    files = results.files
    shown = shown_in_full(files)
    views = []
    for number, file in enumerate(shown, start=1):
        say(f"drawing {file.folder}")
        views.append(run_view(file, number, documents))
    earlier = tuple(
        (moment_text(file.run.started), file.run.plan, file.folder)
        for file in files
        if file not in shown
    )
    say(f"writing {output}")
    try:
        for file in files:
            _write_downloads(file, output)
        return _write(output / "index.html", page(tuple(views), earlier, results.notices))
    except OSError as error:
        raise InputError.not_writable(output, error.strerror or "unknown reason") from None


def shown_in_full(files: tuple[ResultFile, ...]) -> tuple[ResultFile, ...]:
    """Return each host's newest run of each plan and, if that was cut off, its newest whole one."""
    shown = []
    seen: set[tuple[str, str]] = set()
    whole: set[tuple[str, str]] = set()
    for file in files:
        key = (file.run.host.id, file.run.plan)
        if key not in seen or (file.run.complete and key not in whole):
            shown.append(file)
        seen.add(key)
        if file.run.complete:
            whole.add(key)
    return tuple(shown)


def _write_downloads(file: ResultFile, output: Path) -> None:
    folder = output / "runs" / file.folder
    _write(folder / "result.json", file.text)
    _write(folder / "cells.csv", cells_csv(file.run))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
