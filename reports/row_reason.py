"""Why a row of a document's table came out as it did, in a few words. Pure.

The largest factors, where they have been turned; else what the run itself knows, and the plan that
would tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.difference_view import done_plans
from reports.document import Row
from reports.factor_plan import plans_to_run
from reports.pair_ratio import is_client_bound
from reports.quantity import fine_share_text, share_text
from reports.result import Load, Run
from reports.ruling import Ruling
from reports.verdict import DECIDED, NOT_RUN, Outcome
from reports.waterfall import Waterfall, waterfalls

COMPARED = "other rows are judged by their ratio to it"
MOST = 3  # factors that are named
SMALL = 0.03  # of the lead: less is not named
ERRORS = 0.001  # share of failed requests that is worth a word


def row_reason(
    run: Run,
    row: Row,
    loads: tuple[Load | None, ...],
    ruling: Ruling | None,
    runs: Mapping[str, Run],
) -> str:
    """Return why, in sentences; `loads` are those of the columns, `runs` those of the host."""
    if not row.figures:
        return "the document has no figure here"
    parts = [_of_verdict(ruling.outcome) if ruling else COMPARED]
    pair = tuple(row.figures)[:2]
    ways: tuple[Waterfall, ...] = ()
    if len(pair) == 2:
        ways = waterfalls(run, row.workload, pair[0], pair[1], runs)
        parts += [_factors(way) for way in ways]
        parts += _without_order(run, row.workload, pair, loads)
    if not ways:
        parts += _known(run, row, loads)
    parts += _advice(row, ways, runs, ruling)
    return "; ".join(part for part in (*parts, row.note) if part)


def _of_verdict(outcome: Outcome) -> str:
    """Return why there is no verdict, or what a reader must know of the figure that gave it."""
    return outcome.note if outcome.verdict in DECIDED else outcome.reason


def _without_order(
    run: Run, workload: str, pair: tuple[str, ...], loads: tuple[Load | None, ...]
) -> Iterator[str]:
    if any(is_client_bound(run, workload, load, pair[0], pair[1]) for load in loads):
        yield "no order is known where the client held one of the two back"


def _factors(way: Waterfall) -> str:
    """Return the largest factors with their shares of the lead, the rest, and what stays."""
    if way.left is None:
        return "as documented the two are alike"
    shares = [(step.name, step.share.median, step.only_end) for step in way.steps if step.share]
    large = [each for each in shares if abs(each[1]) >= SMALL]
    named = sorted(large, key=lambda each: -abs(each[1]))[:MOST]
    named.append(("the rest", 1 - way.left - sum(share for _, share, _ in named), ""))
    words = ", ".join(_part(*each) for each in named)
    others = ", ".join(name for name, _ in way.other_builds)
    left_out = f"; {others} left out: from another build" if others else ""
    return f"of the lead: {words}; {share_text(way.left)} stays between equals{left_out}"


def _part(name: str, share: float, only_end: str) -> str:
    return f"{name} {share_text(share)}" + (f" ({only_end} end only)" if only_end else "")


def _known(run: Run, row: Row, loads: tuple[Load | None, ...]) -> Iterator[str]:
    documented = next((load for load in loads if load and not load.is_native), None)
    if documented is None:
        return
    cells = [run.cell(row.workload, label, documented.name) for label in row.figures]
    if any(cell and cell.is_client_bound for cell in cells):
        yield "the document's client was the limit"
    for cell in filter(None, cells):
        trials = run.trials_of(cell)
        failed = sum(sum(trial.errors.values()) for trial in trials)
        asked = failed + sum(trial.requests for trial in trials)
        if asked and failed > ERRORS * asked:
            yield f"{cell.baseline} failed {fine_share_text(failed / asked)} of the requests"


def _advice(
    row: Row, ways: tuple[Waterfall, ...], runs: Mapping[str, Run], ruling: Ruling | None
) -> Iterator[str]:
    if ruling and ruling.outcome.verdict == NOT_RUN:
        return  # which names its plan
    labels = tuple(row.figures)
    if len(labels) < 2 or ways:
        return
    plans = plans_to_run(row.workload, (labels[0], labels[1]), done_plans(ways, runs))
    if plans:
        yield f"make bench PLAN={plans[0]} tells more"
