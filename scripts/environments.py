"""What is installed in .venv: the environments of the baselines, of `examples`, `reports`, `tools`.

`scripts/setup` calls it with the groups it needs: `environments.py baselines reports tools`.
A baseline has an environment for each of its requirements files, exact locks: <baseline> for
requirements.txt, <baseline>-tuned for the requirements-tuned.txt that a variant names. One is made
anew when its lock, its pip options or its interpreter changes, and is left alone otherwise.
Baselines that are not Python have programs instead (programs.py).
What cannot be had stops nothing: .venv/<name>.json, which the laboratory reads, says why. The
standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from baseline_record import Record, path_of, read_record, write_record
from interpreter_facts import FactsOf, InterpreterFacts, interpreter_facts
from logged_run import Run, failure, logged_run
from programs import Build, Program, build_of, programs_of

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("baselines", "examples", "reports", "tools")
STAMP = "assay-stamp"
REQUIREMENTS = re.compile(r"requirements(?:-([a-z0-9]+))?\.txt")
BuildOf = Callable[[Program, Path], Build | Record]
Problems = dict[str, str]


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


def wishes(settings: dict[str, Any]) -> dict[str, object]:
    """Return the interpreter that each requirements file of a baseline is installed for."""
    usual = settings.get("interpreter", "none")
    found = {"requirements.txt": usual}
    for title, variant in settings.get("variants", {}).items():
        file = variant.get("requirements", "requirements.txt")
        if not REQUIREMENTS.fullmatch(str(file)):
            raise ValueError(f"variants.{title}: {file!r} is not named requirements-SUFFIX.txt")
        wish = variant.get("interpreter", usual)
        if found.setdefault(file, wish) != wish:
            raise ValueError(f"variants.{title}: {file} is for another interpreter already")
    return {file: wish for file, wish in found.items() if wish != "none"}


def environment_name(baseline: str, file: str) -> str:
    """Return the name of the environment that a requirements file makes."""
    suffix = REQUIREMENTS.fullmatch(file)[1]
    return f"{baseline}-{suffix}" if suffix else baseline


def locked(folder: Path, file: str) -> str | None:
    """Read a lock; a baseline without a requirements.txt needs no package."""
    path = folder / file
    if file != "requirements.txt" and not path.exists():
        raise ValueError(f"a variant names {file}, and there is none")
    return path.read_text() if path.exists() else None


def baseline_environments(folder: Path, root: Path) -> list[Environment]:
    """Read one baseline; nothing where it needs no Python."""
    try:
        settings: dict[str, Any] = tomllib.loads((folder / "baseline.toml").read_text())
        options = settings.get("pip", [])
        if not isinstance(options, list):
            raise ValueError('pip is a list of options: pip = ["--no-compile"]')
        return [
            Environment(
                environment_name(folder.name, file),
                locked(folder, file),
                tuple(map(str, options)),
                chosen_interpreter(wish, root),
            )
            for file, wish in wishes(settings).items()
        ]
    except (ValueError, AttributeError) as problem:
        reason = f"baselines/{folder.name}/baseline.toml: {problem}"
        return [Environment(folder.name, None, (), Interpreter(None, "", "", reason))]


def environments_of(group: str, root: Path) -> list[Environment]:
    """Return what a group consists of; baselines are found, never listed."""
    if group == "baselines":
        folders = sorted(path.parent for path in root.glob("baselines/*/baseline.toml"))
        return [found for folder in folders for found in baseline_environments(folder, root)]
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
    path_of(environment.name, root).unlink(missing_ok=True)  # measured on the old interpreter
    for command in commands_of(environment, root):
        if run(command, log) != 0:
            return failure("its environment could not be made", command[1:4], log, root)
    (folder / STAMP).write_text(stamp_of(environment))
    return ""


def facts_of(environment: Environment, root: Path, ask: FactsOf) -> InterpreterFacts:
    """Return what was measured on this interpreter before, or measure it now."""
    known = read_record(environment.name, root)
    now = (str(program_of(environment, root)), environment.interpreter.version)
    if now == (known.get("program"), known.get("version")) and known.get("loop_us") is not None:
        return InterpreterFacts(known["loop_us"], known["gil_before"])
    return ask(str(environment.interpreter.python))


def record_of(environment: Environment, root: Path, problem: str, ask: FactsOf) -> Record:
    """Return what the laboratory is told of a baseline's Python."""
    interpreter = environment.interpreter
    if interpreter.python is None or problem:
        return Record(None, reason=problem or interpreter.reason)
    facts = facts_of(environment, root, ask)
    program = str(program_of(environment, root))
    return Record(
        program,
        interpreter.version,
        interpreter.build,
        loop_us=facts.loop_us,
        gil_before=facts.gil_before,
    )


def say(text: str) -> None:
    """Print a line of progress."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


def announce(environments: list[Environment], builds: list[Build]) -> None:
    """Say what takes its time."""
    if environments:
        names = ", ".join(environment.name for environment in environments)
        say(f"installing Python packages for {names} (about 20 s each)")
    for build in builds:
        tool = build.program.needs
        say(f"building {build.program.name} with {tool} (up to two minutes the first time)")


def make_all(
    environments: list[Environment], builds: list[Build], run: Run, root: Path
) -> Problems:
    """Make what changed, two at a time; return the problems by name."""
    due = [environment for environment in environments if not is_current(environment, root)]
    stale = [build for build in builds if not build.is_current()]
    announce(due, stale)
    with ThreadPoolExecutor(max_workers=2) as pool:
        # The builds first: the longest of all is among them.
        jobs = {build.program.name: pool.submit(build.make, run) for build in stale}
        jobs |= {made.name: pool.submit(make, made, root, run) for made in due}
        return {name: job.result() for name, job in jobs.items()}


def kept(name: str, record: Record, root: Path) -> None:
    """Write a record, and warn where it is a reason."""
    write_record(name, record, root)
    if record.program is None:
        say(f"warning: {name} will print a dash: {record.reason}")


def set_up(
    groups: Sequence[str],
    root: Path,
    run: Run = logged_run,
    ask: FactsOf = interpreter_facts,
    find: BuildOf = build_of,
) -> int:
    """Bring the groups up to date; 0, or 2 where the project itself lacks an environment."""
    by_group = {group: environments_of(group, root) for group in groups}
    everything = [environment for members in by_group.values() for environment in members]
    programs = programs_of(root) if "baselines" in groups else []
    found = {program.name: find(program, root) for program in programs}
    builds = [build for build in found.values() if isinstance(build, Build)]
    problems = make_all(everything, builds, run, root)
    asked = cache(ask)  # once for an interpreter, and after the packages: nothing else is at work
    for environment in by_group.get("baselines", []):
        problem = problems.get(environment.name, "")
        kept(environment.name, record_of(environment, root, problem, asked), root)
    for name, result in found.items():
        problem = problems.get(name, "")
        kept(name, result if isinstance(result, Record) else result.record(problem), root)
    return told([name for name in ("examples", "reports", "tools") if problems.get(name)], problems)


def told(fatal: list[str], problems: Problems) -> int:
    """Say what the project cannot do without; 2 if anything."""
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
