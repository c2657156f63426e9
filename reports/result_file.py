"""Finds and reads result files: <results>/<host>/<run>/result.json. The only reader of results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.decoding import MalformedError, decoded
from reports.input_error import InputError
from reports.result import Run

SCHEMA = 1
VERDICTS = ("faster", "slower", "tie", "no interval", "client-bound")
UNLISTED = "names something that the file does not list"


@dataclass(frozen=True)
class ResultFile:
    """A run and the file that it was read from, unchanged."""

    path: Path
    text: str
    run: Run

    @property
    def folder(self) -> str:
        """Return host and run as the results folder names them."""
        return f"{self.path.parent.parent.name}/{self.path.parent.name}"


@dataclass(frozen=True)
class Results:
    """What a results folder holds: the runs, the newest first, and what could not be shown."""

    files: tuple[ResultFile, ...]
    left_out: tuple[InputError, ...]
    without_summary: tuple[InputError, ...]

    @property
    def notices(self) -> tuple[str, ...]:
        """Return a line for each run that the report does not show."""
        left_out = (f"left out: {fault}" for fault in self.left_out)
        return (*left_out, *(str(fault) for fault in self.without_summary))


def read_results(results: Path) -> Results:
    """Return all runs under `results`; one that cannot be read does not take the others along."""
    files, left_out = [], []
    for path in sorted(results.glob("*/*/result.json")):
        try:
            files.append(_read(path))
        except InputError as fault:
            left_out.append(fault)
    if left_out and not files:
        raise InputError.none_readable(tuple(left_out))
    if not files:
        raise InputError.no_results(results)
    files.sort(key=lambda file: (file.run.started, file.folder), reverse=True)
    return Results(tuple(files), tuple(left_out), _without_summary(results))


def _without_summary(results: Path) -> tuple[InputError, ...]:
    folders = [path.parent for path in sorted(results.glob("*/*/journal.ndjson"))]
    return tuple(
        InputError.no_summary(folder) for folder in folders if not (folder / "result.json").exists()
    )


def _read(path: Path) -> ResultFile:
    try:
        text = path.read_text(encoding="utf-8")
        return ResultFile(path, text, run_of(json.loads(text), path))
    except json.JSONDecodeError as error:
        raise InputError.malformed(path, f"line {error.lineno}", "is not JSON") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError.not_readable(path, reason) from None
    except MalformedError as error:
        raise InputError.malformed(path, error.field, error.found) from None
    except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
        raise InputError.malformed(path, "the file", "is beyond what a reader takes") from None


def run_of(value: object, path: Path) -> Run:
    """Return the run that a parsed file holds; pure."""
    if not isinstance(value, dict):
        raise MalformedError("the file", "is not an object")
    if value.get("schema") != SCHEMA:
        raise InputError.other_schema(path, value.get("schema"), SCHEMA)
    run = decoded(Run, value)
    for field, found in _inconsistencies(run):
        raise MalformedError(field, found)
    return run


def _inconsistencies(run: Run) -> Iterator[tuple[str, str]]:
    try:
        datetime.fromisoformat(run.started)
    except ValueError:
        yield "started", "is not a time like 2026-11-21T12:03:01Z"
    yield from _unknown_names(run)
    for index, cell in enumerate(run.cells):
        if cell.rate is None and not cell.missing:
            yield f"cells[{index}].missing", "is empty although there is no rate"
    for index, ratio in enumerate(run.ratios):
        if ratio.verdict not in VERDICTS:
            yield f"ratios[{index}].verdict", f"is none of {', '.join(VERDICTS)}"


def _unknown_names(run: Run) -> Iterator[tuple[str, str]]:
    known = {
        "workload": {each.name for each in run.workloads},
        "load": {each.name for each in run.loads},
        "baseline": {each.label for each in run.baselines},
    }
    known["ours"] = known["theirs"] = known["baseline"]
    for table in ("cells", "ratios", "trials"):
        for index, row in enumerate(getattr(run, table)):
            for field, names in known.items():
                if getattr(row, field, None) not in names | {None}:
                    yield f"{table}[{index}].{field}", UNLISTED
    for index, factor in enumerate(run.factors):
        for lead in factor.leads:
            if not {lead.ours, lead.theirs} <= known["baseline"] or lead.load not in known["load"]:
                yield f"factors[{index}]", UNLISTED
