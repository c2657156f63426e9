"""What a test of a claim computes, what it expects and what it found, in words. Pure."""

from __future__ import annotations

import math

from reports.claim import ClaimTest
from reports.metric import level_text, unit, value_text, words
from reports.quantity import NO_BREAK, Figure, interval_text, ratio_text, share_text
from reports.result import Estimate
from reports.verdict import DIRECTION, REFUTED, REPRODUCED, Outcome

CLIENTS = {
    "native": "our client",
    "as-documented": "the document\N{RIGHT SINGLE QUOTATION MARK}s client",
}
TIMES = f"{NO_BREAK}\N{MULTIPLICATION SIGN}"
DIVIDED = " \N{DIVISION SIGN} "


def subject(test: ClaimTest) -> str:
    """Return what a test computes, in words."""
    return f"{_SUBJECTS[test.kind](test)}{_chosen(test)}"


_SUBJECTS = {
    "level": lambda test: f"{words(test.metric)} of {test.baseline}, {test.workload}",
    "ratio": lambda test: f"{words(test.metric)}, {_sides(test)}, {test.workload}",
    "mean-ratio": lambda test: f"mean over {', '.join(test.workloads)} of {_sides(test)}",
    "change": lambda test: _change(test),
    "share": lambda test: (
        f"share that {test.factor or test.plan.removeprefix('factors-')} has in "
        f"{test.over}{DIVIDED}{test.under}, {test.workload}"
    ),
    "fit": lambda test: (
        f"{test.parameter.replace('_', ' ')} of {', '.join(test.baselines)}, {test.workload}"
    ),
}


def _sides(test: ClaimTest) -> str:
    if not test.best:
        return f"{test.over}{DIVIDED}{test.under}"
    over, under = (label.partition("@")[0] for label in (test.over, test.under))
    return f"{over}{DIVIDED}{under}, each at its best"


def _change(test: ClaimTest) -> str:
    step = "" if test.by == "workload" else f", {test.by}"
    workload = f", {test.workload}" if test.workload else ""
    ends = f"{test.after}{DIVIDED}{test.before}"
    return f"{words(test.metric)} of {test.baseline}{workload}{step}: {ends}"


PACES = {
    "": "",
    "closed": ", as fast as replies come",
    "rate": ", at the same given rates",
    "share": ", at shares of their own rates",
}


def _chosen(test: ClaimTest) -> str:
    client = "" if test.kind == "share" else f"; {CLIENTS[test.client]}"
    kept = {None: "", True: " that stay open", False: " for one request each"}[test.keep_alive]
    return f"{_connections(test.connections)}{kept}{PACES[test.pace]}{client}"


def _connections(count: int | None) -> str:
    if count is None:
        return ""
    return ", 1 connection" if count == 1 else f", {count} connections"


def expected(test: ClaimTest) -> str:
    """Return what a test expects of its figure."""
    if test.at_least is not None:
        return f"at least {_number(test, test.at_least)}"
    if test.at_most is not None:
        return f"at most {_number(test, test.at_most)}"
    ends = test.stated_range or (test.stated or 0.0,)
    return f"stated {' to '.join(_number(test, end) for end in ends)}"


def figure_of(test: ClaimTest, measured: Estimate) -> Figure:
    """Return the figure with its interval, in its unit."""
    if test.kind == "level":
        ends = interval_text(measured, lambda end: value_text(end, test.metric))
        interval = f"{ends}{NO_BREAK}{unit(test.metric)}" if ends else "no interval"
        return Figure(level_text(measured.median, test.metric), interval)
    ends = interval_text(measured, lambda end: _number(test, end).removesuffix(TIMES))
    return Figure(_number(test, measured.median), ends or "no interval")


def finding(test: ClaimTest, word: str) -> str:
    """Return how the interval stands to what the claim states, for one of verdict.DECIDED."""
    if test.at_least is not None or test.at_most is not None:
        return {
            REPRODUCED: "the whole interval keeps that",
            DIRECTION: "the median keeps that, and its interval does not",
            REFUTED: "the median does not keep that",
        }[word]
    return {
        REPRODUCED: "the interval meets that, give or take a fifth",
        DIRECTION: "the interval misses that by more than a fifth, on the stated side of 1",
        REFUTED: "the interval misses that by more than a fifth",
    }[word]


def decided_words(test: ClaimTest, outcome: Outcome) -> str:
    """Return what a test expects and how it was met. REQUIRES: a verdict of verdict.DECIDED"""
    how = outcome.reason or finding(test, outcome.verdict)
    return "; ".join(filter(None, (f"{expected(test)}: {how}", outcome.note)))


def _number(test: ClaimTest, number: float) -> str:
    if test.kind == "level":
        return level_text(number, test.metric)
    if test.kind == "share":
        return share_text(number)
    if math.isinf(number):
        return "no peak"
    return (
        ratio_text(number)
        if test.kind == "fit"
        else f"{ratio_text(number)}{NO_BREAK}\N{MULTIPLICATION SIGN}"
    )
