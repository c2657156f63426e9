"""The Python baselines and their variants as the tests start them: found, listed nowhere.

One that has no environment here is skipped, with the reason that the set-up wrote down.
"""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def covers(name: str, workload: str) -> bool:
    """Tell whether a name is a workload's, W@VARIANT, or that of all of its variants, W."""
    return name in (workload, workload.partition("@")[0])


@dataclass(frozen=True)
class Variant:
    """One way to run a baseline."""

    baseline: Path
    name: str
    settings: dict  # the baseline's, with the variant's own in front

    @property
    def title(self) -> str:
        """Return what a test is called after."""
        return f"{self.baseline.name}-{self.name}"

    @property
    def lock(self) -> Path:
        """Return the file of its packages."""
        return self.baseline / self.settings.get("requirements", "requirements.txt")

    @property
    def environment(self) -> str:
        """Return the name of its environment: requirements-tuned.txt makes NAME-tuned."""
        return self.baseline.name + self.lock.stem.removeprefix("requirements")

    @property
    def implementation(self) -> str:
        """Return whose files of the workloads it runs."""
        return self.settings.get("implementation", self.baseline.name)

    def runs(self, workload: str) -> bool:
        """Tell whether it runs a workload that its baseline has a file for."""
        only = self.settings.get("only", [workload])
        lacks = self.settings.get("lacks", {})  # each with the reason
        is_meant = any(covers(name, workload) for name in only)
        return is_meant and not any(covers(name, workload) for name in lacks)

    def python(self) -> str:
        """Return its interpreter, or skip the test with the reason why there is none."""
        record = ROOT / ".venv" / f"{self.environment}.json"
        if not record.exists():
            pytest.skip(f"{self.environment}: not set up yet: scripts/setup bench")
        found = json.loads(record.read_text(encoding="utf-8"))
        program = found.get("program", found.get("python"))
        if program is None:
            pytest.skip(f"{self.environment}: {found['reason']}")
        return program

    def command(self, *arguments: str, port: int = 0) -> list[str]:
        """Return the command line that starts its server; arguments given here win."""
        values = {
            "{python}": self.python(),
            "{host}": "127.0.0.1",
            "{port}": str(port),
            "{workloads}": str(ROOT / "workloads"),
        }
        words = [*self.settings["command"], *self.settings.get("arguments", []), *arguments]
        return [values.get(word, word) for word in words]

    def surroundings(self) -> dict[str, str]:
        """Return the variables that its server sees."""
        return {**os.environ, **self.settings.get("environment", {})}


def variants_of(baseline: Path) -> list[Variant]:
    """Return the variants of a baseline, in the order of its file."""
    settings = tomllib.loads((baseline / "baseline.toml").read_text(encoding="utf-8"))
    return [
        Variant(baseline, name, {**settings, "requirements": "requirements.txt", **variant})
        for name, variant in settings["variants"].items()
    ]


def baselines() -> list[Path]:
    """Return the folders of the baselines that are Python."""
    return sorted(
        file.parent
        for file in ROOT.glob("baselines/*/serve.py")
        if (file.parent / "baseline.toml").exists()
    )


def all_variants() -> list[Variant]:
    """Return every variant of every baseline."""
    return [variant for baseline in baselines() for variant in variants_of(baseline)]


def first_variants() -> list[Variant]:
    """Return a variant of each baseline, for what does not differ between them."""
    return [variants_of(baseline)[0] for baseline in baselines()]
