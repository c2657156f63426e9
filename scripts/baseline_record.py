"""What the laboratory is told of a baseline's program: .venv/<environment>.json.

Written at once or not at all, and only where it changed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Record:
    """The program that runs a baseline, or the reason why there is none.

    `loop_us` and `gil_before` are facts of a Python interpreter (interpreter_facts.py).
    """

    program: str | None
    version: str = ""
    build: str = ""
    reason: str = ""
    loop_us: float | None = None
    gil_before: bool | None = None


def path_of(name: str, root: Path) -> Path:
    """Return where the record of an environment or a program is."""
    return root / ".venv" / f"{name}.json"


def read_record(name: str, root: Path) -> dict[str, Any]:
    """Return what an earlier set-up wrote; nothing where that cannot be read."""
    try:
        found = json.loads(path_of(name, root).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_record(name: str, record: Record, root: Path) -> None:
    """Write a record. The program stands there twice: `python` is the key's name of old."""
    path = path_of(name, root)
    path.parent.mkdir(exist_ok=True)
    text = json.dumps({"python": record.program, **asdict(record)}) + "\n"
    if not path.exists() or path.read_text() != text:
        fresh = path.with_suffix(".json.new")
        fresh.write_text(text)
        fresh.replace(path)
