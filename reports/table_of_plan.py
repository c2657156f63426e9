"""The document's table of a plan's newest run, judged by that run alone, as text. Pure."""

from __future__ import annotations

from dataclasses import replace

from reports.claim import Claims
from reports.document import Document
from reports.host_runs import benches
from reports.input_error import InputError
from reports.result_file import Results
from reports.row_ruling import row_rulings
from reports.terminal_table import terminal_table


def table_of_plan(
    plan: str, results: Results, documents: dict[str, Document], claims: Claims, width: int
) -> str:
    """Return the table, or nothing where the plan has none. REQUIRES: results are newest first."""
    file = next((each for each in results.files if each.run.plan == plan), None)
    if file is None:
        raise InputError.no_run_of(plan)
    document = documents.get(file.run.document or "")
    table = document.table(file.run.table) if document else None
    if document is None or table is None:
        return ""
    host = file.run.host.id
    bench = next(each for each in benches(results.files) if each.host.id == host)
    bench = replace(bench, files={**bench.files, plan: file})
    rulings = row_rulings(claims, bench, plan, table)
    return terminal_table(file.run, document, table, rulings, bench.runs.runs, width)
