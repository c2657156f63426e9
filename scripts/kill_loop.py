"""Kills assay-notes with SIGKILL under load, starts it again on the same file, and looks.

A kill ends the processes at any moment, between any two of their system calls. What they had
written lies in the system's memory and is not lost: what a power cut loses, and what is torn, is
tested by server/storage/faults/faults_test.cpp, which counts what was synced.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kill_clients import PATIENCE_S, SHARED, Client, Connection, MoveLedger, shared_texts

CLIENTS = 6
POLICIES = ("per-thread", "per-request", "pool", "single")
START_LIMIT_S = 60


class StartError(Exception):
    """The server cannot be tried at all; says why."""


@dataclass
class Trial:
    """One file, and all that its clients know of it."""

    program: Path
    folder: Path
    seed: int
    chance: random.Random = field(init=False)
    clients: list[Client] = field(init=False)
    moves: MoveLedger = field(default_factory=MoveLedger)
    kills: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.clients = [Client(f"c{i}", self.seed) for i in range(CLIENTS)]

    @property
    def database(self) -> Path:
        """Return the file."""
        return self.folder / "notes.db"

    @property
    def acknowledged(self) -> int:
        """Return how many writes were acknowledged in all."""
        return sum(client.ledger.acknowledged for client in self.clients)


@dataclass(frozen=True)
class Manner:
    """How a server serves, and comes to its connections."""

    model: str
    policy: str


def started(trial: Trial, manner: Manner) -> subprocess.Popen:
    """Start a server; it and its children are a group of their own, so that all die at once."""
    command = [str(trial.program), "--port", "0", "--model", manner.model, "--workers", "2"]
    command += ["--database", str(trial.database), "--database-policy", manner.policy]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def kill(server: subprocess.Popen) -> str:
    """End a server and all its processes at once; return what else it said."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    said = server.stderr.read()
    server.stderr.close()
    server.wait()
    return said


def port_when_ready(server: subprocess.Popen) -> int:
    """Return the port of a server, once it says that it listens."""
    watchdog = threading.Timer(START_LIMIT_S, server.kill)
    watchdog.start()
    said = server.stderr.readline()
    watchdog.cancel()
    if not said.startswith("listening on "):
        raise StartError(f"the server does not start: {said.strip() or 'it says nothing'}")
    return int(said.rsplit(":", 1)[1])


@contextlib.contextmanager
def serving(trial: Trial, manner: Manner) -> Iterator[tuple[subprocess.Popen, int]]:
    """Run a server that does not outlive this."""
    server = started(trial, manner)
    try:
        yield server, port_when_ready(server)
    finally:
        if server.poll() is None:
            kill(server)


def kill_while_starting(trial: Trial, manner: Manner) -> None:
    """Kill a server while it opens the file that another left behind."""
    server = started(trial, manner)
    threading.Event().wait(trial.chance.uniform(0, 0.03))
    kill(server)


@dataclass
class Blow:
    """When a server is killed: after some time, or with the first byte of a certain reply."""

    server: subprocess.Popen
    after_s: float
    replies_left: int | None  # of one client
    struck: threading.Event = field(default_factory=threading.Event)

    def note_reply(self) -> None:
        """Kill the server if this is the reply: what it acknowledges has to be on the disk now."""
        self.replies_left -= 1
        if self.replies_left == 0:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.struck.set()

    def wait(self) -> None:
        """Return when the server is to be killed, or was."""
        self.struck.wait(self.after_s if self.replies_left is None else PATIENCE_S)


def next_blow(trial: Trial, server: subprocess.Popen) -> Blow:
    """Choose when to kill, by chance."""
    by_reply = trial.chance.random() < 0.5
    after_s, replies = trial.chance.uniform(0.02, 0.8), trial.chance.randint(1, 100)
    blow = Blow(server, after_s, replies if by_reply else None)
    for client in trial.clients:
        client.when_answered = None
    if by_reply:
        trial.chance.choice(trial.clients).when_answered = blow.note_reply
    return blow


def load_until_killed(trial: Trial, server: subprocess.Popen, port: int) -> list[str]:
    """Let all clients write, kill the server at some moment, and return what went wrong."""
    blow, over = next_blow(trial, server), threading.Event()
    threads = [threading.Thread(target=c.load, args=(port, over)) for c in trial.clients]
    for thread in threads:
        thread.start()
    blow.wait()
    ended_early = [client.end for client in trial.clients if client.end]
    said = kill(server)
    over.set()
    for thread in threads:
        thread.join()
    trial.kills += 1
    faults = [str(c.end) for c in trial.clients if c.end and is_wrong_reply(c.end)]
    if not blow.struck.is_set():
        faults += [f"before the kill: {end!r}" for end in ended_early]
    return faults + ([f"the server said: {said.strip()}"] if said.strip() else [])


def is_wrong_reply(end: Exception) -> bool:
    """Return whether a client ended for another reason than that the server was gone."""
    return not isinstance(end, OSError | EOFError) and type(end).__module__ != "http.client"


def prepare(trial: Trial, port: int) -> None:
    """Write the notes that the clients share, on a new file."""
    connection = Connection(port)
    for name, text in shared_texts().items():
        status, said = connection.ask("POST", "/notes", {"id": name, "text": text})
        if status not in (201, 409):
            raise StartError(f"POST /notes: {status} {said}")


def faults_of_contents(trial: Trial, port: int) -> list[str]:
    """Return what the clients miss, or find changed."""
    connection = Connection(port)
    faults = [
        fault
        for client in trial.clients
        for name in client.names() + client.paths_of_labels()
        if (fault := client.ledger.fault(name, connection.held(name)))
    ]
    shared = {name: connection.note(name) for name in SHARED}
    return faults + trial.moves.faults(connection.moves(), shared, trial.clients)


def fault_of_file(trial: Trial) -> str | None:
    """Return what SQLite finds wrong with the files as the killed server left them: on a copy."""
    copy = trial.folder / "copy"
    copy.mkdir(exist_ok=True)
    for suffix in ("", "-wal"):
        path = Path(f"{trial.database}{suffix}")
        if path.exists():
            shutil.copy(path, copy)
    with contextlib.closing(sqlite3.connect(copy / trial.database.name)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
    shutil.rmtree(copy)
    return None if found == [("ok",)] else f"integrity_check: {found}"


def kill_once(trial: Trial, manner: Manner) -> list[str]:
    """Serve, kill, and serve again; return what was lost or is half there."""
    with serving(trial, manner) as (server, port):
        if trial.kills == 0:
            prepare(trial, port)
        faults = load_until_killed(trial, server, port)
    fault = fault_of_file(trial)
    faults += [fault] if fault else []
    if trial.chance.random() < 0.3:
        kill_while_starting(trial, manner)
    with serving(trial, manner) as (server, port):
        faults += faults_of_contents(trial, port)
        server.send_signal(signal.SIGTERM)
        said = server.stderr.read()
        status = server.wait(timeout=START_LIMIT_S)
        if (status, said) != (0, ""):
            faults.append(f"told to end, the server ended with status {status}: {said.strip()}")
    return faults
