"""Which baselines stand for a row between equals: each side at its best setting. Pure."""

from __future__ import annotations

from reports.result import Cell, Load, Run


def fair_pair(run: Run, workload: str, load: Load | None, pair: tuple[str, str]) -> tuple[str, str]:
    """Return for each side the fastest of its variants under the load; itself if none was run."""
    ours, theirs = (best_variant(run, workload, load, label) for label in pair)
    return ours, theirs


def best_variant(run: Run, workload: str, load: Load | None, label: str) -> str:
    """Return the fastest variant of a baseline under the load; itself if none was run."""
    name = label.partition("@")[0]
    cells = [
        cell
        for cell in run.cells
        if load is not None
        and (cell.workload, cell.load) == (workload, load.name)
        and cell.baseline.partition("@")[0] == name
        and cell.rate is not None
    ]
    return max(cells, key=_worth).baseline if cells else label


def _worth(cell: Cell) -> tuple[bool, float]:
    """Return what a cell is chosen by: one of a few lucky trials stands behind those of all."""
    return (cell.rate.has_interval, cell.rate.median) if cell.rate else (False, 0.0)
