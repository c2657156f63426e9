"""What a run of one of these clients comes to: the figures of `assay load --json`, and as text."""

from __future__ import annotations

import dataclasses
import math
import platform
import sys
from dataclasses import dataclass, field

import call

PERCENTILES = (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99_9", 0.999), ("p99_99", 0.9999))


@dataclass(frozen=True)
class Run:
    """The timed part of a client, as it was."""

    calls: list[call.Call]
    duration_s: float
    cpu_s: float  # of the whole process
    connections: int  # at once, as asked for
    cut: bool = False
    warnings: list[str] = field(default_factory=list)


def compared(calls: list[call.Call], expected: bytes | None) -> list[call.Call]:
    """Return the calls with an error where the body of a reply is not the expected one."""
    if expected is None:
        return calls
    return [
        dataclasses.replace(each, error="body", body=None)
        if each.error is None and each.body != expected
        else dataclasses.replace(each, body=None)
        for each in calls
    ]


def nearest_rank(ordered: list[float], share: float) -> float:
    """Return the smallest value that at least this share of all is not above."""
    # Rounded, since 0.9 * 10 is a little less than 9 in some of its forms and more in others.
    return ordered[max(math.ceil(round(share * len(ordered), 9)), 1) - 1]


def latency_us(calls: list[call.Call]) -> dict[str, float]:
    """Return what `assay load` prints: replies right or wrong, and timeouts with what they took."""
    ordered = sorted(
        each.latency_s * 1e6 for each in calls if each.status is not None or each.error == "timeout"
    )
    if not ordered:
        return dict.fromkeys(["mean", *(name for name, _ in PERCENTILES), "max"], 0.0)
    figures = {"mean": sum(ordered) / len(ordered)}
    figures.update((name, nearest_rank(ordered, share)) for name, share in PERCENTILES)
    figures["max"] = ordered[-1]
    return {name: round(value, 3) for name, value in figures.items()}


def interpreter() -> str:
    """Return which Python ran the client: its lock is a limit of its own."""
    is_locked = getattr(sys, "_is_gil_enabled", lambda: True)()
    lock = "with the GIL" if is_locked else "free-threaded"
    return f"{platform.python_implementation()} {platform.python_version()}, {lock}"


def counted(values: list[str]) -> dict[str, int]:
    """Return how often each value occurs."""
    return {value: values.count(value) for value in sorted(set(values))}


def summary(run: Run, as_published: dict) -> dict:
    """Return the document that is printed as JSON."""
    right = sum(each.error is None for each in run.calls)
    errors = [each.error for each in run.calls if each.error]
    per_call_us = 1e6 / len(run.calls) if run.calls else 0.0
    return {
        "requests": right,
        "duration_s": round(run.duration_s, 6),
        "rate": round(right / run.duration_s, 3) if run.duration_s > 0 else 0.0,
        "errors": {kind: errors.count(kind) for kind in call.KINDS},
        "status": counted([str(each.status) for each in run.calls if each.status is not None]),
        "body_bytes": sum(each.body_bytes for each in run.calls),
        "latency_us": latency_us(run.calls),
        "connections": run.connections,
        "client_cpu_us_per_request": round(run.cpu_s * per_call_us, 4),
        "interpreter": interpreter(),
        "cut": run.cut,
        "warnings": run.warnings + warnings(run, len(errors)),
        "as_published": as_published,
    }


def warnings(run: Run, failed: int) -> list[str]:
    """Return what a reader must know first, as sentences."""
    said = []
    if run.cut:
        said.append(f"cut short after {run.duration_s:.1f} s: this is what was measured until then")
    if failed:
        said.append(f"{failed} of {len(run.calls)} requests failed; the rate counts right replies")
    return said


def text(figures: dict) -> str:
    """Return a summary for people, the document's own words last."""
    failed = {kind: count for kind, count in figures["errors"].items() if count}
    latency = figures["latency_us"]
    lines = [
        f"{figures['rate']:.1f} requests/s   {figures['requests']} right replies in "
        f"{figures['duration_s']:.2f} s over {figures['connections']} connections at once",
        "  latency    "
        + "   ".join(f"{name.replace('_', '.')} {us / 1e3:.2f} ms" for name, us in latency.items()),
        "  errors     " + (" ".join(f"{kind} {n}" for kind, n in failed.items()) or "none"),
        f"  client     {figures['client_cpu_us_per_request']:.1f} us of CPU per request, "
        f"{figures['interpreter']}",
    ]
    lines += [f"  warning    {warning}" for warning in figures["warnings"]]
    published = figures["as_published"]
    lines += [f"as {published['document']} would have printed it:", *published["text"]]
    lines += ["what is wrong with that:", *(f"  - {flaw}" for flaw in published["flaws"])]
    return "\n".join(lines)


def exit_status(figures: dict) -> int:
    """Return 0 if all replies were right, 1 if not, 2 if nothing was measured."""
    failed = sum(figures["errors"].values())
    if figures["requests"] + failed == 0:
        return 2
    return 1 if failed or figures["cut"] else 0
