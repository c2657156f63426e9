"""What a running server says of itself on GET /__assay__.

Asked of the process under test, not of the machine: which interpreter it runs on, whether the lock
is off after all imports (an extension may turn it on again), and which versions it has loaded.
"""

import platform
import sys
from importlib.metadata import version
from pathlib import Path


def pinned_packages(requirements: str) -> dict[str, str]:
    """Return the packages that a requirements.txt pins, with their versions."""
    lines = [line.partition("#")[0].strip() for line in requirements.splitlines()]
    pairs = [line.partition("==") for line in lines if line]
    return {name: pin for name, _, pin in pairs}


def server_facts(baseline: Path, **settings: str | int) -> dict[str, object]:
    """Return the facts of this process; `baseline` is its folder, `settings` what it runs with."""
    pins = pinned_packages((baseline / "requirements.txt").read_text(encoding="utf-8"))
    return {
        "baseline": baseline.name,
        "python": platform.python_version(),
        # Before 3.13 there was nothing to ask: the lock was always on.
        "gil": sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True,
        "packages": {name: version(name) for name in pins},
        **settings,
    }
