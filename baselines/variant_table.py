"""The two tables of README.md, as the files of the baselines and workloads have it.

  python3 baselines/variant_table.py      prints them, to be put in place of what README.md has

Reads baseline.toml, workload.toml and the names of the workloads' files; the rest is pure.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = {"free-threaded": "Python, free-threaded", "system": "Python"}
BASELINES = ("| baseline | what it is | differs in | without |", "|---|---|---|---|")
VARIANTS = (
    "| variant | what it is | runs on | concurrency | what else |",
    "|---|---|---|---|---|",
)


@dataclass(frozen=True)
class Workload:
    """A workload's folder: its names, W and W@VARIANT, and the stems of its files."""

    folder: str
    names: tuple[str, ...]
    files: frozenset[str]


def workloads_of(root: Path) -> list[Workload]:
    """Read all workloads, but what is asked of some baselines only."""
    found = []
    for file in sorted(root.glob("workloads/*/workload.toml")):
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
        folder = file.parent.name
        own = [folder] if "request" in settings or "mix" in settings else []
        variants = settings.get("variants", {}).items()
        names = [f"{folder}@{name}" for name, variant in variants if "only" not in variant]
        stems = frozenset(path.stem for path in file.parent.iterdir())
        found.append(Workload(folder, (*own, *names), stems))
    return found


def baseline_row(name: str, settings: dict, workloads: list[Workload]) -> str:
    """Return the line of a baseline."""
    implementation = settings.get("implementation", name)
    without = [w.folder for w in workloads if implementation not in w.files]
    ways = len(settings.get("adapted", []))
    adapted = f"[{ways} way{'' if ways == 1 else 's'}]({name}/baseline.toml)" if ways else ""
    return row(f"`{name}`", settings["about"], adapted, ", ".join(without))


def variant_row(baseline: str, settings: dict, name: str, workloads: list[Workload]) -> str:
    """Return the line of a variant."""
    variant = settings["variants"][name]
    interpreter = variant.get("interpreter", settings["interpreter"])
    runs_on = PYTHONS.get(interpreter, settings["language"])
    if variant.get("lock") == "on":
        runs_on += " with its lock on"
    remarks = [lack_text(variant.get("lacks", []), workloads), finding_text(variant)]
    remark = "; ".join(text for text in remarks if text)
    return row(f"`{baseline}@{name}`", variant["title"], runs_on, variant["model"], remark)


def lack_text(lacks: list[str], workloads: list[Workload]) -> str:
    """Return what a variant has not, or what alone it has, whichever is shorter."""
    names = [name for workload in workloads for name in workload.names]
    left = [name for name in names if name not in lacks and name.partition("@")[0] not in lacks]
    if not lacks or len(left) >= len(lacks):
        return f"without {', '.join(lacks)}" if lacks else ""
    return f"{', '.join(left)} only"


def finding_text(variant: dict) -> str:
    """Return what a variant is known to get wrong."""
    finding = variant.get("finding")
    return f"finding: {finding['workload']} answers {finding['status']}" if finding else ""


def row(*cells: str) -> str:
    """Return a line of a table; an empty cell has no space too many."""
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def table_lines(folders: list[Path], workloads: list[Workload]) -> list[str]:
    """Return both tables, line by line."""
    read = {
        folder.name: tomllib.loads((folder / "baseline.toml").read_text(encoding="utf-8"))
        for folder in folders
    }
    baselines = [baseline_row(name, settings, workloads) for name, settings in read.items()]
    variants = [
        variant_row(name, settings, variant, workloads)
        for name, settings in read.items()
        for variant in settings["variants"]
    ]
    return [*BASELINES, *baselines, "", *VARIANTS, *variants]


if __name__ == "__main__":
    every = sorted(file.parent for file in ROOT.glob("baselines/*/baseline.toml"))
    print("\n".join(table_lines(every, workloads_of(ROOT))))
