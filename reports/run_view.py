"""All that the page shows of one run, gathered from the modules that compute its parts. Pure but
for the figures, which matplotlib draws in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports import provenance
from reports.capacity_view import CapacityGroup, capacity_groups
from reports.cell_table import CellGroup, cell_groups
from reports.conditions import conditions_words
from reports.difference_view import Difference, differences
from reports.document import Document, Table
from reports.latency_view import LatencyView, latency_views
from reports.method import limits, method
from reports.original_table import OriginalTable, original_table
from reports.rate_figure import marks, rate_figure, span
from reports.ratio_table import RatioGroup, ratio_groups
from reports.result import Run, Workload
from reports.result_file import ResultFile
from reports.ruling import Ruling
from reports.scaling_view import ScalingView, scaling_views


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
    conditions: tuple[str, ...]
    original: OriginalTable | None
    original_missing: str
    differences: tuple[Difference, ...]
    latencies: tuple[LatencyView, ...]
    capacities: tuple[CapacityGroup, ...]
    scalings: tuple[ScalingView, ...]
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
    runs: Mapping[str, Run] | None = None,
) -> RunView:
    """Return the view of a run, the `number`-th on its page.

    `rulings` are those of its plan, `runs` those of its host by plan.
    """
    run, anchor = file.run, anchor_of(number)
    document = documents.get(run.document or "")
    table = document.table(run.table) if document else None
    return RunView(
        anchor=anchor,
        run=run,
        moment=provenance.moment_text(run.started),
        folder=file.folder,
        conditions=conditions_words(run),
        original=original_table(run, document, table, rulings) if document and table else None,
        original_missing=_original_missing(run, table),
        differences=differences(run, table, runs or {}, anchor) if table else (),
        latencies=latency_views(run, anchor),
        capacities=capacity_groups(run),
        scalings=scaling_views(run, anchor),
        figures=tuple(figure for w in run.workloads for figure in _figures(run, w, anchor)),
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
    """Draw the rates; those that an open loop asked for are no finding."""
    rows = {load: marks(run, workload, load) for load in run.loads if not load.is_open}
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
