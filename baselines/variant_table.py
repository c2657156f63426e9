"""What README.md says of each baseline and variant, as the files of the baselines have it.

  python3 baselines/variant_table.py      prints it, to be put in place of what README.md has

Where a baseline's settings come from is in no file: that line is written by hand in README.md, and
kept. Reads baseline.toml, workload.toml, the names of the workloads' files and README.md; the rest
is pure.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = {"free-threaded": "Python, free-threaded", "system": "Python"}
BASELINES = ("| baseline | version | differs in | without |", "|---|---|---|---|")
VARIANTS = (
    "| variant | what it is | runs on | concurrency | what else |",
    "|---|---|---|---|---|",
)
HEADING = "### "
ORIGIN = "Settings: "
NO_ORIGIN = f"{ORIGIN}say here where they come from."


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


def without(name: str, settings: dict, workloads: Sequence[Workload]) -> list[str]:
    """Return the workloads that have no file for a baseline."""
    implementation = settings.get("implementation", name)
    return [w.folder for w in workloads if implementation not in w.files]


def reason_faults(name: str, settings: dict, workloads: Sequence[Workload]) -> list[str]:
    """Return each dash without a reason, and each reason without a dash."""
    missing, reasons = without(name, settings, workloads), settings.get("without", {})
    faults = [f"{name}: [without] has no {each!r}" for each in missing if not reasons.get(each)]
    faults += [f"{name}: [without] has {each!r}" for each in reasons if each not in missing]
    names = {n for w in workloads if w.folder not in missing for n in (w.folder, *w.names)}
    for variant, its in settings["variants"].items():
        faults += [
            f"{name}@{variant}: lacks has {each!r}"
            for each, reason in its.get("lacks", {}).items()
            if each not in names or not reason
        ]
        faults += [
            f"{name}@{variant}: only has {each!r}"
            for each in its.get("only", [])
            if each not in names
        ]
    return faults


def baseline_row(name: str, settings: dict, workloads: Sequence[Workload]) -> str:
    """Return the line of a baseline."""
    ways = len(settings.get("adapted", []))
    adapted = f"{ways} way{'' if ways == 1 else 's'}" if ways else ""
    missing = ", ".join(without(name, settings, workloads))
    return row(f"[`{name}`](#{name})", settings["title"], adapted, missing)


def variant_row(baseline: str, settings: dict, name: str) -> str:
    """Return the line of a variant."""
    variant = settings["variants"][name]
    interpreter = variant.get("interpreter", settings["interpreter"])
    runs_on = PYTHONS.get(interpreter, settings["language"])
    if variant.get("lock") == "on":
        runs_on += " with its lock on"
    remark = "; ".join(text for text in (lack_text(variant), finding_text(variant)) if text)
    return row(f"`{baseline}@{name}`", variant["title"], runs_on, variant["model"], remark)


def lack_text(variant: dict) -> str:
    """Return what a variant has not, or what alone it has."""
    if "only" in variant:
        return f"{', '.join(variant['only'])} only"
    return f"without {', '.join(variant['lacks'])}" if "lacks" in variant else ""


def finding_text(variant: dict) -> str:
    """Return what a variant is known to get wrong."""
    finding = variant.get("finding")
    return f"finding: {finding['workload']} answers {finding['status']}" if finding else ""


def row(*cells: str) -> str:
    """Return a line of a table; an empty cell has no space too many."""
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def reason_lines(label: str, reasons: dict[str, str]) -> list[str]:
    """Return a line for each reason, with all workloads that it is given for."""
    by_reason: dict[str, list[str]] = {}
    for workload, why in reasons.items():
        by_reason.setdefault(why, []).append(f"`{workload}`")
    return [f"- {label}{', '.join(names)}: {why}." for why, names in by_reason.items()]


def section(name: str, settings: dict, origin: str) -> list[str]:
    """Return the part of README.md that is a baseline's own."""
    adapted = [f"- {sentence}" for sentence in settings.get("adapted", [])]
    reasons = reason_lines("", settings.get("without", {}))
    for variant, its in settings["variants"].items():
        label = f"`{name}@{variant}`"
        adapted += [f"- {label}: {sentence}" for sentence in its.get("adapted", [])]
        reasons += reason_lines(f"{label}: ", its.get("lacks", {}))
    lines = ["", f"{HEADING}{name}", settings["about"], "", origin]
    lines += ["", "Adapted:", "", *adapted] if adapted else []
    return lines + (["", "Without:", "", *reasons] if reasons else [])


def origins_of(readme: str) -> dict[str, str]:
    """Return the lines of README.md, by baseline, that say where its settings come from."""
    found, name = {}, ""
    for line in readme.splitlines():
        if line.startswith("#"):
            name = line.removeprefix(HEADING)
        if line.startswith(ORIGIN):
            found[name] = line
    return found


def readme_lines(
    baselines: dict[str, dict], workloads: Sequence[Workload], origins: dict[str, str]
) -> list[str]:
    """Return both tables, and a section for each baseline."""
    rows = [baseline_row(name, settings, workloads) for name, settings in baselines.items()]
    variants = [
        variant_row(name, settings, variant)
        for name, settings in baselines.items()
        for variant in settings["variants"]
    ]
    sections = [
        line
        for name, settings in baselines.items()
        for line in section(name, settings, origins.get(name, NO_ORIGIN))
    ]
    return [*BASELINES, *rows, "", *VARIANTS, *variants, *sections]


def read_baselines(files: Sequence[Path]) -> dict[str, dict]:
    """Read each baseline.toml; its folder's name is the baseline's."""
    return {file.parent.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


if __name__ == "__main__":
    every = read_baselines(sorted(ROOT.glob("baselines/*/baseline.toml")))
    readme = (ROOT / "baselines" / "README.md").read_text(encoding="utf-8")
    print("\n".join(readme_lines(every, workloads_of(ROOT), origins_of(readme))))
