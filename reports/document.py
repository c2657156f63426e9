"""What a document published, as data: its machine, its tables, its figures. Frozen records only."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class About:
    """The text that the figures were copied from."""

    name: str
    title: str
    version: str
    date: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Machine:
    """Where the document's figures were taken, in its own words."""

    cpu: str
    cores: int
    python: str
    platform: str

    @property
    def words(self) -> str:
        return f"{self.cpu}, {self.cores} cores"


@dataclass(frozen=True)
class Row:
    """A scenario: figures by baseline label, the claimant first, the one compared with second."""

    scenario: str
    workload: str
    figures: dict[str, float]
    unit: str
    claim: str = ""


@dataclass(frozen=True)
class Table:
    """One table. What the document does not say (requests, clients) is left out of the file."""

    id: str
    title: str
    client: str
    rows: tuple[Row, ...]
    requests: int | None = None
    clients: int | None = None
    keep_alive: bool = False
    threads: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole file of results/documents."""

    document: About
    machine: Machine
    tables: tuple[Table, ...]

    def table(self, identifier: str | None) -> Table | None:
        return next((each for each in self.tables if each.id == identifier), None)
