"""What a trial says for a metric of claims.toml, and how it is printed. Pure."""

from __future__ import annotations

from reports.quantity import NO_BREAK, rate_text, ratio_text
from reports.result import Trial

UNITS = {
    "rate": "requests/s",
    "memory_mb": "MB",
    "cpu_us": "\N{MICRO SIGN}s of CPU per request",
    "success_percent": "%",
}
# As the laboratory writes it; `success_percent` counts these replies instead of being stopped.
COUNTED = "errors above "
# Likewise: the host spoils how fast a trial was, and not whether its replies were right.
OF_THE_HOST = ("foreign load", "the hypervisor took ")


def value(trial: Trial, metric: str) -> float | None:
    """Return the metric of one trial, or nothing where the trial is not valid for it."""
    if metric == "success_percent":
        return _success(trial)
    if not trial.valid:
        return None
    if metric.startswith("latency_"):
        return _latency_ms(trial, metric)
    if metric == "memory_mb":  # a million bytes
        return trial.memory_bytes / 1e6 if trial.memory_bytes else None
    return trial.rate if metric == "rate" else trial.server_cpu_us_per_request or None


def value_text(number: float, metric: str) -> str:
    """Return a level without its unit."""
    if metric == "success_percent":
        return f"{number:.2f}"
    return rate_text(number) if metric == "rate" else ratio_text(number)


def unit(metric: str) -> str:
    """Return the unit of a level."""
    return "ms" if metric.startswith("latency_") else UNITS[metric]


def words(metric: str) -> str:
    """Return the metric's name as people say it: "mean latency", "rate"."""
    if metric.startswith("latency_"):
        which = metric.removeprefix("latency_").removesuffix("_ms")
        return "highest latency" if which == "max" else f"{which} latency"
    return {"memory_mb": "memory", "cpu_us": "CPU", "success_percent": "success"}.get(
        metric, metric
    )


def level_text(number: float, metric: str) -> str:
    """Return a level with its unit."""
    return f"{value_text(number, metric)}{NO_BREAK}{unit(metric)}"


def _latency_ms(trial: Trial, metric: str) -> float | None:
    kind = metric.removeprefix("latency_").removesuffix("_ms")
    found = getattr(trial.latency_us, kind, None)
    return None if found is None else found / 1000


def _success(trial: Trial) -> float | None:
    failed = sum(trial.errors.values())
    asked = trial.requests + failed
    if not asked or not all(reason.startswith((COUNTED, *OF_THE_HOST)) for reason in trial.reasons):
        return None
    return 100 * trial.requests / asked
