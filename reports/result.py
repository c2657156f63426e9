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


@dataclass(frozen=True)
class Provenance:
    """Where the program that measured came from."""

    commit: str
    dirty: bool
    server_sha256: str
    compiler: str
    build: str
    argv: tuple[str, ...]


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

    @property
    def is_native(self) -> bool:
        return self.client == "native"


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
    twin: bool = False
    requests: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    latency_us: Latency | None = None
    server_cpu_us_per_request: float | None = None
    memory_bytes: float | None = None


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

    def baseline(self, label: str) -> Baseline | None:
        return next((each for each in self.baselines if each.label == label), None)

    def cell(self, workload: str, baseline: str, load: str) -> Cell | None:
        wanted = (workload, baseline, load)
        return next((c for c in self.cells if (c.workload, c.baseline, c.load) == wanted), None)

    def trials_of(self, cell: Cell) -> tuple[Trial, ...]:
        wanted = (cell.workload, cell.baseline, cell.load, False)
        return tuple(t for t in self.trials if (t.workload, t.baseline, t.load, t.twin) == wanted)
