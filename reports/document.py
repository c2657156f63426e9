"""What a document published, as data: its machine, its tables, its figures. Frozen records only."""

from __future__ import annotations

from dataclasses import dataclass, field

METRICS = (
    "latency_low_ms",
    "latency_high_ms",
    "latency_mean_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "latency_max_ms",
    "memory_mb",
)


@dataclass(frozen=True)
class About:
    """The text that the figures were copied from; with `same_as`, the other document has them."""

    name: str
    title: str
    version: str
    date: str
    text: str
    note: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Machine:
    """Where the document's figures were taken, in its own words."""

    cpu: str
    cores: int
    python: str
    platform: str
    memory: str = ""

    @property
    def words(self) -> str:
        return f"{self.cpu}, {self.cores} cores"


@dataclass(frozen=True)
class Row:
    """A scenario: figures by baseline label, the claimant first, the one compared with second.

    `words` are the document's own for this row, so that each figure can be checked. `also` holds
    the claimant's other figures, by METRICS. `clients` stands where it differs from row to row.
    `note` is ours: what a reader of the figures beside it must know.
    """

    scenario: str
    workload: str
    figures: dict[str, float]
    unit: str
    words: str
    claim: str = ""
    also: dict[str, float] = field(default_factory=dict)
    clients: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Table:
    """One table. What the document does not say (requests, clients) is left out of the file."""

    id: str
    title: str
    client: str
    rows: tuple[Row, ...]
    requests: int | None = None
    duration_s: float | None = None
    clients: int | None = None
    keep_alive: bool = False
    threads: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    contradictory: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """All that a reader of the figures must know, in sentences."""
        return (*self.missing, *self.contradictory, *self.elsewhere)

    def clients_of(self, row: Row) -> int | None:
        """Return the clients of a row: its own number, or the one that the whole table has."""
        return self.clients if row.clients is None else row.clients


@dataclass(frozen=True)
class Sentence:
    """Figures that stand in a sentence of the document, in the order in which it says them."""

    where: str
    words: str
    figures: tuple[float, ...]
    unit: str


@dataclass(frozen=True)
class Document:
    """A whole file of results/documents."""

    document: About
    machine: Machine
    tables: tuple[Table, ...]
    sentences: tuple[Sentence, ...] = ()

    def table(self, identifier: str | None) -> Table | None:
        return next((each for each in self.tables if each.id == identifier), None)
