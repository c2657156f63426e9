"""The set-up on other machines than this one: whatever could change one is a stand-in."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
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
# Stands in for apt: the signature beside the archive must not be taken for it.
SOURCE_SERVER = """case "$*" in
  indextargets*) echo "http://mirror.test/debian/ Debian Debian" ;;
  *" source "*)
    mkdir python-3.13.5
    touch python-3.13.5/Makefile
    printf '#!/usr/bin/env bash\\necho "$*" >arguments\\nseq 130\\n' >python-3.13.5/configure
    chmod +x python-3.13.5/configure
    tar -cf python3.13_3.13.5.orig.tar.xz python-3.13.5
    echo signature >python3.13_3.13.5.orig.tar.xz.asc ;;
esac"""
PYTHON_MAKEFILE = """case "$1 $2" in
  altinstall*)
    stage=${2#DESTDIR=} prefix=$(sed 's/.*--prefix=\\([^ ]*\\).*/\\1/' arguments)
    mkdir -p "$stage$prefix/bin"
    printf '#!/usr/bin/env bash\\necho 3.13.5\\n' >"$stage$prefix/bin/python3.13t"
    chmod +x "$stage$prefix/bin/python3.13t" ;;
  *) sleep 1.5 ;;
esac"""


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


def test_nothing_missing_means_nothing_installed_and_nothing_said(ready: Machine) -> None:
    ready.run("setup", "bench")
    second = ready.run("setup", "bench", "test")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert not [call for call in ready.calls() if call.startswith("apt-get")]
    assert ready.calls()[-1] == "python3 environments.py baselines examples reports tools"


def test_only_missing_packages_are_installed_and_only_once(ready: Machine) -> None:
    installed = Path(ready.environment["INSTALLED"])
    installed.write_text(installed.read_text().replace("ccache\n", ""))
    first = ready.run("setup", "bench")
    assert first.returncode == 0
    assert "installing system packages (a minute or two): ccache" in first.stderr
    before = [call for call in ready.calls() if call.startswith("apt-get")]
    assert before[0].startswith("apt-get update")
    assert before[1].endswith(" ccache")
    ready.run("setup", "bench")
    assert [call for call in ready.calls() if call.startswith("apt-get")] == before


def test_the_tools_need_no_compiler(machine: Machine) -> None:
    machine.install(packages("python"))
    assert machine.run("setup", "tools").returncode == 0
    assert machine.calls() == ["python3 environments.py tools"]


def test_boost_is_the_first_choice_that_is_new_enough(machine: Machine) -> None:
    machine.install(packages("build", "python", without="libboost"))
    machine.program(machine.programs / "python3.13t", FREE_THREADED)
    assert machine.run("setup", FAKE_BOOST_181="", FAKE_BOOST="1.83.0").returncode == 0
    assert [call for call in machine.calls() if call.endswith(" libboost-dev")]


@pytest.mark.parametrize(
    ("updated_before", "sentence"),
    [
        (True, "error: Assay needs Boost 1.81 or newer, and this system's packages have an older"),
        (False, "no package source of this system has: libboost1.81-dev | libboost-dev (>= 1.81)"),
    ],
)
def test_an_old_boost_is_said_in_a_sentence(
    machine: Machine, updated_before: bool, sentence: str
) -> None:
    machine.install(packages("build", "python", without="libboost"))
    if updated_before:
        lists = Path(machine.environment["ASSAY_APT_LISTS"])
        lists.mkdir()
        (lists / "server_Packages").touch()
    result = machine.run("setup", FAKE_BOOST_181="", FAKE_BOOST="1.74.0")
    assert result.returncode == 2
    assert sentence in result.stderr
    assert not [call for call in machine.calls() if "install" in call]


def test_an_unknown_system_gets_the_list_and_a_stop(machine: Machine) -> None:
    result = machine.run("setup", "test", FAKE_SYSTEM="FreeBSD")
    assert result.returncode == 2
    assert "on Debian, Ubuntu and macOS with Homebrew, not on this system" in result.stderr
    for name in ("g++", "libboost1.81-dev | libboost-dev (>= 1.81)", "chromium"):
        assert f"    {name}\n" in result.stderr


def test_an_unknown_linux_is_an_unknown_system_until_its_user_says_otherwise(
    machine: Machine,
) -> None:
    system(machine, "ID=arch\n")
    machine.program(machine.programs / "python3.13t", FREE_THREADED)
    assert machine.run("setup").returncode == 2
    assert machine.run("setup", ASSAY_PACKAGES="present").returncode == 0


def test_homebrew_installs_what_is_missing(machine: Machine) -> None:
    machine.program(
        machine.programs / "brew", 'echo "brew $*" >>"$CALLS"; [ $1 = install ] || echo cmake'
    )
    machine.program(machine.programs / "python3.13t", FREE_THREADED)
    assert machine.run("setup", FAKE_SYSTEM="Darwin").returncode == 0
    assert machine.calls()[1].startswith("brew install ")
    assert " cmake" not in machine.calls()[1]


def test_a_failing_step_names_the_step_the_command_and_the_log(machine: Machine) -> None:
    result = machine.run("setup", FAKE_INSTALL_STATUS="100")
    assert result.returncode == 2
    lines = result.stderr.splitlines()
    assert 'error: the set-up step "packages" did not succeed' in lines
    assert any(
        "command: env DEBIAN_FRONTEND" in line and "apt-get install" in line for line in lines
    )
    assert "  log:     build/logs/setup-packages.log" in lines
    assert "    | E: disk full" in lines
    assert "E: disk full" in (machine.root / "build/logs/setup-packages.log").read_text()


def test_no_network_is_a_sentence(machine: Machine) -> None:
    result = machine.run(
        "setup",
        FAKE_UPDATE="W: Failed to fetch: Temporary failure resolving 'server'",
        FAKE_INSTALL_STATUS="100",
    )
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == (
        "  no package server answered: check the network, then: make setup"
    )


def test_a_user_who_may_not_install_gets_the_command(machine: Machine) -> None:
    result = machine.run("setup", "tools", FAKE_USER="1000")
    assert result.returncode == 2
    assert (
        'su -c "apt-get update && apt-get install --no-install-recommends '
        'python3 python3-venv ca-certificates"' in result.stderr
    )


def test_a_user_who_may_not_install_gets_names_that_this_system_has(machine: Machine) -> None:
    machine.install(packages("build", "python", without="libboost"))
    result = machine.run("setup", FAKE_USER="1000", FAKE_BOOST_181="", FAKE_BOOST="1.83.0")
    assert 'install --no-install-recommends libboost-dev"' in result.stderr


def test_ubuntu_is_asked_for_a_browser_because_its_own_is_no_package(ready: Machine) -> None:
    (ready.programs / "chromium").unlink()
    system(ready, "ID=ubuntu\nID_LIKE=debian\n")
    result = ready.run("setup", "test")
    assert result.returncode == 2
    assert "type: sudo snap install chromium, then make test" in result.stderr


def test_an_unknown_target_is_named_beside_those_that_exist(machine: Machine) -> None:
    result = machine.run("setup", "benhc")
    assert (result.returncode, result.stderr) == (
        2,
        'error: there is nothing called "benhc" to set up\n'
        "  type: scripts/setup bench, or test, build, microbench, fuzz, report, tools\n",
    )


def test_a_lock_that_a_killed_set_up_left_behind_does_not_stand_in_the_way(
    ready: Machine,
) -> None:
    (ready.root / "build").mkdir()
    (ready.root / "build/setup.lock").symlink_to("999999999")
    assert ready.run("setup").returncode == 0
    assert not (ready.root / "build/setup.lock").is_symlink()


def sourced(machine: Machine, commands: str) -> subprocess.CompletedProcess[str]:
    """Run commands that know the functions of step.bash."""
    text = f"set -euo pipefail\nroot=.\n. scripts/step.bash\n{commands}\n"
    return subprocess.run(
        ["bash", "-c", text], cwd=machine.root, capture_output=True, text=True, timeout=20
    )


def test_a_lock_that_another_set_up_made_since_is_not_taken_for_the_dead_one(
    machine: Machine,
) -> None:
    assert sourced(machine, "ln -s $$ lock; break_lock lock 999999999").returncode == 0
    assert (machine.root / "lock").is_symlink()
    assert [path.name for path in machine.root.glob("lock*")] == ["lock"]


def test_the_process_of_another_user_is_alive(machine: Machine) -> None:
    refused = "kill() { return 1; }  # as the system does\n"
    assert sourced(machine, refused + "is_alive $$").returncode == 0
    assert sourced(machine, refused + "is_alive 999999999").returncode == 1


@pytest.mark.parametrize("refused", ["mkdir", "ln"])
def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(
    ready: Machine, refused: str
) -> None:
    # No folder refuses root, who runs the tests in some places: the program does it instead.
    (ready.programs / refused).unlink()
    ready.program(ready.programs / refused, "echo 'Permission denied' >&2; exit 1")
    result = ready.run("setup")
    folder = ready.root / "build"
    assert (result.returncode, result.stderr) == (
        2,
        f"error: the set-up cannot write in {folder}\n"
        f'  if it is root\'s: sudo chown -R "$(id -u)" "{folder}", then make again\n',
    )


def test_the_interpreter_is_the_named_one_then_the_one_on_path_then_the_cached_one(
    machine: Machine, tmp_path: Path
) -> None:
    cached = machine.program(
        tmp_path / "home/.cache/assay/python-3.13t/bin/python3.13t", FREE_THREADED
    )
    (cached.parent.parent / "label").write_text("pgo+lto\n")
    machine.run("free-threaded-python")
    assert machine.interpreter() == {
        "python": str(cached),
        "version": "3.13.5",
        "build": "pgo+lto",
        "reason": "",
    }
    on_path = machine.program(machine.programs / "python3.13t", FREE_THREADED)
    machine.run("free-threaded-python")
    assert (machine.interpreter()["python"], machine.interpreter()["build"]) == (
        str(on_path),
        "as found",
    )
    named = machine.program(tmp_path / "named", FREE_THREADED)
    machine.run("free-threaded-python", ASSAY_FREETHREADED_PYTHON=str(named))
    assert machine.interpreter()["python"] == str(named)


def test_a_build_that_was_cut_off_is_not_taken(machine: Machine, tmp_path: Path) -> None:
    system(machine, "ID=ubuntu\nID_LIKE=debian\n")
    machine.program(tmp_path / "home/.cache/assay/python-3.13t/bin/python3.13t", FREE_THREADED)
    machine.run("free-threaded-python")
    assert machine.interpreter()["python"] is None


def test_uv_downloads_where_nothing_is_there_yet(machine: Machine) -> None:
    machine.program(
        machine.programs / "uv",
        'echo "uv $*" >>"$CALLS"\nmkdir -p "$UV_PYTHON_INSTALL_DIR/cpython/bin"\n'
        'cp "$CALLS.python" "$UV_PYTHON_INSTALL_DIR/cpython/bin/python3.13t"',
    )
    machine.program(Path(machine.environment["CALLS"] + ".python"), FREE_THREADED)
    machine.program(machine.programs / "python3", 'shift 3; "$@"')
    machine.run("free-threaded-python")
    assert str(machine.interpreter()["python"]).endswith("/uv/cpython/bin/python3.13t")
    assert machine.calls() == ["uv python install --no-bin 3.13.5+freethreaded"]


def test_uv_itself_is_installed_in_one_version(machine: Machine) -> None:
    pip = 'echo "pip $*" >>"$CALLS"'
    machine.program(machine.programs / "pip", pip)
    machine.program(
        machine.programs / "python3",
        """case $1 in
  -m) mkdir -p "$3/bin"; cp "${0%/*}/pip" "$3/bin/python" ;;
  *) shift 3; "$@" ;;
esac""",
    )
    system(machine, "ID=ubuntu\nID_LIKE=debian\n")
    machine.run("free-threaded-python")
    (install,) = machine.calls()
    assert install.endswith(" uv==0.13.9")


def test_a_fast_build_says_so(machine: Machine, tmp_path: Path) -> None:
    cached = tmp_path / "home/.cache/assay/python-3.13t-fast"
    machine.program(cached / "bin/python3.13t", FREE_THREADED)
    (cached / "label").write_text("fast (no profile)\n")
    machine.run("free-threaded-python")
    assert machine.interpreter()["build"] == "fast (no profile)"


def test_without_an_interpreter_the_reason_and_the_remedy_are_recorded_and_nothing_stops(
    machine: Machine,
) -> None:
    system(machine, "ID=ubuntu\nID_LIKE=debian\n")
    result = machine.run("free-threaded-python")
    assert result.returncode == 0
    assert machine.interpreter() == {
        "python": None,
        "version": "",
        "build": "",
        "reason": "no free-threaded Python: this system has no package of it, and uv's download "
        "did not work; set ASSAY_FREETHREADED_PYTHON=/path/to/python3.13t",
    }


def test_what_did_not_succeed_is_not_tried_again_unasked(machine: Machine) -> None:
    system(machine, "ID=ubuntu\nID_LIKE=debian\n")
    machine.run("free-threaded-python")
    assert "tried before" in machine.run("free-threaded-python").stderr
    assert "trying uv's download" in machine.run("free-threaded-python", "--again").stderr


def test_a_python_with_the_lock_is_refused_when_it_is_named(
    machine: Machine, tmp_path: Path
) -> None:
    named = machine.program(tmp_path / "named", "exit 1")
    result = machine.run("free-threaded-python", ASSAY_FREETHREADED_PYTHON=str(named))
    assert result.returncode == 2
    assert "is not a free-threaded Python 3.13" in result.stderr
    assert "unset ASSAY_FREETHREADED_PYTHON" in result.stderr


def test_a_build_that_fails_leaves_a_reason_with_its_log_and_stops_nothing(
    machine: Machine,
) -> None:
    machine.install(packages("python-build"))
    result = machine.run("free-threaded-python")
    assert result.returncode == 0
    assert "apt names no Debian server" in result.stderr
    assert "build/logs/setup-python-source.log" in str(machine.interpreter()["reason"])
    assert not list((Path(machine.environment["HOME"]) / ".cache/assay").iterdir())


@pytest.mark.parametrize(
    ("kind", "folder", "label"),
    [("full", "python-3.13t", "pgo+lto"), ("fast", "python-3.13t-fast", "fast (no profile)")],
)
def test_a_build_shows_progress_is_put_into_the_cache_and_is_not_repeated(
    machine: Machine, kind: str, folder: str, label: str
) -> None:
    machine.install(packages("python-build"))
    machine.program(machine.programs / "apt-get", SOURCE_SERVER)
    machine.program(machine.programs / "make", PYTHON_MAKEFILE)
    first = machine.run("free-threaded-python", PYTHON_BUILD=kind, STEP_LINE_SECONDS="0")
    assert "building it (about " in first.stderr
    assert " min left\n" in first.stderr
    cache = Path(machine.environment["HOME"]) / ".cache/assay"
    assert [path.name for path in cache.iterdir()] == [folder]
    assert machine.interpreter()["python"] == str(cache / folder / "bin/python3.13t")
    assert machine.interpreter()["build"] == label
    assert not list(machine.root.glob("python*"))  # the caller's folder stays as it was
    assert ("--enable-optimizations" in log(machine, "python-build")) == (kind == "full")
    assert machine.run("free-threaded-python", PYTHON_BUILD=kind).stderr == ""


def test_a_compiler_error_names_the_command_and_leaves_nothing_in_the_cache(
    machine: Machine,
) -> None:
    machine.install(packages("python-build"))
    machine.program(machine.programs / "apt-get", SOURCE_SERVER)
    machine.program(machine.programs / "make", "echo 'x.c:1: error'; exit 2")
    result = machine.run("free-threaded-python")
    assert result.returncode == 0
    assert 'error: the set-up step "python-build" did not succeed' in result.stderr
    assert "  command: env --default-signal=INT make -j" in result.stderr
    assert "    | x.c:1: error" in result.stderr
    assert machine.interpreter()["python"] is None
    assert not list((Path(machine.environment["HOME"]) / ".cache/assay").iterdir())


# Writes for ten seconds, and still for a while when it is told to end, as a compiler does.
STUBBORN_BUILD = """late=$HOME/.cache/assay/python-3.13t.work/late
trap 'sleep 0.5; mkdir -p "$late"; exit' TERM
for write in {1..100}; do mkdir -p "$late"; touch "$CALLS.build"; sleep 0.1; done"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_cut_off_ends_before_its_files_go(
    machine: Machine, number: signal.Signals
) -> None:
    machine.install(packages("python-build"))
    machine.program(machine.programs / "apt-get", SOURCE_SERVER)
    machine.program(machine.programs / "make", STUBBORN_BUILD)
    started = Path(machine.environment["CALLS"] + ".build")
    with subprocess.Popen(
        [machine.root / "scripts/free-threaded-python"],
        env=machine.environment,
        cwd=machine.root,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A shell cannot trap what was ignored before, as interrupts are in the background.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    ) as script:
        deadline = time.monotonic() + 20
        while not started.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        script.send_signal(number)
        script.wait(20)
    time.sleep(1)  # what still ran would have written again
    assert not list((Path(machine.environment["HOME"]) / ".cache/assay").iterdir())
