"""The set-up on other machines than this one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from invented_machine import FREE_THREADED, Machine, packages, system


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
