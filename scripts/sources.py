"""The repository's own files: tracked, or new and not ignored. Asks git; writes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CPP_FOLDERS = ("server", "harness", "workloads")
TOOLS = Path(".venv") / "tools" / "bin"


def listed_by_git(root: Path, *arguments: str) -> list[Path]:
    """Return paths relative to `root`; a file that git knows but that is deleted is left out."""
    command = ["git", "-C", str(root), "ls-files", "-z", *arguments]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    return sorted({Path(name) for name in names if name and (root / name).is_file()})


def files(root: Path = ROOT) -> list[Path]:
    """Return every file that a commit of all changes would hold."""
    return listed_by_git(root, "--cached", "--others", "--exclude-standard")


def changed(root: Path = ROOT) -> list[Path]:
    """Return the files that differ from the last commit: edited, staged or new."""
    if subprocess.run(
        ["git", "-C", str(root), "rev-parse", "-q", "--verify", "HEAD"], capture_output=True
    ).returncode:
        return files(root)
    diff = ["git", "-C", str(root), "diff", "--name-only", "-z", "HEAD"]
    edited = subprocess.run(diff, capture_output=True, check=True, text=True).stdout.split("\0")
    new = set(listed_by_git(root, "--others", "--exclude-standard"))
    return [path for path in files(root) if path in new or str(path) in edited]


def cpp(paths: list[Path]) -> list[Path]:
    """Return the C++ files among `paths` that belong to the programs."""
    return [p for p in paths if p.suffix in {".h", ".cpp"} and p.parts[0] in CPP_FOLDERS]
