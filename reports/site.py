"""Writes the report: the runs, the claims and, beside them, each run's figures to download.

The only writer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reports.cells_csv import cells_csv
from reports.claim import Claims
from reports.claims_view import claims_view
from reports.document import Document
from reports.host_runs import Bench, benches
from reports.input_error import InputError
from reports.page import claims_page, page
from reports.provenance import moment_text
from reports.result_file import ResultFile, Results
from reports.row_ruling import row_rulings
from reports.ruling import Ruling
from reports.run_view import anchor_of, run_view


def write_site(
    results: Results,
    documents: dict[str, Document],
    claims: Claims,
    output: Path,
    say: Callable[[str], None],
) -> Path:
    """Write pages and downloads below `output` and return the path of the page of runs."""
    files = results.files
    shown = shown_in_full(files)
    views = []
    for number, file in enumerate(shown, start=1):
        say(f"drawing {file.folder}")
        bench = bench_of(file, results)
        ruled = _rulings(file, bench, documents, claims)
        views.append(run_view(file, number, documents, ruled, bench.runs.runs))
    earlier = tuple(
        (moment_text(file.run.started), file.run.plan, file.folder)
        for file in files
        if file not in shown
    )
    say(f"writing {output}")
    try:
        for file in files:
            _write_downloads(file, output)
        _write(output / "claims.html", _claims_text(results, documents, claims))
        return _write(output / "index.html", page(tuple(views), earlier, results.notices))
    except OSError as error:
        raise InputError.not_writable(output, error.strerror or "unknown reason") from None


def bench_of(file: ResultFile, results: Results) -> Bench:
    """Return the host of a run."""
    host = file.run.host.id
    return next(each for each in benches(results.files) if each.host.id == host)


def _rulings(
    file: ResultFile, bench: Bench, documents: dict[str, Document], claims: Claims
) -> tuple[Ruling, ...]:
    """Return what is to be said of the rows, if the run is the one that stands for its plan."""
    document = documents.get(file.run.document or "")
    table = document.table(file.run.table) if document else None
    if table is None or file not in bench.files.values():
        return ()
    return row_rulings(claims, bench, file.run.plan, table)


def _claims_text(results: Results, documents: dict[str, Document], claims: Claims) -> str:
    """Return the page of claims; all runs that stand for a plan are shown in full."""
    titles = {name: document.document.title for name, document in documents.items()}
    shown = enumerate(shown_in_full(results.files), start=1)
    links = {file.folder: f"index.html#{anchor_of(number)}" for number, file in shown}
    views = tuple(
        claims_view(claims, titles, links, bench, number)
        for number, bench in enumerate(benches(results.files), start=1)
    )
    return claims_page(views, claims.rule.text, results.notices)


def shown_in_full(files: tuple[ResultFile, ...]) -> tuple[ResultFile, ...]:
    """Return each host's newest run of each plan and, if that is another, the one that stands."""
    standing = [file for bench in benches(files) for file in bench.files.values()]
    newest: dict[tuple[str, str], ResultFile] = {}
    for file in files:
        newest.setdefault((file.run.host.id, file.run.plan), file)
    return tuple(file for file in files if file in standing or file in newest.values())


def _write_downloads(file: ResultFile, output: Path) -> None:
    folder = output / "runs" / file.folder
    _write(folder / "result.json", file.text)
    _write(folder / "cells.csv", cells_csv(file.run))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
