"""The cells of a run as comma-separated values, for spreadsheets. Pure."""

from __future__ import annotations

import csv
import io

from reports.result import Cell, Estimate, Run

HEADER = (
    "workload", "baseline", "load", "trials", "valid", "missing",
    "rate_per_s", "rate_low_per_s", "rate_high_per_s", "p50_us", "p99_us",
    "cpu_us_per_request", "cpu_low_us_per_request", "cpu_high_us_per_request",
    "memory_bytes", "client_cpu",
)  # fmt: skip


def cells_csv(run: Run) -> str:
    """Return a header and a line per cell; what was not measured is empty."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_values(cell) for cell in run.cells)
    return file.getvalue()


def _values(cell: Cell) -> tuple[object, ...]:
    return (
        cell.workload, cell.baseline, cell.load, cell.trials, cell.valid, cell.missing,
        *_ends(cell.rate), cell.p50_us, cell.p99_us,
        *_ends(cell.cpu_us_per_request),
        cell.memory_bytes, cell.client_cpu,
    )  # fmt: skip


def _ends(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    if estimate is None:
        return (None, None, None)
    return (estimate.median, estimate.low, estimate.high)
