"""Each row of a document's table is tried by what can be told on another machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reports.claim_file import read_claims
from reports.conftest import DOCUMENTS
from reports.document_file import read_documents
from reports.host_runs import Bench
from reports.invented_run import HOST, around, invented_run
from reports.result import Load, Run
from reports.result_file import ResultFile
from reports.row_ruling import row_rulings
from reports.ruling import Ruling, ruling_on

CLAIMS = read_claims(DOCUMENTS)
PUBLISHED = read_documents(DOCUMENTS)
FORTY = Load("as-documented", "40 at a time", 40, False, "urllib-pool", 1000)
RATES = {4: 300, 8: 590, 16: 640, 32: 690}


def threads_run(cores: int) -> Run:
    rates = {("cpu", f"karak@workers-{n}", FORTY.name): around(rate) for n, rate in RATES.items()}
    run = invented_run("karak-thread-scaling", rates, (FORTY,), replace(HOST, cores=cores))
    return replace(run, document="karak", table="thread-scaling")


def by_row(run: Run) -> dict[str, Ruling | None]:
    table = PUBLISHED["karak"].table("thread-scaling")
    assert table is not None
    bench = Bench(run.host, {run.plan: ResultFile(Path("r"), "", run)})
    found = row_rulings(CLAIMS, bench, run.plan, table)
    return {row.scenario: ruling_on(row, table, found) for row in table.rows}


def test_rows_of_one_figure_are_judged_by_their_ratio_to_the_one_they_are_compared_with() -> None:
    rows = by_row(threads_run(cores=48))
    assert rows.pop("4 workers") is None  # a rate of another machine, and the others' base
    words = {row: ruling.chip.word for row, ruling in rows.items() if ruling}
    assert words == dict.fromkeys(("8 workers", "16 workers", "32 workers"), "reproduced")


def test_a_host_without_the_cores_of_the_claim_judges_no_row_of_it() -> None:
    rows = by_row(threads_run(cores=2))
    assert rows.pop("4 workers") is None
    reasons = {ruling.why for ruling in rows.values() if ruling}
    assert reasons == {"this host has 2 of the 12 cores that it needs"}
