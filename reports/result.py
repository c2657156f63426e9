"""One run as the laboratory wrote it. Frozen records only; names and units are the file's."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Estimate:
    """A median over trials with its 95 % interval; no interval below six valid trials."""

    median: float
    low: float | None
    high: float | None

    @property
    def has_interval(self) -> bool:
        return self.low is not None and self.high is not None


@dataclass(frozen=True)
class Range:
    """The ends of a 95 % interval whose middle stands beside it."""

    low: float
    high: float


@dataclass(frozen=True)
class Host:
    """The machine that measured."""

    id: str
    cpu: str
    cores: int
    memory_bytes: int
    system: str
    architecture: str
    distribution: str = ""
    notes: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Provenance:
    """Where the program that measured came from."""

    commit: str
    dirty: bool
    server_sha256: str
    compiler: str
    build: str
    argv: tuple[str, ...]
    flags: str = ""
    assay_sha256: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workload:
    """One kind of request and the reply that every baseline must give."""

    name: str
    title: str
    measures: str
    method: str
    path: str
    status: int
    type: str
    bytes: int


@dataclass(frozen=True)
class Baseline:
    """A server under test in one named setting; `label` is name@variant."""

    name: str
    variant: str
    label: str
    title: str
    variant_title: str
    about: str
    language: str
    model: str
    available: bool
    reason: str
    adapted: tuple[str, ...] = ()
    python: str | None = None
    gil: bool | None = None
    python_build: str | None = None
    packages: dict[str, str] = field(default_factory=dict)
    workers: int | None = None


@dataclass(frozen=True)
class Load:
    """How the client asks: so many connections, kept open or not, and so many requests at most.

    `client` is "native", ours, or the name of the kind that a document used.
    """

    name: str
    title: str
    connections: int
    keep_alive: bool
    client: str = "native"
    requests: int | None = None
    rate: float | None = None  # of an open loop, in requests/s
    share: float | None = None  # or as a share of the cell's own rate under the load `of`
    of: str = ""
    p99_limit_ms: float | None = None  # the highest rate that keeps it was looked for
    server_cores: int | None = None

    @property
    def is_native(self) -> bool:
        return self.client == "native"

    @property
    def is_script(self) -> bool:
        """Say whether a program that is not ours sent it; oha's settings are sent by ours."""
        return self.client not in ("native", "oha")

    @property
    def is_open(self) -> bool:
        """Say whether requests were sent when they were due, and not when a reply was in."""
        return self.rate is not None or self.share is not None

    @property
    def pace(self) -> str:
        """Return who sets the rate: the replies, the plan, or the cell's own rate elsewhere."""
        if self.rate is not None:
            return "rate"
        return "closed" if self.share is None else "share"


@dataclass(frozen=True)
class Cell:
    """Workload x baseline x load over all its trials; `rate` in requests/s, null with a reason."""

    workload: str
    baseline: str
    load: str
    trials: int
    valid: int
    missing: str
    rate: Estimate | None
    p50_us: float | None
    p99_us: float | None
    cpu_us_per_request: Estimate | None
    memory_bytes: float | None
    client_cpu: float | None
    warnings: tuple[str, ...] = ()
    rejected: int = 0  # trials that were made once more, since host or client spoilt them
    asked_rate: float | None = None
    p50_range_us: Range | None = None
    p99_range_us: Range | None = None

    @property
    def is_client_bound(self) -> bool:
        """Say whether the load generator was the limit, so that the rate is only a lower bound."""
        return any(warning.startswith("client-bound") for warning in self.warnings)


@dataclass(frozen=True)
class Ratio:
    """Rate of `ours` over rate of `theirs`, paired block by block."""

    workload: str
    load: str
    ours: str
    theirs: str
    rate: Estimate | None
    verdict: str
    p: float | None = None  # a second opinion: Mann-Whitney, with Holm's correction
    shift: Estimate | None = None  # by how many requests a second they differ


@dataclass(frozen=True)
class Lead:
    """Two baselines under one load: by how much the one leads. Without names, not planned."""

    ours: str
    theirs: str
    load: str
    ratio: Estimate | None = None

    @property
    def is_planned(self) -> bool:
        return bool(self.ours)


@dataclass(frozen=True)
class Factor:
    """What one factor makes of a documented lead, turned alone from both ends, or from one.

    `first` and `last` are ratios: above 1, the factor made a part of the lead. `share` is of the
    logarithm of the documented lead, the mean of both ways, or that of the one way there is.
    """

    name: str
    workload: str
    documented: Lead
    documented_but: Lead
    fair: Lead
    fair_but: Lead
    first: Estimate | None = None
    last: Estimate | None = None
    share: Estimate | None = None
    missing: str = ""

    @property
    def leads(self) -> tuple[Lead, ...]:
        found = (self.documented, self.documented_but, self.fair, self.fair_but)
        return tuple(lead for lead in found if lead.is_planned)

    @property
    def only_end(self) -> str:
        """Return the end from which it was turned, where it could be turned from one alone."""
        ends = {"documented": self.documented_but, "fair": self.fair_but}
        planned = [end for end, lead in ends.items() if lead.is_planned]
        return planned[0] if len(planned) == 1 else ""


@dataclass(frozen=True)
class ScalingPoint:
    """A cell of a series, by its workers or cores."""

    size: float
    baseline: str
    load: str
    rate: Estimate | None = None


@dataclass(frozen=True)
class Scaling:
    """How a rate grows with workers or cores, and the law fitted to it; `law` is empty without."""

    name: str
    workload: str
    by: str
    law: str
    points: tuple[ScalingPoint, ...]
    sigma: Estimate | None = None
    kappa: Estimate | None = None
    peak: float | None = None
    missing: str = ""


@dataclass(frozen=True)
class Noise:
    """How far apart two copies of one baseline lay, and from where a difference counts."""

    median: float
    floor: float


@dataclass(frozen=True)
class Latency:
    """Of the replies of a trial; a percentile that too few lie beyond is left out."""

    mean: float
    p50: float
    max: float
    p90: float | None = None
    p99: float | None = None


@dataclass(frozen=True)
class Conditions:
    """What the machine did beside a trial; nothing where it does not tell."""

    steal: float | None = None  # share of all cores' time that the hypervisor took
    foreign_cores: float | None = None  # busy for neither the server nor the client
    pressure: float | None = None  # share of the time in which some task waited for a core
    temperature_c: float | None = None
    frequency_mhz: float | None = None
    throttled: int | None = None


@dataclass(frozen=True)
class ServerState:
    """What the server's processes held and did."""

    memory_idle_bytes: int = 0
    memory_peak_bytes: int = 0
    processes: int = 0
    threads: int = 0
    open_files: int | None = None
    voluntary_switches: int | None = None
    involuntary_switches: int | None = None


@dataclass(frozen=True)
class Trial:
    """What the report uses of a single trial; the file holds more.

    A `twin` is of a copy that is there to show the host's noise, and belongs to no cell.
    """

    block: int
    workload: str
    baseline: str
    load: str
    valid: bool
    rate: float | None
    reasons: tuple[str, ...] = ()
    fault: str = ""  # of a valid one "host": each attempt was spoilt, and the last was let stand
    twin: bool = False
    requests: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    latency_us: Latency | None = None
    server_cpu_us_per_request: float | None = None
    memory_bytes: float | None = None
    attempt: int = 0  # above 0: those before it in its block were lost to the host or the client
    warm_up_s: float | None = None
    steady: bool = True
    asked_rate: float | None = None
    client_wait: float | None = None  # share of the time in which it waited for a core
    longest_gap_ms: float | None = None  # for which the whole client stood still
    lag_p99_us: float | None = None  # of an open loop: sent after it was due
    program_sha256: str = ""
    conditions: Conditions | None = None
    server: ServerState | None = None


@dataclass(frozen=True)
class Run:
    """A whole result file."""

    run: str
    plan: str
    title: str
    seed: int
    blocks: int
    blocks_done: int
    complete: bool
    started: str
    duration_s: float
    warm_up_s: float
    measure_s: float
    host: Host
    provenance: Provenance
    workloads: tuple[Workload, ...]
    baselines: tuple[Baseline, ...]
    loads: tuple[Load, ...]
    cells: tuple[Cell, ...]
    ratios: tuple[Ratio, ...]
    trials: tuple[Trial, ...]
    document: str | None = None
    table: str | None = None
    noise: Noise | None = None
    factors: tuple[Factor, ...] = ()
    scalings: tuple[Scaling, ...] = ()
    ended_by: str = ""  # "blocks", "precision", "time" or "cut"

    def baseline(self, label: str) -> Baseline | None:
        return next((each for each in self.baselines if each.label == label), None)

    def cell(self, workload: str, baseline: str, load: str) -> Cell | None:
        wanted = (workload, baseline, load)
        return next((c for c in self.cells if (c.workload, c.baseline, c.load) == wanted), None)

    def trials_of(self, cell: Cell) -> tuple[Trial, ...]:
        """Return the trials that count: of each block the last attempt, as the laboratory does."""
        last: dict[int, Trial] = {}
        for trial in self.attempts_of(cell):
            known = last.get(trial.block)
            if known is None or trial.attempt >= known.attempt:
                last[trial.block] = trial
        return tuple(trial for _, trial in sorted(last.items()))

    def attempts_of(self, cell: Cell) -> tuple[Trial, ...]:
        """Return all trials, with those that were spoilt and made once more."""
        wanted = (cell.workload, cell.baseline, cell.load, False)
        return tuple(t for t in self.trials if (t.workload, t.baseline, t.load, t.twin) == wanted)
