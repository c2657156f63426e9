"""A verdict on each row of a document's table, also where no claim is about it. Pure.

A row that no claim tests is tried as one would: its own figures, as documented, by the rule, on a
host with the cores that the plan's claims need. One that others are compared with has no verdict of
its own: its figure is a rate of another machine.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.claim import Claims, ClaimTest, Needs
from reports.claims_view import judged
from reports.document import Row, Table
from reports.host_runs import Bench
from reports.ruling import Ruling, is_base, ruling_on, rulings
from reports.verdict import outcome_of


def row_rulings(claims: Claims, bench: Bench, plan: str, table: Table) -> tuple[Ruling, ...]:
    """Return a ruling on each row of a plan's table that has figures: a claim's, or by the rule."""
    by_claims = rulings(judged(claims, bench), plan)
    return (*by_claims, *_of_the_others(claims, bench, plan, table, by_claims))


def _of_the_others(
    claims: Claims, bench: Bench, plan: str, table: Table, known: tuple[Ruling, ...]
) -> Iterator[Ruling]:
    needs = _needs(claims, plan)
    for row in table.rows:
        if row.figures and ruling_on(row, table, known) is None and not is_base(row, known):
            test = row_test(row, table, plan)
            yield Ruling(0, test, outcome_of(test, needs, claims.rule, bench.runs))


def _needs(claims: Claims, plan: str) -> Needs:
    """Return the cores that the claims need which try the plan as documented."""
    return Needs(
        cores=max(
            (
                max(claim.needs.cores, test.cores)
                for claim in claims.claims
                for test in claim.tests
                if test.plan == plan and test.client == "as-documented"
            ),
            default=1,
        )
    )


def row_test(row: Row, table: Table, plan: str) -> ClaimTest:
    """Return the test that repeats a row: of its ratio where it has two figures."""
    labels, figures = tuple(row.figures), tuple(row.figures.values())
    clients = table.clients_of(row) if row.clients is not None else None
    if len(labels) == 1:
        return ClaimTest(
            "level",
            plan,
            "as-documented",
            workload=row.workload,
            baseline=labels[0],
            connections=clients,
            stated=figures[0],
        )
    return ClaimTest(
        "ratio",
        plan,
        "as-documented",
        workload=row.workload,
        over=labels[0],
        under=labels[1],
        connections=clients,
        stated=figures[0] / figures[1],
    )
