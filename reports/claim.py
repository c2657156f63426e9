"""What the documents claim, and what decides each claim. Frozen records and their rules; pure.

`faults` says what a record may not hold, sentence by sentence; `claim_file` asks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

KINDS = (
    "rate-ratio",
    "absolute-rate",
    "latency",
    "memory",
    "scaling",
    "factor",
    "micro-benchmark",
    "behaviour",
    "arithmetic",
    "code-reading",
    "fact",
)
ENOUGH = ("all", "any")
VERDICTS = ("reproduced", "direction only", "refuted", "invalid", "not measurable")
PLANS = (
    "barq-optimal",
    "barq-multiprocess",
    "karak-high-concurrency",
    "karak-standard",
    "karak-thread-scaling",
    "freetser-keep-alive",
    "spikard-json",
    "factors-client",
    "factors-keep-alive",
    "factors-log",
    "factors-parser",
    "factors-workers",
    "factors-database",
    "factors-interpreter",
    "factors-requests",
    "latency",
    "scaling",
    "capacity",
)
CLIENTS = ("as-documented", "native")
METRICS = (
    "rate",
    "latency_mean_ms",
    "latency_p50_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "latency_max_ms",
    "memory_mb",
    "cpu_us",
    "success_percent",
)
PACES = ("closed", "rate", "share")
STEPS = ("workload", "connections", "keep-alive")
PARAMETERS = ("parallel_share", "peak_workers")
# What each kind of test asks for, beside `kind`, `plan`, `client` and what it expects.
TEST_KINDS = {
    "level": ("workload", "baseline"),
    "ratio": ("workload", "over", "under"),
    "mean-ratio": ("workloads", "over", "under"),
    "change": ("baseline", "by", "before", "after"),
    "share": ("workload", "over", "under"),
    "fit": ("workload", "baselines", "parameter"),
}
OPTIONAL = {"share": ("factor",), "ratio": ("best",), "mean-ratio": ("best",)}
EXPECTED = ("stated", "stated_range", "at_least", "at_most")
CHOSEN_BY = ("connections", "keep_alive", "pace")  # which loads a test is about
NEEDED = ("cores", "open_files")  # of the host
ALWAYS = {"kind", "plan", "client", *EXPECTED, "metric", *CHOSEN_BY, *NEEDED, "correction"}


@dataclass(frozen=True)
class ClaimTest:
    """What a run computes for a claim, and what the claim expects of it: one of EXPECTED.

    `cores` and `open_files` stand where this test needs more of them than its claim; `correction`
    where what is stated is not what the document's own figures give. `factor` names one of a plan's
    several. With `best`, over and under each stand for their fastest variant under the load.
    """

    kind: str
    plan: str
    client: str
    workload: str = ""
    workloads: tuple[str, ...] = ()
    baseline: str = ""
    baselines: tuple[str, ...] = ()
    over: str = ""
    under: str = ""
    best: bool = False
    by: str = ""
    before: str = ""
    after: str = ""
    parameter: str = ""
    factor: str = ""
    metric: str = "rate"
    connections: int | None = None
    keep_alive: bool | None = None
    pace: str = ""
    cores: int = 0
    open_files: int = 0
    stated: float | None = None
    stated_range: tuple[float, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    correction: str = ""


@dataclass(frozen=True)
class Needs:
    """What the host must have, or the claim is not measurable there."""

    cores: int = 1
    open_files: int = 0
    system: str = ""
    python: str = ""


@dataclass(frozen=True)
class Published:
    """The figures in the claim, in the order in which the document says them."""

    values: tuple[float, ...]
    unit: str


@dataclass(frozen=True)
class Evidence:
    """What reading or arithmetic found; it has the verdict where no run decides."""

    finding: str
    verdict: str = ""


@dataclass(frozen=True)
class Claim:
    """One claim: `tests` decide it; `fair` asks whether it holds between equals, and decides
    nothing. Without a `decision` of its own the general rule holds. `enough` says how many of the
    tests must hold: all that could be made, or any one."""

    id: str
    number: int
    documents: tuple[str, ...]
    where: str
    statement: str
    kind: str
    experiment: str
    metric: str
    decision: str = ""
    enough: str = "all"
    figure: Published | None = None
    needs: Needs = Needs()
    tests: tuple[ClaimTest, ...] = ()
    fair: tuple[ClaimTest, ...] = ()
    evidence: Evidence | None = None

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans that test the claim, each once, in the order of the tests."""
        return tuple(dict.fromkeys(test.plan for test in (*self.tests, *self.fair)))


@dataclass(frozen=True)
class Rule:
    """The general decision rule, in words and in numbers."""

    text: str
    blocks: int
    tolerance: float
    errors_at_most: float
    client_cpu_at_most: float


@dataclass(frozen=True)
class Claims:
    """The whole of results/documents/claims.toml."""

    rule: Rule
    claims: tuple[Claim, ...]


def faults(claims: Claims) -> Iterator[tuple[str, str]]:
    """Yield each field at fault with what is wrong with it."""
    for index, claim in enumerate(claims.claims):
        field = f"claims[{index}] ({claim.id})"
        yield from _faults_of_claim(claim, field)
        for earlier in claims.claims[:index]:
            if claim.id == earlier.id or claim.number == earlier.number:
                yield field, f"has the id or the number of {earlier.id}, claim {earlier.number}"


def _faults_of_claim(claim: Claim, field: str) -> Iterator[tuple[str, str]]:
    yield from _unknown(field, "kind", claim.kind, KINDS)
    yield from _unknown(field, "enough", claim.enough, ENOUGH)
    for name in ("tests", "fair"):
        for index, test in enumerate(getattr(claim, name)):
            yield from faults_of_test(test, f"{field}.{name}[{index}]")
    if not claim.tests and claim.evidence is None:
        yield field, "has neither tests nor evidence, so nothing decides it"
    if claim.evidence is not None and claim.tests and claim.evidence.verdict:
        yield f"{field}.evidence", "has a verdict beside tests, which decide the claim"
    if claim.evidence is not None and not claim.tests:
        yield from _unknown(f"{field}.evidence", "verdict", claim.evidence.verdict, VERDICTS)


def faults_of_test(test: ClaimTest, field: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one test, by its kind."""
    if test.kind not in TEST_KINDS:
        yield from _unknown(field, "kind", test.kind, tuple(TEST_KINDS))
        return
    for name, known in (("plan", PLANS), ("client", CLIENTS), ("metric", METRICS)):
        yield from _unknown(field, name, getattr(test, name), known)
    yield from _faults_of_fields(test, field)
    yield from _faults_of_expectation(test, field)
    if test.kind == "change":
        yield from _unknown(field, "by", test.by, STEPS)
    if test.pace:
        yield from _unknown(field, "pace", test.pace, PACES)
    if test.kind == "fit":
        yield from _unknown(field, "parameter", test.parameter, PARAMETERS)
    if test.best and test.client != "native":
        yield f"{field}.best", "has no meaning as documented, where the document says which variant"
    if test.kind == "share" and not test.plan.startswith("factors-"):
        yield f"{field}.plan", f"is {test.plan!r}, and only a factors- plan gives shares"


def _faults_of_fields(test: ClaimTest, field: str) -> Iterator[tuple[str, str]]:
    wanted = TEST_KINDS[test.kind]
    if test.kind == "change" and test.by != "workload":
        wanted = (*wanted, "workload")
    for name in wanted:
        if not getattr(test, name):
            yield f"{field}.{name}", f"is missing, and a {test.kind} needs it"
    given = {each.name for each in fields(test) if getattr(test, each.name) != each.default}
    for name in sorted(given - ALWAYS - {*wanted, *OPTIONAL.get(test.kind, ())}):
        yield f"{field}.{name}", f"has no meaning for a {test.kind}"


def _faults_of_expectation(test: ClaimTest, field: str) -> Iterator[tuple[str, str]]:
    given = [name for name in EXPECTED if getattr(test, name) is not None]
    if len(given) != 1:
        yield field, f"needs exactly one of {', '.join(EXPECTED)} and has {len(given)}"
    ends = test.stated_range
    if ends is not None and (len(ends) != 2 or ends[0] >= ends[1]):
        yield f"{field}.stated_range", "is not a lower and a higher number"


def _unknown(
    field: str, name: str, value: str, known: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    if value not in known:
        yield f"{field}.{name}", f"is {value!r}, which is not one of {', '.join(known)}"
