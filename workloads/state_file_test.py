"""Whose the files are: one per server, gone once the server has ended."""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workloads import state_file as under_test
from workloads.state_file import alone, state_file


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the files lie where no server's do."""
    monkeypatch.setattr(under_test.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path


def group_of_an_ended_process() -> int:
    """Return the number of a process group that was there a moment ago."""
    process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    process.wait()
    return process.pid


def test_the_name_tells_framework_workload_user_and_process_group(folder: Path) -> None:
    expected = folder / f"assay-karak-kv-{os.getuid()}-{os.getpgrp()}.db"
    assert state_file("karak", "kv") == expected


def test_what_an_ended_server_left_is_removed_with_journal_and_lock(folder: Path) -> None:
    ended = f"assay-karak-kv-{os.getuid()}-{group_of_an_ended_process()}.db"
    for suffix in ("", "-wal", "-shm", ".lock"):
        (folder / f"{ended}{suffix}").touch()
    state_file("karak", "kv")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["assay-karak-kv-{me}-{group}.db", "assay-karak-kv-{me}-x.db"])
def test_the_file_of_a_running_server_stays_and_so_does_one_of_another_kind(
    folder: Path, name: str
) -> None:
    file = folder / name.format(me=os.getuid(), group=os.getpgrp())
    file.touch()
    state_file("fastapi", "db")
    assert file.exists()


def test_another_user_s_file_stays(folder: Path) -> None:
    file = folder / f"assay-karak-kv-{os.getuid() + 1}-{group_of_an_ended_process()}.db"
    file.touch()
    state_file("karak", "kv")
    assert file.exists()


def write_alone(database: Path, log: Path, letter: str) -> None:
    """Write a letter at the start and at the end of a while alone."""
    with alone(database):
        for _ in range(2):
            with log.open("a") as file:
                file.write(letter)
            time.sleep(0.05)


def test_of_two_processes_one_begins_when_the_other_has_ended(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    log = folder / "log"
    both = [
        context.Process(target=write_alone, args=(folder / "a.db", log, letter)) for letter in "ab"
    ]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert log.read_text() in ("aabb", "bbaa")
