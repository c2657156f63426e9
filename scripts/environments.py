"""The Python environments in .venv: one per baseline, and `examples`, `reports` and `tools`.

Each is made from an exact lock. `scripts/setup` calls it with the groups it needs:
`environments.py baselines reports tools`.
An environment is made anew when its lock, its pip options or its interpreter changes, and is left
alone otherwise. A baseline that cannot be had stops nothing: .venv/<name>.json, which the
laboratory reads, says why. The standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("baselines", "examples", "reports", "tools")
STAMP = "assay-stamp"
OFFLINE_SIGNS = ("NewConnectionError", "Name or service not known", "Max retries exceeded")

Run = Callable[[Sequence[str], Path], int]


@dataclass(frozen=True)
class Interpreter:
    """A Python that environments are made with, or the reason why there is none."""

    python: str | None
    version: str
    build: str
    reason: str


@dataclass(frozen=True)
class Environment:
    """What one folder of .venv is made from; `lock` is None where no package is needed."""

    name: str
    lock: str | None
    options: tuple[str, ...]
    interpreter: Interpreter


def system_interpreter() -> Interpreter:
    """Return the Python that runs this script."""
    return Interpreter(sys.executable, platform.python_version(), "as found", "")


def free_threaded_interpreter(root: Path) -> Interpreter:
    """Read what scripts/free-threaded-python recorded."""
    try:
        record = json.loads((root / ".venv/free-threaded.json").read_text())
        return Interpreter(
            record["python"], record["version"], record["build"], record.get("reason", "")
        )
    except (OSError, ValueError, KeyError):
        return Interpreter(None, "", "", "no free-threaded Python was looked for: make setup")


def chosen_interpreter(wish: object, root: Path) -> Interpreter:
    """Return the interpreter that a baseline.toml names."""
    if wish == "free-threaded":
        return free_threaded_interpreter(root)
    if wish == "system":
        return system_interpreter()
    return Interpreter(
        None, "", "", f'interpreter is {wish!r}: it is "free-threaded", "system" or "none"'
    )


def baseline_environment(folder: Path, root: Path) -> Environment | None:
    """Read one baseline; None where it needs no Python."""
    requirements = folder / "requirements.txt"
    lock = requirements.read_text() if requirements.exists() else None
    try:
        settings: dict[str, Any] = tomllib.loads((folder / "baseline.toml").read_text())
        options = settings.get("pip", [])
        if not isinstance(options, list):
            raise ValueError('pip is a list of options: pip = ["--no-compile"]')
    except ValueError as problem:
        reason = f"baselines/{folder.name}/baseline.toml: {problem}"
        return Environment(folder.name, lock, (), Interpreter(None, "", "", reason))
    wish = settings.get("interpreter", "none")
    if wish == "none":
        return None
    interpreter = chosen_interpreter(wish, root)
    return Environment(folder.name, lock, tuple(map(str, options)), interpreter)


def environments_of(group: str, root: Path) -> list[Environment]:
    """Return what a group consists of; baselines are found, never listed."""
    if group == "baselines":
        folders = sorted(path.parent for path in root.glob("baselines/*/baseline.toml"))
        found = (baseline_environment(folder, root) for folder in folders)
        return [environment for environment in found if environment is not None]
    folder = {"examples": "server/examples", "reports": "reports", "tools": "scripts"}[group]
    requirements = root / folder / "requirements.txt"
    if not requirements.exists():
        return []
    return [Environment(group, requirements.read_text(), (), system_interpreter())]


def stamp_of(environment: Environment) -> str:
    """Return a hash of all that an environment is made from."""
    interpreter = environment.interpreter
    parts = (environment.lock, environment.options, interpreter.python, interpreter.version)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def program_of(environment: Environment, root: Path) -> Path:
    """Return the Python that runs with the environment's packages."""
    if environment.lock is None:
        return Path(environment.interpreter.python or "")
    return root / ".venv" / environment.name / "bin" / "python"


def is_current(environment: Environment, root: Path) -> bool:
    """Tell whether nothing is to be done."""
    if environment.interpreter.python is None or environment.lock is None:
        return True
    stamp = root / ".venv" / environment.name / STAMP
    return (
        stamp.exists()
        and stamp.read_text() == stamp_of(environment)
        and program_of(environment, root).exists()
    )


def logged_run(command: Sequence[str], log: Path) -> int:
    """Run a command with its output appended to the log."""
    with log.open("a") as output:
        output.write(f"+ {' '.join(command)}\n")
        output.flush()
        try:
            return subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
            ).returncode
        except OSError as problem:
            output.write(f"{problem}\n")
            return 127


def commands_of(environment: Environment, root: Path) -> list[list[str]]:
    """Return the two steps that make an environment."""
    folder = root / ".venv" / environment.name
    requirements = folder / "requirements.txt"
    python = str(program_of(environment, root))
    # --no-deps: the files are complete locks, and some packages declare narrower versions.
    install = ["-m", "pip", "install", "--no-deps", "--no-input", "--disable-pip-version-check"]
    patience = ["--retries", "2", "--timeout", "20"]
    return [
        [str(environment.interpreter.python), "-m", "venv", str(folder)],
        [python, *install, *patience, *environment.options, "-r", str(requirements)],
    ]


def log_of(environment: Environment, root: Path) -> Path:
    """Return where the output of an environment's steps goes."""
    return root / "build" / "logs" / f"setup-environment-{environment.name}.log"


def make(environment: Environment, root: Path, run: Run = logged_run) -> str:
    """Make an environment anew; return "" or why it cannot be had. The stamp is written last."""
    folder = root / ".venv" / environment.name
    log = log_of(environment, root)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    shutil.rmtree(folder, ignore_errors=True)
    # A virtual environment knows its own place, so it is made there and not moved.
    folder.mkdir(parents=True)
    (folder / "requirements.txt").write_text(environment.lock or "")
    for command in commands_of(environment, root):
        if run(command, log) != 0:
            return failure(command, log, root)
    (folder / STAMP).write_text(stamp_of(environment))
    return ""


def failure(command: Sequence[str], log: Path, root: Path) -> str:
    """Say in one line why a step did not succeed, and where more is written."""
    where = log.relative_to(root)
    text = log.read_text(errors="replace")
    if any(sign in text for sign in OFFLINE_SIGNS):
        return f"no package server answered: check the network, then: make setup ({where})"
    errors = [line for line in text.splitlines() if line.startswith("ERROR:")]
    last = errors[-1].removeprefix("ERROR: ") if errors else f"{' '.join(command[1:4])} ended"
    return f"its environment could not be made: {last[:160]} ({where})"


def record_of(environment: Environment, root: Path, problem: str) -> Interpreter:
    """Return what the laboratory is told of a baseline's Python."""
    interpreter = environment.interpreter
    if interpreter.python is None or problem:
        return Interpreter(None, "", "", problem or interpreter.reason)
    python = str(program_of(environment, root))
    return Interpreter(python, interpreter.version, interpreter.build, "")


def write_record(environment: Environment, root: Path, problem: str) -> Interpreter:
    """Write .venv/<name>.json, at once or not at all."""
    record = record_of(environment, root, problem)
    path = root / ".venv" / f"{environment.name}.json"
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(asdict(record)) + "\n"
    if not path.exists() or path.read_text() != text:
        fresh = path.with_suffix(".json.new")
        fresh.write_text(text)
        fresh.replace(path)
    return record


def say(text: str) -> None:
    """Print a line of progress."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


def make_all(environments: list[Environment], root: Path, run: Run) -> dict[str, str]:
    """Make those that changed, two at a time; return the problems by name."""
    due = [environment for environment in environments if not is_current(environment, root)]
    if due:
        names = ", ".join(environment.name for environment in due)
        say(f"installing Python packages for {names} (about 20 s each)")
    with ThreadPoolExecutor(max_workers=2) as pool:
        problems = pool.map(lambda environment: make(environment, root, run), due)
        return {made.name: problem for made, problem in zip(due, problems, strict=True)}


def set_up(groups: Sequence[str], root: Path, run: Run = logged_run) -> int:
    """Bring the groups up to date; 0, or 2 where the project itself lacks an environment."""
    by_group = {group: environments_of(group, root) for group in groups}
    everything = [environment for members in by_group.values() for environment in members]
    problems = make_all(everything, root, run)
    for environment in by_group.get("baselines", []):
        record = write_record(environment, root, problems.get(environment.name, ""))
        if record.python is None:
            say(f"warning: {environment.name} will print a dash: {record.reason}")
    fatal = [name for name in ("examples", "reports", "tools") if problems.get(name)]
    for name in fatal:
        print(
            f'error: the set-up step "environment {name}" did not succeed\n  {problems[name]}',
            file=sys.stderr,
        )
    return 2 if fatal else 0


def main(arguments: Sequence[str]) -> int:
    """Run as a program."""
    unknown = [argument for argument in arguments if argument not in GROUPS]
    if unknown or not arguments:
        wrong = f'there is no group of environments "{unknown[0]}"' if unknown else "no group named"
        print(f"error: {wrong}\n  type: environments.py {' '.join(GROUPS)}", file=sys.stderr)
        return 2
    return set_up(arguments, ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:
        print(
            f"error: {problem}\n  the environments are in .venv: is it writable?", file=sys.stderr
        )
        sys.exit(2)
