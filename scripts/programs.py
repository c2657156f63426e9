"""The programs of the baselines that are not Python: built from source here, or found.

Described by the table [program] of a baseline.toml with `interpreter = "none"`:
  needs    the tool or program that is looked for on PATH and in the usual places
  remedy   what to do where it is missing: "install Go 1.22 or newer"
  build    the command that makes the program, {out}; without it the found program is the one
  version  the command that says the version of what was found; if it ends badly, that is no use
A build happens in build/baselines/<name>/, which holds a copy of baselines/<name>/ and of every
workloads/<W>/<name>.<ext> as workloads/<W>.<ext>. What the tool leaves there stays, so that the
next build is short. Nothing is built again while sources, command and version are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baseline_record import Record
from logged_run import Run, failure

USUAL_PLACES = (
    "/usr/local/go/bin",
    "~/.cargo/bin",
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
)
STAMP = "assay-build.json"
# What a developer's own build leaves beside the sources, and what only describes them.
NOT_SOURCES = {"target", "node_modules", "__pycache__", "baseline.toml"}

VersionOf = Callable[[Sequence[str], str], str]


@dataclass(frozen=True)
class Program:
    """What a baseline's program is made from; `problem` says why its description cannot be read."""

    name: str
    needs: str
    remedy: str
    build: tuple[str, ...]
    version: tuple[str, ...]
    problem: str = ""


def words(table: dict[str, Any], key: str) -> tuple[str, ...]:
    """Return a command of the table."""
    found = table.get(key, [])
    if not isinstance(found, list):
        raise ValueError(f'program.{key} is a command, word by word: {key} = ["go", "version"]')
    return tuple(map(str, found))


def program_from(name: str, settings: dict[str, Any]) -> Program | None:
    """Read the table [program]; None where there is none."""
    table = settings.get("program")
    if table is None:
        return None
    if settings.get("interpreter", "none") != "none":
        raise ValueError("a baseline has an interpreter or a [program], not both")
    if not isinstance(table, dict) or not isinstance(table.get("needs"), str):
        raise ValueError('[program] says what it needs: needs = "go"')
    remedy = str(table.get("remedy", "install it"))
    return Program(name, table["needs"], remedy, words(table, "build"), words(table, "version"))


def program_of_baseline(folder: Path) -> Program | None:
    """Read one baseline; None where it needs no program of its own. Of a toml that cannot be read,
    the environments say so.
    """
    try:
        return program_from(folder.name, tomllib.loads((folder / "baseline.toml").read_text()))
    except tomllib.TOMLDecodeError:
        return None
    except ValueError as problem:
        text = f"baselines/{folder.name}/baseline.toml: {problem}"
        return Program(folder.name, "", "", (), (), text)


def programs_of(root: Path) -> list[Program]:
    """Return the programs of all baselines; they are found, never listed."""
    folders = sorted(path.parent for path in root.glob("baselines/*/baseline.toml"))
    found = (program_of_baseline(folder) for folder in folders)
    return [program for program in found if program is not None]


def found_tool(name: str) -> Path | None:
    """Return where a tool is, on PATH or in the usual places."""
    usual = os.pathsep.join(str(Path(place).expanduser()) for place in USUAL_PLACES)
    found = shutil.which(name) or shutil.which(name, path=usual)
    return Path(found) if found else None


def version_of(command: Sequence[str], search: str) -> str:
    """Return the first line that a program says of its version, "" if it says nothing."""
    path = os.pathsep.join([search, os.environ.get("PATH", os.defpath)])
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # nginx says it there
            timeout=30,
            text=True,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return next(iter(done.stdout.splitlines()), "")


def sources_of(program: Program, root: Path) -> dict[str, bytes]:
    """Return what is built, by the path that it has in the build folder."""
    folder = root / "baselines" / program.name
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not NOT_SOURCES & set(path.relative_to(folder).parts)
    }
    for path in sorted(root.glob(f"workloads/*/{program.name}.*")):
        files[f"workloads/{path.parent.name}{path.suffix}"] = path.read_bytes()
    return files


def build_folder(program: Program, root: Path) -> Path:
    """Return where a program is built."""
    return root / "build" / "baselines" / program.name


def out_of(program: Program, root: Path) -> Path:
    """Return the program that a build makes."""
    return build_folder(program, root) / "bin" / program.name


@dataclass(frozen=True)
class Build:
    """One program with its tool, the tool's version and the sources, as they are now."""

    program: Program
    root: Path
    tool: Path
    version: str
    sources: dict[str, bytes]

    def stamp(self) -> str:
        """Return a hash of all that the program is made from."""
        hashes = {path: hashlib.sha256(text).hexdigest() for path, text in self.sources.items()}
        parts = (self.program.build, str(self.tool), self.version, hashes)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def stamp_file(self) -> Path:
        """Return where the last build left its stamp and the names of its sources."""
        return build_folder(self.program, self.root) / STAMP

    def last(self) -> dict[str, Any]:
        """Return what the last build left; nothing where there was none."""
        try:
            return json.loads(self.stamp_file().read_text())
        except (OSError, ValueError):
            return {}

    def is_current(self) -> bool:
        """Tell whether nothing is to be built."""
        if not self.program.build:
            return True
        return out_of(self.program, self.root).exists() and self.last().get("stamp") == self.stamp()

    def leave(self, stamp: str) -> None:
        """Write down what was copied, and the stamp once the build succeeded."""
        self.stamp_file().write_text(json.dumps({"stamp": stamp, "sources": list(self.sources)}))

    def copy(self) -> None:
        """Bring the copy of the sources up to date; a file that did not change keeps its age."""
        folder = build_folder(self.program, self.root)
        for gone in set(self.last().get("sources", [])) - set(self.sources):
            (folder / gone).unlink(missing_ok=True)
        for name, text in self.sources.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != text:
                path.write_bytes(text)
        out_of(self.program, self.root).parent.mkdir(parents=True, exist_ok=True)
        self.leave("")

    def make(self, run: Run) -> str:
        """Build the program; return "" or why it cannot be had. The stamp is written last."""
        log = self.root / "build" / "logs" / f"setup-program-{self.program.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("")
        out = out_of(self.program, self.root)
        self.copy()
        out.unlink(missing_ok=True)
        # nice: a compiler of minutes beside whatever else the machine is for.
        command = ["nice", *(word.replace("{out}", str(out)) for word in self.program.build)]
        folder = build_folder(self.program, self.root)
        if run(command, log, folder, str(self.tool.parent)) != 0 or not out.exists():
            return failure("it could not be built", command, log, self.root)
        self.leave(self.stamp())
        return ""

    def record(self, problem: str) -> Record:
        """Return what the laboratory is told."""
        if problem:
            return Record(None, reason=problem)
        if not self.program.build:
            return Record(str(self.tool), self.version, "as found")
        out = str(out_of(self.program, self.root))
        return Record(out, self.version, " ".join(self.program.build))


def build_of(program: Program, root: Path, version: VersionOf = version_of) -> Build | Record:
    """Return what is to be built or was found, or the record that says why there is nothing."""
    if program.problem:
        return Record(None, reason=program.problem)
    tool = found_tool(program.needs)
    if tool is None:
        reason = f"{program.needs} is not installed: {program.remedy}, then: make setup"
        return Record(None, reason=reason)
    said = version(program.version, str(tool.parent)) if program.version else ""
    if program.version and not said:
        reason = f"{tool} is too old or does not run: {program.remedy}, then: make setup"
        return Record(None, reason=reason)
    return Build(program, root, tool, said, sources_of(program, root) if program.build else {})
