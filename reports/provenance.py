"""Where a run's figures come from: machine, program, interpreters, versions, as texts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from reports.quantity import bytes_text, seconds_text
from reports.result import Baseline, Run


@dataclass(frozen=True)
class BaselineFacts:
    """What runs under a baseline's name, and what was changed to make it run."""

    title: str
    label: str
    variant: str
    about: str
    model: str
    interpreter: str
    packages: str
    adapted: tuple[str, ...]
    reason: str


def host_facts(run: Run) -> tuple[tuple[str, str], ...]:
    """Return the machine as pairs of name and text."""
    host = run.host
    system = " \N{MIDDLE DOT} ".join(filter(None, (host.distribution, host.system)))
    return (
        ("Processor", f"{host.cpu}, {host.cores} cores, {host.architecture}"),
        ("Memory", bytes_text(host.memory_bytes)),
        ("System", system),
        ("Host", host.id),
        *((name[:1].upper() + name[1:], text) for name, text in sorted(host.settings.items())),
    )


def program_facts(run: Run) -> tuple[tuple[str, str], ...]:
    """Return what measured, as pairs of name and text."""
    source = run.provenance
    commit = source.commit or "not under version control"
    return (
        ("Run", run.run),
        ("Command", " ".join(source.argv)),
        ("Commit", f"{commit} (with changes)" if source.dirty else commit),
        ("Compiler", f"{source.compiler}, {source.build} build"),
        *_told("Compiled with", source.flags),
        ("Server binary", _hash_text(source.server_sha256)),
        *_told("Laboratory and client", source.assay_sha256 and _hash_text(source.assay_sha256)),
        *_told("Environment", _pairs(source.environment, "=")),
        *_told("Sources, SHA-256", _sources(source.sources)),
        ("Seed", str(run.seed)),
        ("Took", seconds_text(round(run.duration_s))),
    )


def _told(name: str, text: str) -> tuple[tuple[str, str], ...]:
    return ((name, text),) if text else ()


def _hash_text(sha256: str) -> str:
    return f"SHA-256 {sha256}" if sha256 else "unknown"


def _pairs(texts: Mapping[str, str], between: str) -> str:
    return ", ".join(f"{name}{between}{text}" for name, text in sorted(texts.items()))


def _sources(hashes: Mapping[str, str]) -> str:
    """Return each with as much of its hash as tells two apart; the result file has the whole."""
    return _pairs({path: text[:12] or "missing" for path, text in hashes.items()}, " ")


def baseline_facts(run: Run) -> tuple[BaselineFacts, ...]:
    """Return what each baseline is, in the order of the run."""
    return tuple(
        BaselineFacts(
            title=each.title,
            label=each.label,
            variant=each.variant_title,
            about=each.about,
            model=each.model,
            interpreter=interpreter_text(each),
            packages=", ".join(f"{name} {version}" for name, version in each.packages.items()),
            adapted=each.adapted,
            reason="" if each.available else each.reason or "no reason given",
        )
        for each in run.baselines
    )


def interpreter_text(baseline: Baseline) -> str:
    """Return language, version, state of the GIL and build."""
    if not baseline.python:
        return baseline.language
    gil = {True: "GIL on", False: "GIL off", None: "state of the GIL unknown"}[baseline.gil]
    build = f", build {baseline.python_build}" if baseline.python_build else ""
    return f"Python {baseline.python}, {gil}{build}"


def moment_text(moment: str) -> str:
    """Return an ISO time as a date that people read, in UTC."""
    time = datetime.fromisoformat(moment)
    return f"{time.astimezone(UTC) if time.tzinfo else time:%d %B %Y, %H:%M} UTC".lstrip("0")
