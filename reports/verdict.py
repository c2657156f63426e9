"""A claim and the runs of one host in, a verdict out, by the rules in results/documents/README.md.

Pure. Runs of two hosts, or two runs of one plan, are never mixed: `HostRuns` holds one of each. No
figure is of two runs; where those that decide a claim are of two builds, its verdict says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reports.build_difference import build_difference, parts_of_tests
from reports.cell_gate import (
    INVALID,
    NOT_MEASURABLE,
    SAME_ON_A_BUSY_HOST,
    client_fault,
    fault_of,
    known_wrong,
    unquiet_words,
)
from reports.claim import Claim, ClaimTest, Needs, Rule
from reports.measurement import estimate
from reports.needed_cells import Need, factors_of, needs
from reports.result import Estimate, Host, Load, Run

REPRODUCED, DIRECTION, REFUTED = "reproduced", "direction only", "refuted"
NOT_RUN = "not run here"  # not measurable, for want of a run alone
DECIDED = (REPRODUCED, DIRECTION, REFUTED)  # the strongest first
UNDECIDED = (INVALID, NOT_RUN, NOT_MEASURABLE)  # the first that any test has is the claim's
WORDS = (*DECIDED, *UNDECIDED)
NONE_RIGHT = Estimate(0.0, 0.0, 0.0)
TELLS_NOTHING = "its interval is too wide: it holds both what is stated and what contradicts it"
RAISED_TO = 65536  # open files, by a run for itself, or to its hard limit where that is lower


@dataclass(frozen=True)
class HostRuns:
    """A host and the run that stands for each plan; no host where nothing was ever run."""

    host: Host | None = None
    runs: Mapping[str, Run] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a test came to: a verdict with the figure, or the reason why it has none.

    A verdict of DECIDED without a figure is that of a cell whose replies are known to be wrong.
    `note` says what a reader of the figure must know of it.
    """

    verdict: str
    reason: str = ""
    measured: Estimate | None = None
    load: Load | None = None
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a claim came to. `tests` and `fair` are in the claim's own order.

    `builds` tells which of the runs that decided it are from another build than the newest.
    """

    word: str
    reasons: tuple[str, ...]
    tests: tuple[tuple[ClaimTest, Outcome], ...] = ()
    fair: tuple[tuple[ClaimTest, Outcome], ...] = ()
    builds: tuple[str, ...] = ()


def verdict_of(claim: Claim, rule: Rule, bench: HostRuns) -> Verdict:
    """Return the verdict on a claim: by its tests, or else by what reading found."""
    tests, fair = (
        tuple((test, outcome_of(test, claim.needs, rule, bench)) for test in some)
        for some in (claim.tests, claim.fair)
    )
    if not tests:
        evidence = claim.evidence
        word = evidence.verdict if evidence else NOT_MEASURABLE
        return Verdict(word, (evidence.finding,) if evidence else (), tests, fair)
    words = [outcome.verdict for _, outcome in tests]
    word = strongest(words) if claim.enough == "any" else of_all(words)
    reasons = (outcome.reason for _, outcome in tests if outcome.verdict == word)
    builds = tuple(_other_builds(tests, bench.runs))
    return Verdict(word, tuple(dict.fromkeys(filter(None, reasons))), tests, fair, builds)


def _other_builds(
    tests: Iterable[tuple[ClaimTest, Outcome]], runs: Mapping[str, Run]
) -> Iterator[str]:
    """Yield each plan that helped to decide and was run from another build than the newest."""
    deciding = tuple(test for test, outcome in tests if outcome.verdict in DECIDED)
    plans = tuple(dict.fromkeys(test.plan for test in deciding))
    if len(plans) < 2:
        return
    newest = max((runs[plan] for plan in plans), key=lambda run: run.started)
    for plan in plans:
        parts = build_difference(runs[plan], newest, parts_of_tests(deciding))
        if parts:
            yield (
                f"from another build: {plan} and {newest.plan} differ in {', '.join(parts)}; "
                f"make bench PLAN={plan}"
            )


def of_all(words: Iterable[str]) -> str:
    """Return the weakest; what this host could still tell keeps all from being reproduced."""
    found = set(words)
    word = weakest(found)
    still_open = [each for each in (INVALID, NOT_RUN) if each in found]
    return still_open[0] if word == REPRODUCED and still_open else word


def weakest(words: Iterable[str]) -> str:
    """Return the weakest of the verdicts; those that decide nothing count only if all do."""
    found = set(words)
    decided = [word for word in DECIDED if word in found]
    return decided[-1] if decided else next(word for word in UNDECIDED if word in found)


def strongest(words: Iterable[str]) -> str:
    """Return the strongest of the verdicts; one that is still open may be stronger than a weak."""
    found = set(words)
    return next(word for word in (REPRODUCED, *UNDECIDED, DIRECTION, REFUTED) if word in found)


def outcome_of(test: ClaimTest, wanted: Needs, rule: Rule, bench: HostRuns) -> Outcome:
    """Return what a test came to on a host: under several loads, the weakest."""
    lacking = _lacking(test, wanted, bench.host)
    if lacking:
        return Outcome(NOT_MEASURABLE, lacking)
    run = bench.runs.get(test.plan)
    if run is None:
        remedy = f"make bench PLAN={test.plan}"
        return Outcome(NOT_RUN, f"plan {test.plan} has not been run here: {remedy}")
    if few := _too_few_files(test, wanted, run):
        return Outcome(NOT_MEASURABLE, few)
    if run.blocks_done < rule.blocks:
        found = f"the run of {run.plan} has {run.blocks_done} blocks, and the rule asks for"
        return Outcome(INVALID, f"{found} {rule.blocks}: make bench PLAN={test.plan}")
    outcomes = [_under(test, run, need, rule) for need in needs(test, run)]
    if not outcomes:
        return Outcome(NOT_MEASURABLE, _no_load(test, run))
    word = weakest(outcome.verdict for outcome in outcomes)
    return next(outcome for outcome in outcomes if outcome.verdict == word)


def expectation_met(test: ClaimTest, measured: Estimate, rule: Rule, floor: float = 0.0) -> str:
    """Return what an interval makes of what the claim states. REQUIRES: measured.has_interval

    Within `floor` of 1 a ratio is none: so far apart is the same server measured twice.
    """
    low, high = measured.low or 0.0, measured.high or 0.0
    if test.at_least is not None:
        return _bound(low >= test.at_least, measured.median >= test.at_least, high < test.at_least)
    if test.at_most is not None:
        return _bound(high <= test.at_most, measured.median <= test.at_most, low > test.at_most)
    stated = test.stated_range or (test.stated or 0.0, test.stated or 0.0)
    has_side = test.kind != "level"
    least, most = (1 - rule.tolerance) * stated[0], (1 + rule.tolerance) * stated[-1]
    if low <= most and high >= least:
        is_wider = low < least and high > most
        is_none = low <= 1 + floor and high >= 1 / (1 + floor)
        holds_1 = has_side and is_none and not least <= 1 <= most
        return INVALID if is_wider or holds_1 else REPRODUCED
    above = stated[0] > 1 and low > 1 + floor
    below = stated[-1] < 1 and high < 1 / (1 + floor)
    return DIRECTION if has_side and (above or below) else REFUTED


def _bound(is_kept: bool, is_kept_by_median: bool, is_broken: bool) -> str:
    if is_kept:
        return REPRODUCED
    if is_kept_by_median:
        return DIRECTION
    return REFUTED if is_broken else INVALID


def _lacking(test: ClaimTest, wanted: Needs, host: Host | None) -> str:
    """Return what the host lacks, whatever was run on it."""
    if host is None:
        return ""
    cores = max(wanted.cores, test.cores)
    if host.cores < cores:
        return f"this host has {host.cores} of the {cores} cores that it needs"
    if wanted.system and not host.system.lower().startswith(wanted.system):
        return f"this host runs {host.system}, and it needs {wanted.system}"
    return ""


def _too_few_files(test: ClaimTest, wanted: Needs, run: Run) -> str:
    """Return that the run's processes might open too few files; not every result tells how many.

    A run raises its own limit as far as it may before its first trial, so that what it had before
    says nothing.
    """
    told = run.host.settings.get("open files at most", "")
    files = max(wanted.open_files, test.open_files)
    if not told.isdecimal() or min(RAISED_TO, int(told)) >= files:
        return ""
    remedy = f"raise the hard limit (ulimit -Hn {files}, as root), then make bench PLAN={run.plan}"
    return f"{told} files may be open at once, and it needs {files}: {remedy}"


def _no_load(test: ClaimTest, run: Run) -> str:
    client = "our client" if test.client == "native" else "the document's client"
    at = "" if test.connections is None else f" at {test.connections} connections"
    if test.kind == "share":
        return _no_factor(test, run)
    return f"plan {run.plan} has no load by {client}{at} that fits"


def _no_factor(test: ClaimTest, run: Run) -> str:
    pair = f"{test.over} over {test.under}, {test.workload}"
    names = ", ".join(factor.name for factor in factors_of(test, run))
    if names:
        return f"plan {run.plan} turns several factors of {pair}: {names}"
    which = f"factor {test.factor}" if test.factor else "factor"
    return f"plan {run.plan} turns no {which} of {pair}"


def _under(test: ClaimTest, run: Run, need: Need, rule: Rule) -> Outcome:
    if test.metric == "success_percent" and (wrong := known_wrong(run, need.top[0])):
        return Outcome(expectation_met(test, NONE_RIGHT, rule), wrong, load=need.load)
    faults = [fault_of(run, key, test.metric, rule) for key in need.keys]
    for verdict in (NOT_MEASURABLE, INVALID):
        for fault in faults:
            if fault is not None and fault.verdict == verdict:
                return Outcome(verdict, fault.reason, load=need.load)
    return _by_figure(test, run, need, rule)


def _by_figure(test: ClaimTest, run: Run, need: Need, rule: Rule) -> Outcome:
    measured = estimate(test, run, need)
    if measured is None:
        return Outcome(INVALID, _no_figure(test, need), load=need.load)
    if (lead := _other_leads(need)) and test.kind == "share":
        return Outcome(INVALID, lead, measured, need.load)
    if not measured.has_interval:
        reason = "too few blocks in which all its trials are valid for an interval"
        return Outcome(INVALID, reason, measured, need.load)
    word = expectation_met(test, measured, rule, _floor(test, run))
    if word == INVALID:
        return Outcome(INVALID, TELLS_NOTHING, measured, need.load)
    # A document's client at its limit cannot refute: it held back what is not the same at any pace.
    if word == REFUTED and test.metric not in SAME_ON_A_BUSY_HOST:
        for bound in filter(None, (client_fault(run, key, rule) for key in need.keys)):
            return Outcome(INVALID, bound.reason, measured, need.load)
    return Outcome(word, "", measured, need.load, _note(test, run, need))


def _note(test: ClaimTest, run: Run, need: Need) -> str:
    end = need.factor.only_end if need.factor else ""
    turned = f"its factor was turned from the {end} end only" if end else ""
    return "; ".join(filter(None, (_fastest(test, need), turned, unquiet_words(run, need.keys))))


def _fastest(test: ClaimTest, need: Need) -> str:
    """Return which variants stood for their sides, where a run had to say."""
    if not test.best:
        return ""
    pairs = (
        f"{top.baseline} over {bottom.baseline}"
        for top, bottom in zip(need.top, need.bottom, strict=True)
    )
    return f"the fastest of each: {', '.join(dict.fromkeys(pairs))}"


def _floor(test: ClaimTest, run: Run) -> float:
    """Return from where on a ratio of two rates counts on this host."""
    is_of_rates = test.metric == "rate" and test.kind in ("ratio", "mean-ratio", "change")
    return run.noise.floor if run.noise and is_of_rates else 0.0


def _other_leads(need: Need) -> str:
    """Return that the side of which a share is asked for trails, so that there is no lead."""
    ratio = need.factor.documented.ratio if need.factor else None
    if ratio is None or ratio.high is None or ratio.high >= 1:
        return ""
    return f"{need.top[0].baseline} is behind here, so it has no lead of which anything is a share"


def _no_figure(test: ClaimTest, need: Need) -> str:
    if need.factor is not None and need.factor.missing:
        return need.factor.missing
    return {
        "share": "the two do not differ here, so there is no difference to share out",
        "fit": "its numbers of workers are too few or unknown, so no law can be fitted",
    }.get(test.kind, f"its trials have no {test.metric} to compare")
