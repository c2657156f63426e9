"""What a running server says of itself on GET /__assay__.

Asked of the process under test, not of the machine: which interpreter it runs on, whether the lock
was off before the framework came and is off after all imports (an extension may turn it on again),
and which versions it has loaded. To know what was before, import this before the framework.
"""

import platform
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path


def lock_is_on() -> bool:
    """Tell whether the global interpreter lock is on; before 3.13 it always was."""
    return sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True


GIL_BEFORE = lock_is_on()


def pinned_packages(requirements: str) -> dict[str, str]:
    """Return the packages that a requirements.txt pins, with their versions."""
    lines = [line.partition("#")[0].strip() for line in requirements.splitlines()]
    pairs = [line.partition("==") for line in lines if line]
    # Behind a pin may stand options of its own: `orjson==3.11.7 --config-settings=...`.
    return {name: pin.split()[0] for name, _, pin in pairs}


def environment_packages(environment: Path) -> dict[str, str]:
    """Return what is loaded of the packages that the environment's own lock names.

    An environment keeps a copy of the lock it was made from; one without has no packages.
    """
    lock = environment / "requirements.txt"
    pins = pinned_packages(lock.read_text(encoding="utf-8")) if lock.exists() else {}
    return {name: version(name) for name in pins}


def build_text(arguments: str) -> str:
    """Return how an interpreter was built, from the arguments of its configure script.

    The free-threaded Python is often built where it runs, and then not always with a profile,
    which is worth a fifth of its speed and more.
    """
    profile = "with" if "--enable-optimizations" in arguments else "without"
    link = "with" if "--with-lto" in arguments else "without"
    return f"{profile} profile, {link} link-time optimization"


def server_facts(baseline: Path, **settings: str | int) -> dict[str, object]:
    """Return the facts of this process; `baseline` is its folder, `settings` what it runs with."""
    facts: dict[str, object] = {
        "baseline": baseline.name,
        "python": platform.python_version(),
        "gil_before": GIL_BEFORE,
        "gil": lock_is_on(),
        "packages": environment_packages(Path(sys.prefix)),
    }
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        facts["build"] = build_text(sysconfig.get_config_var("CONFIG_ARGS") or "")
    return {**facts, **settings}
