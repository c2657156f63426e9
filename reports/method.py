"""How a run was measured, and what it cannot say, in sentences made from its own figures. Pure."""

from __future__ import annotations

from reports.cell_gate import OF_A_SCRIPT
from reports.document import Document, Table
from reports.quantity import NO_BREAK, fine_share_text, seconds_text, share_text
from reports.result import Run


def method(run: Run) -> tuple[str, ...]:
    """Return the five sentences."""
    requests = ", ".join(f"{w.method}{NO_BREAK}{w.path} ({w.bytes:,} bytes)" for w in run.workloads)
    return (
        "Each baseline runs alone, in a fresh server process for every trial, and answers "
        f"{requests}.",
        f"A trial is {seconds_text(run.warm_up_s)} of warm-up and {seconds_text(run.measure_s)} of "
        "measurement by Assay's own client, which sends the next request of a connection as soon "
        f"as the reply is in, and checks every reply{_of_other_clients(run)}.",
        f"A block is one trial of every cell in random order (seed {run.seed}), so that a slow "
        "minute of the machine falls on all alike; this run finished "
        f"{run.blocks_done} of {run.blocks} blocks.",
        "A figure is the median over the valid trials, with a 95 % interval from six valid trials "
        "on. It ends between trials where 95 % lies (Hettmansperger and Sheather): however the "
        "trials spread, it holds the true median about 95 times in 100.",
        "A ratio is the Hodges-Lehmann centre of the logarithms of each block's ratio, with the "
        "interval of the signed-rank test. It is called faster or slower only when that interval "
        f"excludes 1 and the two differ by {_floor(run)}; anything else is a tie. "
        "Where the client held back the one behind, or one of a tie, no order is known: that is "
        "called client-bound.",
    )


def _of_other_clients(run: Run) -> str:
    if all(load.is_native for load in run.loads):
        return ""
    return "; loads of a document's client are sent by that client instead"


def _floor(run: Run) -> str:
    """Return from where a difference counts; a run without twins has the floor alone."""
    floor = 0.03 if run.noise is None else run.noise.floor
    percent = fine_share_text(floor)
    ends = f"above {1 + floor:.3g} or below 1{NO_BREAK}\N{DIVISION SIGN}{NO_BREAK}{1 + floor:.3g}"
    twins = (
        "no baseline was measured twice"
        if run.noise is None
        else f"the larger of 3{NO_BREAK}% and twice the median distance of the twins, the same "
        "baseline measured twice"
    )
    return f"more than {percent} ({twins}), so that the ratio is {ends}"


def limits(run: Run, document: Document | None, table: Table | None) -> tuple[str, ...]:
    """Return what a reader must know before quoting a figure of this run."""
    return (
        *_partial(run),
        *run.host.notes,
        *_of_the_document(run, document, table),
        *_of_the_client(run),
        *_of_the_builds(run),
        "One machine and one run: the intervals cover the spread between trials, not between "
        "machines or days.",
    )


def _partial(run: Run) -> tuple[str, ...]:
    if run.complete:
        return ()
    return (f"The run was cut off after {run.blocks_done} of {run.blocks} blocks.",)


def _of_the_document(run: Run, document: Document | None, table: Table | None) -> tuple[str, ...]:
    if document is None or table is None:
        return ()
    return (
        f"The original figures are from another machine ({document.machine.words}, "
        f"{document.machine.platform}, Python {document.machine.python}): rates are not compared "
        "across machines, only the ratios within each.",
        f"The document's client was {table.client}; {_clients_of(run)}.",
    )


def _clients_of(run: Run) -> str:
    names = dict.fromkeys(load.client for load in run.loads if not load.is_native)
    if not names:
        return "this run used only Assay's own client"
    return f"as documented, this run used {', '.join(names)}"


def _of_the_client(run: Run) -> tuple[str, ...]:
    kinds = (
        (False, "Assay's own client", "of its core"),
        (True, "The document's client", OF_A_SCRIPT),
    )
    return tuple(
        f"{who} used up to {share_text(most)} {of}; near 100{NO_BREAK}% the client is what is "
        "measured."
        for is_script, who, of in kinds
        if (most := _highest_client_cpu(run, is_script=is_script))
    )


def _highest_client_cpu(run: Run, *, is_script: bool) -> float:
    loads = {load.name for load in run.loads if load.is_script == is_script}
    shares = [cell.client_cpu for cell in run.cells if cell.load in loads]
    return max((share for share in shares if share is not None), default=0.0)


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
