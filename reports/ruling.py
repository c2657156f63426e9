"""What the claims say of the rows of a document's table: verdict and reason of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.claim import Claim, ClaimTest
from reports.claim_words import decided_words
from reports.document import Row, Table
from reports.verdict import DECIDED, Outcome, Verdict
from reports.verdict_chip import Chip


@dataclass(frozen=True)
class Ruling:
    """A test that repeats a row as documented, and what came of it."""

    number: int
    test: ClaimTest
    outcome: Outcome

    @property
    def chip(self) -> Chip:
        return Chip(self.outcome.verdict)

    @property
    def why(self) -> str:
        if self.outcome.verdict not in DECIDED:
            return self.outcome.reason
        return decided_words(self.test, self.outcome)


def rulings(judged: Iterable[tuple[Claim, Verdict]], plan: str) -> tuple[Ruling, ...]:
    """Return all tests of a plan that are as documented, in the order of the claims."""
    return tuple(
        Ruling(claim.number, test, outcome)
        for claim, verdict in judged
        for test, outcome in verdict.tests
        if test.plan == plan and test.client == "as-documented"
    )


def ruling_on(row: Row, table: Table, found: tuple[Ruling, ...]) -> Ruling | None:
    """Return the first that is about the rates of the row."""
    return next((ruling for ruling in found if _is_about(ruling.test, row, table)), None)


def _is_about(test: ClaimTest, row: Row, table: Table) -> bool:
    if (test.metric, test.workload) != ("rate", row.workload) or not row.figures:
        return False
    if test.connections not in (None, table.clients_of(row)):
        return False
    labels = tuple(row.figures)
    if test.kind == "level":
        return labels == (test.baseline,)
    if test.kind == "change":  # of a row over another of the table
        return labels == (test.baseline,) and test.after == str(table.clients_of(row))
    if len(labels) == 1:
        return test.kind == "ratio" and labels == (test.over,)
    return test.kind == "ratio" and (test.over, test.under) == labels[:2]


def is_base(row: Row, found: tuple[Ruling, ...]) -> bool:
    """Say whether other rows of the table are what they are by their ratio to this one."""
    return any(
        ruling.test.kind == "ratio"
        and ruling.test.workload == row.workload
        and tuple(row.figures) == (ruling.test.under,)
        for ruling in found
    )
