"""What the notes do where the file fails them: refuse to start, or answer 503 and live on."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "build" / "release" / "examples" / "assay-notes"
NOBODY = 65534
IS_ROOT = os.geteuid() == 0


def command(database: Path, *options: str) -> list[str]:
    """Return the call of a server that waits for locks only shortly."""
    call = [str(NOTES), "--port", "0", "--workers", "2", "--database", str(database)]
    return [*call, "--database-busy", "0.2", *options]


@contextlib.contextmanager
def serving(database: Path, *options: str) -> Iterator[int]:
    """Run the notes; whatever happens to the file, they end cleanly."""
    with serving_process(database, *options) as (_, port):
        yield port


@contextlib.contextmanager
def serving_process(database: Path, *options: str) -> Iterator[tuple[subprocess.Popen, int]]:
    """Do the same, and give the process too."""
    call = command(database, *options)
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as server:
        said = server.stderr.readline()
        try:
            yield server, int(said.rsplit(":", 1)[1])
        finally:
            server.send_signal(signal.SIGTERM)
            server.told = server.stderr.read()  # what an operator is told of the faults
        assert "bug:" not in server.told
        assert server.wait(timeout=60) == 0


def refused(database: Path, uid: int | None = None) -> str:
    """Return the one sentence of a server that does not start."""
    ended = subprocess.run(command(database), capture_output=True, text=True, timeout=60, user=uid)
    assert ended.returncode == 1, ended.stderr
    assert ended.stderr.startswith("error: ")
    assert ended.stderr.count("\n") == 1
    return ended.stderr.strip()


def ask(port: int, method: str, path: str, body: dict | None = None) -> http.client.HTTPResponse:
    """Ask once; the reply has been read."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    kind = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path, json.dumps(body) if body is not None else None, kind)
    reply = connection.getresponse()
    reply.text = reply.read().decode()
    connection.close()
    return reply


def put(port: int, name: str, text: str = "tea") -> http.client.HTTPResponse:
    """Write a note."""
    return ask(port, "PUT", f"/notes/{name}", {"text": text})


def files_of(database: Path) -> list[Path]:
    """Return a database and what SQLite puts beside it."""
    return [path for s in ("", "-wal", "-shm") if (path := Path(f"{database}{s}")).exists()]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a folder that another user can reach."""
    with tempfile.TemporaryDirectory(prefix="assay-notes-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def database(folder: Path) -> Path:
    """Make a database of a hundred notes of a page each."""
    path = folder / "notes.db"
    with serving(path) as port:
        for i in range(100):
            assert put(port, f"n{i}", f"{i} " + "x" * 4000).status == 200
    assert files_of(path) == [path]
    return path


def sound(database: Path) -> bool:
    """Return whether SQLite finds nothing wrong with a file."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize(
    "content",
    [
        b"These are notes, but no database. " * 100,
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        b"short",
        bytes(4096),
    ],
    ids=["text", "picture", "short", "zeros"],
)
def test_a_file_of_another_program_is_refused_and_left_alone(content: bytes, folder: Path) -> None:
    path = folder / "mine.txt"
    path.write_bytes(content)
    assert "is no SQLite database" in refused(path)
    assert path.read_bytes() == content
    assert files_of(path) == [path]


def test_a_database_of_another_program_is_refused_and_left_alone(folder: Path) -> None:
    path = folder / "theirs.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs(id INTEGER)")
    content = path.read_bytes()
    assert "has the tables of another program" in refused(path)
    assert path.read_bytes() == content
    assert files_of(path) == [path]


def test_a_server_with_another_journal_is_refused(database: Path) -> None:
    with serving(database) as port:
        call = command(database, "--database-journal", "rollback")
        ended = subprocess.run(call, capture_output=True, text=True, timeout=60)
        assert ended.returncode == 1
        assert 'has the journal "wal", and this server was told "rollback"' in ended.stderr
        assert put(port, "a").status == 200


def test_a_device_is_no_database() -> None:
    assert "/dev/null is a device" in refused(Path("/dev/null"))


def test_an_empty_file_is_a_new_database(folder: Path) -> None:
    path = folder / "notes.db"
    path.touch()
    with serving(path) as port:
        assert put(port, "a").status == 200
    assert sound(path)


def test_a_damaged_header_is_refused(database: Path) -> None:
    with database.open("r+b") as file:
        file.write(random.Random(1).randbytes(100))
    assert "is no SQLite database" in refused(database)


def test_a_file_that_was_cut_is_refused_or_answers_503(database: Path) -> None:
    os.truncate(database, 8192)
    assert "is damaged" in refused(database)


@pytest.mark.parametrize("path", ["", "missing/notes.db"], ids=["a directory", "no such folder"])
def test_a_path_that_cannot_be_a_file_is_refused(path: str, folder: Path) -> None:
    said = refused(folder / path)
    assert "cannot open the database" in said
    assert str(folder) in said
    assert list(folder.iterdir()) == []


def test_a_file_that_may_only_be_read_is_refused(database: Path) -> None:
    database.chmod(0o444)
    if IS_ROOT:  # whom no permission binds
        os.chown(database.parent, NOBODY, NOBODY)
    assert "may only be read" in refused(database, NOBODY if IS_ROOT else None)
    assert sound(database)


def test_a_folder_that_may_only_be_read_is_refused(database: Path) -> None:
    if IS_ROOT:
        os.chown(database, NOBODY, NOBODY)
    database.parent.chmod(0o555)
    said = refused(database, NOBODY if IS_ROOT else None)
    database.parent.chmod(0o755)
    assert "let this user" in said
    assert sound(database)


def test_a_file_that_another_program_has_locked_is_refused(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "holds a lock" in refused(database)
        other.execute("COMMIT")
    with serving(database) as port:
        assert ask(port, "GET", "/notes/n1").status == 200


@pytest.mark.parametrize("model", ["loop", "pool", "thread"])
def test_while_another_program_writes_writes_wait_and_then_are_told_to_come_again(
    model: str, database: Path
) -> None:
    with (
        serving(database, "--model", model) as port,
        contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        refusal = put(port, "a")
        assert (refusal.status, refusal.getheader("Retry-After")) == (503, "1")
        assert "SQL" not in refusal.text
        assert ask(port, "GET", "/notes/n1").status == 200
        assert ask(port, "GET", "/notes/a").status == 404
        other.execute("COMMIT")
        assert put(port, "a").status == 200


@pytest.mark.parametrize("model", ["loop", "pool", "thread"])
def test_a_file_that_is_damaged_while_it_serves_answers_503_and_works_once_it_is_put_back(
    model: str, database: Path
) -> None:
    good = database.read_bytes()
    with serving(database, "--model", model) as port:
        with database.open("r+b") as file:
            file.seek(4096)
            file.write(random.Random(1).randbytes(len(good) - 4096))
        replies = [put(port, "a"), ask(port, "GET", "/notes/n50"), ask(port, "GET", "/report")]
        assert {reply.status for reply in replies} == {503}
        assert [reply.getheader("Retry-After") for reply in replies] == [None] * 3
        assert str(database) not in "".join(reply.text for reply in replies)
        assert ask(port, "GET", "/openapi.json").status == 200
        with database.open("r+b") as file:
            file.write(good)
        assert ask(port, "GET", "/notes/n50").status == 200
        assert put(port, "a").status == 200
    assert sound(database)


def test_a_file_that_is_moved_away_takes_no_more_writes_until_it_is_back(database: Path) -> None:
    away = database.with_name("away")
    away.mkdir()
    with serving_process(database) as (server, port):
        assert put(port, "before").status == 200
        files = files_of(database)
        for path in files:
            path.rename(away / path.name)
        refusal = put(port, "meanwhile")
        assert (refusal.status, refusal.getheader("Retry-After")) == (503, None)
        assert not database.exists()
        for path in files:
            (away / path.name).rename(path)
        assert put(port, "after").status == 200
    assert server.told.startswith("error: PUT /notes/meanwhile (id ")
    with serving(database) as port:
        assert ask(port, "GET", "/notes/before").status == 200
        assert ask(port, "GET", "/notes/after").status == 200
        assert ask(port, "GET", "/notes/meanwhile").status == 404


def ask_on(connection: http.client.HTTPConnection, path: str) -> tuple[int, str | None]:
    """Ask on a connection that stays open; return the status, and when to come back."""
    connection.request("GET", path)
    reply = connection.getresponse()
    reply.read()
    return reply.status, reply.getheader("Retry-After")


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no limit of another process is set")
@pytest.mark.parametrize("model", ["loop", "pool", "thread"])
def test_where_no_file_can_be_opened_it_is_said_when_to_come_back(
    model: str, database: Path
) -> None:
    options = ["--model", model, "--database-policy", "per-request"]
    with serving_process(database, *options) as (server, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        assert ask_on(connection, "/notes/n1") == (200, None)
        soft, hard = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (0, hard))
        assert ask_on(connection, "/notes/n1") == (503, "1")
        assert ask_on(connection, "/openapi.json") == (200, None)
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (soft, hard))
        assert ask_on(connection, "/notes/n1") == (200, None)
        connection.close()


def test_what_a_killed_server_left_beside_the_file_is_taken_up(database: Path) -> None:
    call = command(database)
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as server:
        port = int(server.stderr.readline().rsplit(":", 1)[1])
        assert put(port, "a").status == 200
        server.kill()
    assert len(files_of(database)) == 3
    with serving(database) as port:
        assert ask(port, "GET", "/notes/a").status == 200
    assert files_of(database) == [database]


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a file system of 1 MiB, where that is allowed."""
    place = folder / "small"
    place.mkdir()
    call = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "assay-notes", str(place)]
    if not shutil.which("mount") or subprocess.run(call, capture_output=True).returncode:
        pytest.skip("this user cannot mount a small file system; faults_test.cpp has a full one")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("model", ["loop", "pool", "thread", "fork"])
def test_a_full_disk_answers_503_and_goes_on_when_there_is_room(
    model: str, small_disk: Path
) -> None:
    ballast, database = small_disk / "ballast", small_disk / "notes.db"
    ballast.write_bytes(bytes(400_000))
    with serving(database, "--model", model) as port:
        written = 0
        while (reply := put(port, f"n{written}", "x" * 10_000)).status == 200:
            written += 1
        assert written > 1
        assert (reply.status, reply.getheader("Retry-After")) == (503, None)
        assert ask(port, "GET", f"/notes/n{written - 1}").status == 200
        assert ask(port, "GET", f"/notes/n{written}").status == 404
        ballast.unlink()
        assert put(port, "after").status == 200
    with serving(database) as port:
        notes = json.loads(ask(port, "GET", "/notes?limit=1000").text)["ids"]
        assert sorted(notes) == sorted(["after", *(f"n{i}" for i in range(written))])
    assert sound(database)


def test_a_disk_that_is_full_at_the_start_is_said(small_disk: Path) -> None:
    with (small_disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(bytes(4096)):
            pass
    assert "there is no room left" in refused(small_disk / "notes.db")
