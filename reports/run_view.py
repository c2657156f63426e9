"""All that the page shows of one run, gathered from the modules that compute its parts. Pure but
for the figures, which matplotlib draws in memory."""

from __future__ import annotations

from dataclasses import dataclass

from reports import provenance
from reports.cell_table import CellGroup, cell_groups
from reports.document import Document, Table
from reports.method import limits, method
from reports.original_table import OriginalTable, original_table
from reports.rate_figure import marks, rate_figure, span
from reports.ratio_table import RatioGroup, ratio_groups
from reports.result import Run, Workload
from reports.result_file import ResultFile
from reports.ruling import Ruling


@dataclass(frozen=True)
class FigureView:
    """A figure and what stands above it."""

    workload: str
    load: str
    svg: str


@dataclass(frozen=True)
class RunView:
    """One run, ready for the templates; `anchor` is unique on the page."""

    anchor: str
    run: Run
    moment: str
    folder: str
    original: OriginalTable | None
    original_missing: str
    figures: tuple[FigureView, ...]
    cells: tuple[CellGroup, ...]
    ratios: tuple[RatioGroup, ...]
    baselines: tuple[provenance.BaselineFacts, ...]
    host: tuple[tuple[str, str], ...]
    program: tuple[tuple[str, str], ...]
    method: tuple[str, ...]
    limits: tuple[str, ...]


def run_view(
    file: ResultFile,
    number: int,
    documents: dict[str, Document],
    rulings: tuple[Ruling, ...] = (),
) -> RunView:
    """Return the view of a run, the `number`-th on its page; `rulings` are those of its plan."""
    run = file.run
    document = documents.get(run.document or "")
    table = document.table(run.table) if document else None
    return RunView(
        anchor=anchor_of(number),
        run=run,
        moment=provenance.moment_text(run.started),
        folder=file.folder,
        original=original_table(run, document, table, rulings) if document and table else None,
        original_missing=_original_missing(run, table),
        figures=tuple(
            figure for w in run.workloads for figure in _figures(run, w, anchor_of(number))
        ),
        cells=cell_groups(run),
        ratios=ratio_groups(run),
        baselines=provenance.baseline_facts(run),
        host=provenance.host_facts(run),
        program=provenance.program_facts(run),
        method=method(run),
        limits=limits(run, document, table),
    )


def anchor_of(number: int) -> str:
    """Return the name of the `number`-th run on its page."""
    return f"run-{number}"


def _original_missing(run: Run, table: Table | None) -> str:
    if table is not None:
        return ""
    if not run.document:
        return f"Plan {run.plan} belongs to no document, so there is nothing to set beside it."
    return (
        f"This run belongs to table {run.table} of {run.document}, "
        "which is not among the documents that this report was given."
    )


def _figures(run: Run, workload: Workload, anchor: str) -> tuple[FigureView, ...]:
    rows = {load: marks(run, workload, load) for load in run.loads}
    ends = span(tuple(row for some in rows.values() for row in some))
    if ends is None:
        return ()
    return tuple(
        FigureView(
            workload.title,
            load.title,
            rate_figure(
                some,
                ends,
                f"{anchor}-{workload.name}-{load.name}",
                f"Rates of {workload.name}: {load.title}",
            ),
        )
        for load, some in rows.items()
        if some
    )
