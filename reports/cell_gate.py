"""Whether a cell may decide a claim: what the host or the plan lacks, and the gates of [rule].

Pure. A `Fault` says which of the two it is, and why, in words that stand in the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from reports.claim import Rule
from reports.latency_curve import keeps_up
from reports.metric import level_text, value
from reports.needed_cells import Key
from reports.quantity import NO_BREAK, fine_share_text, rate_text, share_text
from reports.result import Cell, Load, Run, Trial

INVALID, NOT_MEASURABLE = "invalid", "not measurable"
CUT_SHORT = "not measured: "  # as the laboratory begins it
FINDING = "a finding, not timed: "  # likewise
# Likewise: what the host, the plan or the baseline lacks, and no fault of the measurement.
LACKS = ("it needs ", "it gives the server ", "it is here for ", "it is for ")
OF_A_SCRIPT = "of the cores that it could have had"  # and of ours, its busiest thread's
FEWEST = 6  # blocks that an interval of 95 % needs
SAME_ON_A_BUSY_HOST = ("success_percent", "memory_mb")
LATE_MS, LATE_SHARE = 0.1, 0.1  # of a client: at least so much, and such a share of the latency


@dataclass(frozen=True)
class Fault:
    """Why there is no verdict from a cell."""

    verdict: str
    reason: str


def fault_of(run: Run, key: Key, metric: str, rule: Rule) -> Fault | None:
    """Return the first thing that keeps the cell from deciding anything."""
    cell = run.cell(key.workload, key.baseline, key.load)
    if cell is None:
        return Fault(NOT_MEASURABLE, f"plan {run.plan} has no cell {key.words}")
    baseline = run.baseline(key.baseline)
    if baseline is not None and not baseline.available:
        reason = baseline.reason or "no reason given"
        return Fault(NOT_MEASURABLE, f"baseline {key.baseline} does not run here: {reason}")
    if cell.trials == 0:
        return _never_tried(cell, key)
    return _gates(run, cell, key, metric, rule)


def known_wrong(run: Run, key: Key) -> str:
    """Return the wrong reply that the cell's baseline is known to give to each of its requests.

    The laboratory says so where it asked before it timed anything, and the workload's own request
    got the status and the words that baseline.toml tells of the package. Any other wrong reply may
    be the fault of what was written here, and says nothing of the package.
    """
    cell = run.cell(key.workload, key.baseline, key.load)
    if cell is None or cell.trials or not cell.missing.startswith(FINDING):
        return ""
    return f"cell {key.words} was not timed, since none of its replies is right: " + (
        cell.missing.removeprefix(FINDING)
    )


def client_fault(run: Run, key: Key, rule: Rule) -> Fault | None:
    """Return what is against a cell whose client was at its limit, whoever's client it is."""
    cell = run.cell(key.workload, key.baseline, key.load)
    if cell is None or cell.client_cpu is None or cell.client_cpu <= rule.client_cpu_at_most:
        return None
    used, most = share_text(cell.client_cpu), share_text(rule.client_cpu_at_most)
    if used == most:  # to a whole percent
        used = f"{cell.client_cpu * 100:.1f}{NO_BREAK}%"
    load = _load_of(run, key)
    of = OF_A_SCRIPT if load is not None and load.is_script else "of its core"
    reason = f"the client used {used} {of}, and {most} may be"
    return Fault(INVALID, f"cell {key.words}: {reason}")


def unquiet_words(run: Run, keys: Iterable[Key]) -> str:
    """Return how many trials of the cells stand although the host spoilt each attempt.

    One of seven does not move a median; its interval may rest on more.
    """
    found = []
    for cell in filter(None, (run.cell(key.workload, key.baseline, key.load) for key in keys)):
        valid = [trial for trial in run.trials_of(cell) if trial.valid]
        found.append((sum(trial.fault == "host" for trial in valid), len(valid)))
    beside, count = max(found, default=(0, 0))
    if beside < 2:
        return ""
    each = f"{beside} of {count} trials"
    return f"{each if len(found) == 1 else f'up to {each} of a cell'} beside foreign load"


def _never_tried(cell: Cell, key: Key) -> Fault:
    verdict = NOT_MEASURABLE if _is_lack(cell.missing) else INVALID
    return Fault(verdict, f"cell {key.words}: {cell.missing}")


def _is_lack(reason: str) -> bool:
    return reason.startswith((CUT_SHORT, *LACKS)) or reason.endswith(" workload")


def _gates(run: Run, cell: Cell, key: Key, metric: str, rule: Rule) -> Fault | None:
    trials = run.trials_of(cell)
    failed = sum(sum(trial.errors.values()) for trial in trials)
    asked = failed + sum(trial.requests for trial in trials)
    if metric != "success_percent" and failed > rule.errors_at_most * asked:
        share, most = failed / asked, rule.errors_at_most
        reason = f"{fine_share_text(share)} of the requests failed, and {fine_share_text(most)} may"
        return Fault(INVALID, f"cell {key.words}: {reason}")
    if _is_ours(run, key) and (bound := client_fault(run, key, rule)):
        return bound
    if metric.startswith("latency_") and (behind := _fault_of_rate(run, cell, key)):
        return behind
    if sum(value(trial, metric) is not None for trial in trials) < FEWEST:
        is_lack = bool(trials) and all(any(map(_is_lack, t.reasons)) for t in trials)
        verdict = NOT_MEASURABLE if is_lack else INVALID
        return Fault(verdict, f"cell {key.words}: {_too_few(run, cell, metric)}")
    if metric.startswith("latency_") and (late := _fault_of_lag(trials, key, metric)):
        return late
    return _fault_of_host(trials, key) if metric not in SAME_ON_A_BUSY_HOST else None


def _fault_of_host(trials: tuple[Trial, ...], key: Key) -> Fault | None:
    """Return that too few trials are left without those that stand though the host spoilt them."""
    valid = [trial for trial in trials if trial.valid]
    quiet = sum(trial.fault != "host" for trial in valid)
    if quiet >= FEWEST:
        return None
    reason = f"only {quiet} of {len(valid)} trials had the host to themselves, and {FEWEST} have to"
    return Fault(INVALID, f"cell {key.words}: {reason}")


def _fault_of_lag(trials: tuple[Trial, ...], key: Key, metric: str) -> Fault | None:
    """Return that an open loop's client sent late by a share of the latency that counts.

    A latency runs from when a request was due, so that it holds what the client was late.
    """
    pairs = [
        (trial.lag_p99_us / 1000, level)
        for trial in trials
        if trial.lag_p99_us is not None and (level := value(trial, metric)) is not None
    ]
    if not pairs:
        return None
    late, level = (median(each) for each in zip(*pairs, strict=True))
    if late <= max(LATE_MS, LATE_SHARE * level):
        return None
    reason = f"the client sent {level_text(late, metric)} late, which its latency holds too"
    return Fault(INVALID, f"cell {key.words}: {reason}")


def _fault_of_rate(run: Run, cell: Cell, key: Key) -> Fault | None:
    """Return that a server did not keep the rate that the plan asks of all alike.

    Above its capacity requests wait in a queue that grows for as long as the trial lasts: their
    latency is that of the queue, and tells how long was measured.
    """
    load = _load_of(run, key)
    if load is None or load.pace != "rate":
        return None
    asked = cell.asked_rate or load.rate or 0.0
    if cell.rate is None or keeps_up(cell.rate, asked):
        return None
    reached = f"{rate_text(cell.rate.median)} of {rate_text(asked)}{NO_BREAK}requests/s"
    reason = f"it kept {reached}, so that its latency is that of a queue that grows"
    return Fault(INVALID, f"cell {key.words}: {reason}")


def _is_ours(run: Run, key: Key) -> bool:
    """Say whether our client measured; a document's belongs to what the document measured."""
    load = _load_of(run, key)
    return load is not None and load.is_native


def _load_of(run: Run, key: Key) -> Load | None:
    return next((load for load in run.loads if load.name == key.load), None)


def _too_few(run: Run, cell: Cell, metric: str) -> str:
    trials = run.trials_of(cell)
    usable = sum(value(trial, metric) is not None for trial in trials)
    reasons = Counter(reason for trial in trials for reason in trial.reasons)
    why = reasons.most_common(1)[0][0] if reasons else f"the others have no {metric}"
    return f"only {usable} of {len(trials)} trials can be used: {why}"
