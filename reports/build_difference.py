"""Whether two runs were made from the same build, as far as some figures rest on it. Pure.

Only what a figure rests on tells: another reference server is nothing to two of Karak's. What a
result does not tell is taken as the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.claim import ClaimTest
from reports.result import Run

OURS = "reference"
SHARED = ("baselines/", "workloads/")  # what Python baselines have in common lies in them


@dataclass(frozen=True)
class Parts:
    """What figures rest on: folders of workloads and of baselines, and documents' clients."""

    workloads: frozenset[str]
    baselines: frozenset[str]
    has_document_client: bool


def parts_of(
    workloads: tuple[str, ...], labels: tuple[str, ...], has_document_client: bool
) -> Parts:
    """Return the parts behind cells; a name's variant stands in the folder of the name."""
    folders = (frozenset(name.partition("@")[0] for name in names) for names in (workloads, labels))
    return Parts(*folders, has_document_client)


def parts_of_tests(tests: tuple[ClaimTest, ...]) -> Parts:
    """Return the parts behind the figures of tests."""
    workloads, labels = [], []
    for test in tests:
        workloads += [test.workload, *test.workloads]
        workloads += [test.before, test.after] if test.by == "workload" else []
        labels += [test.baseline, *test.baselines, test.over, test.under]
    is_documented = any(
        test.client == "as-documented" or test.kind == "share"  # whose lead is the documented one
        for test in tests
    )
    return parts_of(tuple(filter(None, workloads)), tuple(filter(None, labels)), is_documented)


def is_same_build(one: Run, other: Run) -> bool:
    """Say whether two runs are of the same programs of ours."""
    pairs = (
        (one.provenance.assay_sha256, other.provenance.assay_sha256),
        (one.provenance.server_sha256, other.provenance.server_sha256),
    )
    return not any(_differ(*pair) for pair in pairs)


def build_difference(one: Run, other: Run, parts: Parts) -> tuple[str, ...]:
    """Return in which of the parts two runs differ, in words; nothing: their figures may meet."""
    return tuple(_differences(one, other, parts))


def _differences(one: Run, other: Run, parts: Parts) -> Iterator[str]:
    ours, theirs = one.provenance, other.provenance
    if _differ(ours.assay_sha256, theirs.assay_sha256):
        yield "laboratory and client"
    if OURS in parts.baselines and _differ(ours.server_sha256, theirs.server_sha256):
        yield "reference server"
    for path in sorted(set(ours.sources) & set(theirs.sources)):
        if _counts(path, parts) and _differ(ours.sources[path], theirs.sources[path]):
            yield path


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _counts(path: str, parts: Parts) -> bool:
    """Say whether figures rest on a source; the reference server's are in its binary."""
    if path == "harness/clients":
        return parts.has_document_client
    folder, _, name = path.partition("/")
    if name.endswith(".py") and not name.endswith("_test.py"):
        return path.startswith(SHARED) and parts.baselines != {OURS}
    return {
        "workloads": name in parts.workloads and parts.baselines != {OURS},
        "baselines": name in parts.baselines,
    }.get(folder, False)
