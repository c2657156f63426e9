"""A command of the set-up whose output goes to a log, and what the log tells of its failure.

Pure but for `logged_run`. The standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

# As pip, cargo and go say it.
OFFLINE_SIGNS = (
    "NewConnectionError",
    "Name or service not known",
    "Max retries exceeded",
    "Could not resolve host",
    "failed to download from",
    "no such host",
)


class Run(Protocol):
    """Runs a command and returns its status; tests have one that only writes down."""

    def __call__(
        self, command: Sequence[str], log: Path, folder: Path | None = None, search: str = ""
    ) -> int:
        """Run `command` in `folder`, with the folder `search` first on PATH."""


def logged_run(
    command: Sequence[str], log: Path, folder: Path | None = None, search: str = ""
) -> int:
    """Run a command with its output appended to the log; 127 where it does not start."""
    surroundings = dict(os.environ)
    if search:
        surroundings["PATH"] = os.pathsep.join([search, surroundings.get("PATH", os.defpath)])
    with log.open("a") as output:
        output.write(f"+ {' '.join(command)}\n")
        output.flush()
        try:
            return subprocess.run(
                command,
                cwd=folder,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            ).returncode
        except OSError as problem:
            output.write(f"{problem}\n")
            return 127


def failure(step: str, command: Sequence[str], log: Path, root: Path) -> str:
    """Say in one line why a step did not succeed, and where more is written."""
    where = log.relative_to(root)
    text = log.read_text(errors="replace")
    if any(sign in text for sign in OFFLINE_SIGNS):
        return f"no package server answered: check the network, then: make setup ({where})"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("+ ")]
    errors = [line for line in lines if line.lower().startswith("error")]
    last = (errors or lines or [f"{' '.join(command)[:80]} ended"])[-1]
    return f"{step}: {last.removeprefix('ERROR: ')[:160]} ({where})"
