"""Which cells a test of a claim needs in a run: by kind, under each load that it is about. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.claim import ClaimTest
from reports.factor import LOADS, VARIANTS
from reports.result import Load, Run


@dataclass(frozen=True)
class Key:
    """Names a cell."""

    workload: str
    baseline: str
    load: str

    @property
    def words(self) -> str:
        return f"{self.workload} on {self.baseline}"


@dataclass(frozen=True)
class Need:
    """The cells of a test under one load, or one pair of loads; `top` over `bottom` where a ratio
    is computed. For a share, `whole` are the two whose difference is shared out."""

    load: Load
    top: tuple[Key, ...]
    bottom: tuple[Key, ...] = ()
    whole: tuple[Key, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys((*self.whole, *self.top, *self.bottom)))


def needs(test: ClaimTest, run: Run) -> tuple[Need, ...]:
    """Return what the test needs, once for each load that it is about."""
    return tuple(_NEEDS[test.kind](test, run))


def _fitting(test: ClaimTest, loads: tuple[Load, ...]) -> tuple[Load, ...]:
    """Return the loads that have what the test chooses by."""
    return tuple(
        load
        for load in loads
        if load.is_native == (test.client == "native")
        and test.connections in (None, load.connections)
        and test.keep_alive in (None, load.keep_alive)
    )


def _simple(test: ClaimTest, run: Run) -> Iterator[Need]:
    over, under = (test.baseline, "") if test.kind == "level" else (test.over, test.under)
    workloads = test.workloads or (test.workload,)
    for load in _fitting(test, run.loads):
        yield Need(
            load,
            tuple(Key(each, over, load.name) for each in workloads),
            tuple(Key(each, under, load.name) for each in workloads) if under else (),
        )


def _change(test: ClaimTest, run: Run) -> Iterator[Need]:
    loads = _fitting(test, run.loads)
    if test.by == "workload":
        for load in loads:
            after, before = (Key(w, test.baseline, load.name) for w in (test.after, test.before))
            yield Need(load, (after,), (before,))
        return
    is_before, is_after, same = _step(test)
    for before, after in _pairs(loads, is_before, is_after, same):
        ends = (Key(test.workload, test.baseline, load.name) for load in (after, before))
        yield Need(after, (next(ends),), (next(ends),))


def _step(
    test: ClaimTest,
) -> tuple[Callable[[Load], bool], Callable[[Load], bool], Callable[[Load], object]]:
    if test.by == "keep-alive":
        step = LOADS["factors-keep-alive"]
        return step.before, step.after, step.same
    before, after = int(test.before), int(test.after)
    return (
        lambda load: load.connections == before,
        lambda load: load.connections == after,
        lambda load: (load.client, load.keep_alive),
    )


def _pairs(
    loads: tuple[Load, ...],
    is_before: Callable[[Load], bool],
    is_after: Callable[[Load], bool],
    same: Callable[[Load], object],
) -> Iterator[tuple[Load, Load]]:
    for before in filter(is_before, loads):
        for after in filter(is_after, loads):
            if same(before) == same(after):
                yield before, after


def _shares(test: ClaimTest, run: Run) -> Iterator[Need]:
    step = LOADS.get(test.plan)
    if step is None:
        yield from _shares_by_variant(test, run)
        return
    # The factor may be the client itself, so the test's client does not choose here.
    for before, after in _pairs(run.loads, step.before, step.after, step.same):
        over, under, equal_over, equal_under = (
            Key(test.workload, label, load.name)
            for load in (before, after)
            for label in (test.over, test.under)
        )
        yield Need(after, (over, equal_under), (under, equal_over), (over, under))


def _shares_by_variant(test: ClaimTest, run: Run) -> Iterator[Need]:
    held = {baseline.label for baseline in run.baselines}
    steps = VARIANTS.get(test.plan, ())
    step = next((s for s in steps if {s.before, s.after} <= held), steps[0] if steps else None)
    if step is None:
        return
    # What raises the one that is behind lowers the difference, and so does what lowers the other.
    is_of_under = step.before.split("@")[0] == test.under.split("@")[0]
    ends = (step.after, step.before) if is_of_under else (step.before, step.after)
    for load in _fitting(test, run.loads):
        top, bottom, over, under = (
            Key(test.workload, label, load.name) for label in (*ends, test.over, test.under)
        )
        yield Need(load, (top,), (bottom,), (over, under))


def _fits(test: ClaimTest, run: Run) -> Iterator[Need]:
    for load in _fitting(test, run.loads):
        yield Need(load, tuple(Key(test.workload, each, load.name) for each in test.baselines))


_NEEDS: dict[str, Callable[[ClaimTest, Run], Iterator[Need]]] = {
    "level": _simple,
    "ratio": _simple,
    "mean-ratio": _simple,
    "change": _change,
    "share": _shares,
    "fit": _fits,
}
