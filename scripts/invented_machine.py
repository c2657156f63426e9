"""A machine that is not this one, for tests of the set-up: what could change one is a stand-in."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent
REAL_PROGRAMS = (
    "bash sh awk sed grep cat tr sort head tail cut mkdir rm mv cp ln ls readlink dirname sleep "
    "cmp env tar touch getconf chmod seq wc"
)
STAND_INS = {
    "uname": "echo ${FAKE_SYSTEM:-Linux}",
    "id": "echo ${FAKE_USER:-0}",
    # Offers version 1 of all, and of Boost what the test says; knows what it installed before.
    "apt-get": """echo "apt-get $*" >>"$CALLS"
case "$*" in
  update*) echo "$FAKE_UPDATE" ;;
  *install*)
    [ -z "${FAKE_INSTALL_STATUS:-}" ] || { echo "E: disk full"; exit "$FAKE_INSTALL_STATUS"; }
    for name; do echo "$name" >>"$INSTALLED"; done ;;
esac""",
    "apt-cache": """case $2 in
  libboost1.81-dev) version=${FAKE_BOOST_181-1.81.0} ;;
  libboost-dev) version=${FAKE_BOOST:-1.74.0} ;;
  *) version=1 ;;
esac
printf '%s:\\n  Installed: (none)\\n  Candidate: %s\\n' "$2" "${version:-(none)}\"""",
    "dpkg-query": """shift 3; for name; do
  ! grep -qxF "$name" "$INSTALLED" || echo "installed $name ${FAKE_BOOST:-1.81.0}"
done""",
    "dpkg": '[ "$(printf "%s\\n%s\\n" "$2" "$4" | sort -V | head -n 1)" = "$4" ]',
    "python3": """case $1 in
  -c) [ $# -gt 2 ] && exit 1; exit 0 ;;
  -m) exit 1 ;;
esac
echo "python3 ${1##*/} ${*:2}" >>"$CALLS\"""",
}
FREE_THREADED = "echo 3.13.5"


def packages(*lists: str, without: str = "nothing") -> list[str]:
    """Return the first choice of each line of Debian's lists."""
    files = [SCRIPTS / "packages/debian" / f"{name}.txt" for name in lists]
    lines = [line for file in files for line in file.read_text().splitlines() if line[0] != "#"]
    return [line.split()[0] for line in lines if not line.startswith(without)]


@dataclass(frozen=True)
class Machine:
    """A project and a PATH in a temporary folder."""

    root: Path
    programs: Path
    environment: dict[str, str]

    def program(self, path: Path, text: str) -> Path:
        """Put a stand-in on the machine."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/usr/bin/env bash\n{text}\n")
        path.chmod(0o755)
        return path

    def install(self, names: list[str]) -> None:
        """Have packages installed already."""
        with Path(self.environment["INSTALLED"]).open("a") as installed:
            installed.write("\n".join(names) + "\n")

    def run(
        self, script: str, *arguments: str, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script of the project."""
        return subprocess.run(
            [self.root / "scripts" / script, *arguments],
            env=self.environment | settings,
            cwd=self.root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )

    def calls(self) -> list[str]:
        """Return what was called so far."""
        path = Path(self.environment["CALLS"])
        return path.read_text().splitlines() if path.exists() else []

    def interpreter(self) -> dict[str, str | None]:
        """Return the recorded free-threaded interpreter."""
        return json.loads((self.root / ".venv/free-threaded.json").read_text())


def log(machine: Machine, step: str) -> str:
    """Return what a step wrote."""
    return (machine.root / "build/logs" / f"setup-{step}.log").read_text()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a Debian machine with Python and nothing else."""
    root, programs = tmp_path / "project", tmp_path / "bin"
    (root / "scripts").mkdir(parents=True)
    programs.mkdir()
    for name in ("setup", "free-threaded-python", "step.bash", "packages.bash"):
        shutil.copy(SCRIPTS / name, root / "scripts" / name)
    shutil.copytree(SCRIPTS / "packages", root / "scripts" / "packages")
    for name in REAL_PROGRAMS.split():
        found = shutil.which(name)
        assert found is not None, name
        (programs / name).symlink_to(found)
    (tmp_path / "os-release").write_text('ID=debian\nVERSION_ID="12"\n')
    (tmp_path / "installed").touch()
    environment = {
        "PATH": str(programs),
        "HOME": str(tmp_path / "home"),
        "CALLS": str(tmp_path / "calls"),
        "INSTALLED": str(tmp_path / "installed"),
        "ASSAY_OS_RELEASE": str(tmp_path / "os-release"),
        "ASSAY_APPLICATIONS": str(tmp_path),
        "ASSAY_APT_LISTS": str(tmp_path / "lists"),
        "LC_ALL": "C",
    }
    made = Machine(root, programs, environment)
    for name, text in STAND_INS.items():
        made.program(programs / name, text)
    return made


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """Return the machine after everything was installed."""
    machine.install(packages("build", "python", "rivals", "test"))
    machine.program(machine.programs / "python3.13t", FREE_THREADED)
    machine.program(machine.programs / "chromium", "")
    return machine


def system(machine: Machine, text: str) -> None:
    """Make it another Linux."""
    Path(machine.environment["ASSAY_OS_RELEASE"]).write_text(text)
