"""How a run was measured, and what it cannot say, in sentences made from its own figures. Pure."""

from __future__ import annotations

from reports.document import Document, Table
from reports.quantity import NO_BREAK, seconds_text, share_text
from reports.result import Run


def method(run: Run) -> tuple[str, ...]:
    """Return the five sentences."""
    requests = ", ".join(f"{w.method}{NO_BREAK}{w.path} ({w.bytes:,} bytes)" for w in run.workloads)
    return (
        "Each baseline runs alone, in a fresh server process for every trial, and answers "
        f"{requests}.",
        f"A trial is {seconds_text(run.warm_up_s)} of warm-up and {seconds_text(run.measure_s)} of "
        "measurement by Assay's own client, which sends the next request of a connection as soon "
        "as the reply is in, and checks every reply.",
        f"A block is one trial of every cell in random order (seed {run.seed}), so that a slow "
        "minute of the machine falls on all alike; this run finished "
        f"{run.blocks_done} of {run.blocks} blocks.",
        "A figure is the median over the valid trials, with a 95 % interval from six valid trials "
        "on. It runs from one trial's figure to another's and is exact for so few trials: however "
        "they spread, it holds the true median at least 95 times in 100.",
        "A ratio pairs two baselines block by block, and is called faster or slower only when its "
        "interval excludes 1 and the two differ by more than 3 %, so that the ratio is above 1.03 "
        f"or below 1{NO_BREAK}\N{DIVISION SIGN}{NO_BREAK}1.03; anything else is a tie.",
    )


def limits(run: Run, document: Document | None, table: Table | None) -> tuple[str, ...]:
    """Return what a reader must know before quoting a figure of this run."""
    return (
        *_partial(run),
        *run.host.notes,
        *_of_the_document(document, table),
        *_of_the_client(run),
        *_of_the_builds(run),
        "One machine and one run: the intervals cover the spread between trials, not between "
        "machines or days.",
    )


def _partial(run: Run) -> tuple[str, ...]:
    if run.complete:
        return ()
    return (f"The run was cut off after {run.blocks_done} of {run.blocks} blocks.",)


def _of_the_document(document: Document | None, table: Table | None) -> tuple[str, ...]:
    if document is None or table is None:
        return ()
    return (
        f"The original figures are from another machine ({document.machine.words}, "
        f"{document.machine.platform}, Python {document.machine.python}): rates are not compared "
        "across machines, only the ratios within each.",
        f"The document's client was {table.client}; this run used only Assay's own client.",
    )


def _of_the_client(run: Run) -> tuple[str, ...]:
    shares = [cell.client_cpu for cell in run.cells if cell.client_cpu is not None]
    if not shares:
        return ()
    return (
        f"The client used up to {share_text(max(shares))} of its core; near 100{NO_BREAK}% the "
        "client is what is measured.",
    )


def _of_the_builds(run: Run) -> tuple[str, ...]:
    builds = {each.python_build for each in run.baselines if each.python_build}
    fast = tuple(
        f"A free-threaded interpreter built as \N{LEFT DOUBLE QUOTATION MARK}{build}"
        "\N{RIGHT DOUBLE QUOTATION MARK} is slower than a fully optimised one."
        for build in sorted(builds)
        if build.startswith("fast")
    )
    dirty = ("The working tree had changes that the commit does not hold.",)
    return (*fast, *(dirty if run.provenance.dirty else ()))
