"""The free-threaded interpreter: which one is taken, and how one is built where there is none."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest
from invented_machine import FREE_THREADED, Machine, log, packages, system

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
