"""Which cells a test of a claim needs in a run: by kind, under each load that it is about. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.claim import ClaimTest
from reports.fair_pair import best_variant
from reports.result import Factor, Load, Run


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
    is computed. A share is that of `factor`, and these are the cells of its leads."""

    load: Load
    top: tuple[Key, ...]
    bottom: tuple[Key, ...] = ()
    factor: Factor | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys((*self.top, *self.bottom)))


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
        and test.pace in ("", load.pace)
    )


def _simple(test: ClaimTest, run: Run) -> Iterator[Need]:
    over, under = (test.baseline, "") if test.kind == "level" else (test.over, test.under)
    for load in _fitting(test, run.loads):
        top, bottom = (_keys(test, run, load, side) for side in (over, under))
        yield Need(load, top, bottom)


def _keys(test: ClaimTest, run: Run, load: Load, label: str) -> tuple[Key, ...]:
    """Return one side's cell of each workload of the test: its own, or the fastest variant's."""
    if not label:
        return ()
    return tuple(
        Key(each, best_variant(run, each, load, label) if test.best else label, load.name)
        for each in test.workloads or (test.workload,)
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
        return (
            lambda load: not load.keep_alive,
            lambda load: load.keep_alive,
            lambda load: (load.client, load.connections),
        )
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


def factors_of(test: ClaimTest, run: Run) -> tuple[Factor, ...]:
    """Return the factors of the run that share out the lead that a test is about."""
    return tuple(
        factor
        for factor in run.factors
        if (factor.workload, factor.documented.ours, factor.documented.theirs)
        == (test.workload, test.over, test.under)
        and test.factor in ("", factor.name)
    )


def _shares(test: ClaimTest, run: Run) -> Iterator[Need]:
    """Yield the one factor; where a plan has several, the test has to say which."""
    found = factors_of(test, run)
    if len(found) != 1:
        return
    (factor,) = found
    load = next(each for each in run.loads if each.name == factor.documented.load)
    top, bottom = (
        tuple(Key(test.workload, getattr(lead, side), lead.load) for lead in factor.leads)
        for side in ("ours", "theirs")
    )
    yield Need(load, top, bottom, factor)


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
