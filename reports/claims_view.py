"""The claims of all documents with what one host says of each, as texts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle

from reports.claim import Claim, Claims, ClaimTest, Published
from reports.claim_words import decided_words, expected, figure_of, subject
from reports.host_runs import Bench
from reports.quantity import NO_BREAK, Figure
from reports.verdict import DECIDED, WORDS, Outcome, Verdict, verdict_of
from reports.verdict_chip import Chip


@dataclass(frozen=True)
class TestLine:
    """A test: what it computes, what is expected, and what came of it."""

    subject: str
    expected: str
    figure: Figure | None
    chip: Chip
    reason: str
    plan: str
    link: str
    correction: str


@dataclass(frozen=True)
class ClaimLine:
    """A claim; `measured` are its deciding tests that have a figure."""

    anchor: str
    number: int
    statement: str
    documents: str
    where: str
    stated: str
    chip: Chip
    measured: tuple[TestLine, ...]
    is_by_run: bool
    reasons: tuple[str, ...]
    runs: tuple[tuple[str, str], ...]
    evidence: str
    decision: str
    tests: tuple[TestLine, ...]
    fair: tuple[TestLine, ...]


@dataclass(frozen=True)
class ClaimsView:
    """All claims on one host, with how many have each verdict."""

    anchor: str
    title: str
    counts: tuple[tuple[Chip, int], ...]
    lines: tuple[ClaimLine, ...]


def judged(claims: Claims, bench: Bench) -> tuple[tuple[Claim, Verdict], ...]:
    """Return each claim with its verdict on a host."""
    return tuple((claim, verdict_of(claim, claims.rule, bench.runs)) for claim in claims.claims)


def claims_view(
    claims: Claims, titles: Mapping[str, str], links: Mapping[str, str], bench: Bench, number: int
) -> ClaimsView:
    """Return the view of one host, the `number`-th on its page.

    `titles` are those of the documents by name, `links` those to the runs by folder.
    """
    found = judged(claims, bench)
    counts = Counter(verdict.word for _, verdict in found)
    prefix = "" if number == 1 else f"host-{number}-"
    return ClaimsView(
        anchor=f"host-{number}",
        title=f"{bench.host.cpu}, {bench.host.cores} cores",
        counts=tuple((Chip(word), counts[word]) for word in WORDS if counts[word]),
        lines=tuple(_line(*each, titles, _links(bench, links), prefix) for each in found),
    )


def _links(bench: Bench, links: Mapping[str, str]) -> dict[str, str]:
    return {plan: links[file.folder] for plan, file in bench.files.items() if file.folder in links}


def _line(
    claim: Claim,
    verdict: Verdict,
    titles: Mapping[str, str],
    links: Mapping[str, str],
    prefix: str,
) -> ClaimLine:
    tests, fair = (
        tuple(_test_line(test, outcome, links) for test, outcome in some)
        for some in (verdict.tests, verdict.fair)
    )
    return ClaimLine(
        anchor=f"{prefix}claim-{claim.number}",
        number=claim.number,
        statement=claim.statement,
        documents="; ".join(titles[name] for name in claim.documents if name in titles),
        where=claim.where,
        stated=_stated(claim.figure),
        chip=Chip(verdict.word),
        measured=tuple(line for line in tests if line.figure),
        is_by_run=bool(tests),
        reasons=(*_reasons(verdict), *verdict.builds),
        runs=tuple(
            dict.fromkeys((line.plan, line.link) for line in tests if line.figure and line.link)
        ),
        evidence=claim.evidence.finding if claim.evidence else "",
        decision=claim.decision,
        tests=tests,
        fair=fair,
    )


def _reasons(verdict: Verdict) -> tuple[str, ...]:
    """Return why the verdict is what it is, by the test that gave it."""
    if verdict.word not in DECIDED or not verdict.tests:
        return verdict.reasons if verdict.tests else ()
    decided = [(test, found) for test, found in verdict.tests if found.verdict in DECIDED]
    why = next(decided_words(*each) for each in decided if each[1].verdict == verdict.word)
    if len(decided) == len(verdict.tests):
        return (why,)
    return (why, f"{len(decided)} of its {len(verdict.tests)} tests could be decided here")


def _stated(figure: Published | None) -> str:
    """Return the figures with their units, one each where there are as many, or so many in turn."""
    if figure is None:
        return ""
    values, units = [f"{value:,g}" for value in figure.values], figure.unit.split(", ")
    if len(values) % len(units):
        return f"{', '.join(values)} ({figure.unit})"
    if len(units) == 1:
        return f"{', '.join(values)}{NO_BREAK}{figure.unit}"
    return ", ".join(
        f"{value}{NO_BREAK}{unit}" for value, unit in zip(values, cycle(units), strict=False)
    )


def _test_line(test: ClaimTest, outcome: Outcome, links: Mapping[str, str]) -> TestLine:
    return TestLine(
        subject=subject(test),
        expected=expected(test),
        figure=figure_of(test, outcome.measured) if outcome.measured else None,
        chip=Chip(outcome.verdict),
        reason=outcome.reason or outcome.note,
        plan=test.plan,
        link=links.get(test.plan, ""),
        correction=test.correction,
    )
