"""Which run stands for each plan on each host. Pure: files in, files out.

Runs are never mixed: a plan's newest whole run counts, or its newest if none is whole. One that was
asked for other workloads or blocks than its plan has comes after those that were not, and one of
the build of the host's newest run before a newer one of another build.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.build_difference import is_same_build
from reports.result import Host, Run
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
    newest: dict[str, Run] = {}
    blocks: dict[str, int] = {}
    for file in files:
        newest.setdefault(file.run.host.id, file.run)
        blocks[file.run.plan] = max(blocks.get(file.run.plan, 0), file.run.blocks)

    def rank(file: ResultFile) -> tuple[bool, bool, bool]:
        run = file.run
        other_build = not is_same_build(run, newest[run.host.id])
        return not run.complete, _is_part(run, blocks[run.plan]), other_build

    hosts: dict[str, Bench] = {}
    for file in sorted(files, key=rank):
        bench = hosts.setdefault(file.run.host.id, Bench(file.run.host, {}))
        bench.files.setdefault(file.run.plan, file)
    return tuple(hosts.values())


def _is_part(run: Run, most_blocks: int) -> bool:
    """Say whether the run was asked for less than its plan; `most_blocks`: of the plan's runs."""
    asked = {word.partition("=")[0] for word in run.provenance.argv}
    return "--workload" in asked or ("--blocks" in asked and run.blocks < most_blocks)
