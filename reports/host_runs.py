"""Which run stands for each plan on each host. Pure: files in, files out.

Runs are never mixed: a plan's newest whole run counts, or its newest if none is whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.result import Host
from reports.result_file import ResultFile
from reports.verdict import HostRuns


@dataclass(frozen=True)
class Bench:
    """A host and, by plan, the file of the run that stands for it."""

    host: Host
    files: dict[str, ResultFile]

    @property
    def runs(self) -> HostRuns:
        return HostRuns(self.host, {plan: file.run for plan, file in self.files.items()})


def benches(files: tuple[ResultFile, ...]) -> tuple[Bench, ...]:
    """Return each host of `files`, which are in order, the newest first."""
    hosts: dict[str, Bench] = {}
    for file in sorted(files, key=lambda file: not file.run.complete):
        bench = hosts.setdefault(file.run.host.id, Bench(file.run.host, {}))
        bench.files.setdefault(file.run.plan, file)
    return tuple(hosts.values())
