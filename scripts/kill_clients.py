"""Clients of assay-notes that write until the server dies, and know what must be there afterwards.

A client has notes of its own, which nobody else writes, so it knows of each what it holds and which
labels it has; and all of them move lines between notes that they share. Notes and moves are written
by the server's writer, labels by the connection that its policy gives to a request. What was
acknowledged has to be found again; a write that was under way when the server died may be there or
not, but wholly.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SHARED = ("shared-a", "shared-b", "shared-c")
LINES = 20  # of each shared note at first
OWN_NOTES = 12  # of each client: few, so that each is changed often
PATIENCE_S = 20


@dataclass(frozen=True)
class Note:
    """What a note holds; one that is not there is None."""

    text: str
    counter: int | None  # None: the server chooses one that the name never had

    def __str__(self) -> str:
        end = f"... ({len(self.text)} characters)" if len(self.text) > 30 else ""
        return f"{self.text[:30]!r}{end} at counter {self.counter}"


@dataclass(frozen=True)
class Labels:
    """What a note is labelled with, if with anything."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{len(self.names)} labels from {self.names[0]!r} to {self.names[-1]!r}"


@dataclass(frozen=True)
class Move:
    """A line that went from one shared note to another, as the server numbers them."""

    number: int
    source: str
    target: str


@dataclass
class Ledger:
    """What each note or path of a client may hold: one thing, or two while a write is in doubt."""

    possible: dict[str, list[Note | Labels | None]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)  # counter that a note ever had
    acknowledged: int = 0

    def held(self, name: str) -> Note | Labels | None:
        """Return what a note holds that no write is in doubt of."""
        return self.possible.get(name, [None])[0]

    def sent(self, name: str, then: Note | Labels | None) -> None:
        """Note that a write is on its way."""
        self.possible[name] = [self.held(name), then]

    def refused(self, name: str) -> None:
        """Note that the write was not done."""
        self.possible[name] = self.possible[name][:1]

    def answered(self, name: str, found: Note | Labels | None) -> str | None:
        """Note that the write was acknowledged; return what is wrong with what it says it did."""
        self.acknowledged += 1
        self.possible[name] = self.possible[name][1:]
        return self.fault(name, found)

    def fault(self, name: str, found: Note | Labels | None) -> str | None:
        """Return what is wrong with what the server has; it is certain from now on."""
        possible = self.possible.get(name, [None])
        if not any(self.fits(name, one, found) for one in possible):
            wanted = " or ".join(map(str, possible))
            return f"{name}: is {found or 'gone'}, and was acknowledged as {wanted}"
        self.possible[name] = [found]
        if isinstance(found, Note):
            self.highest[name] = max(found.counter, self.highest.get(name, -1))
        return None

    def fits(self, name: str, wanted: Note | Labels | None, found: Note | Labels | None) -> bool:
        """Return whether that is what was wanted; a new note has a counter beyond all before it."""
        if isinstance(wanted, Note) and isinstance(found, Note) and wanted.counter is None:
            return found.text == wanted.text and found.counter > self.highest.get(name, -1)
        return found == wanted


def shared_texts() -> dict[str, str]:
    """Return the shared notes as they begin: every line is found once in all."""
    return {name: "\n".join(f"{name} {i}" for i in range(LINES)) for name in SHARED}


def moved(moves: Iterable[Move]) -> dict[str, Note]:
    """Return the shared notes after these moves, each of the last line of one note."""
    texts = {name: text.split("\n") for name, text in shared_texts().items()}
    counters: dict[str, int] = defaultdict(int)
    for move in moves:
        texts[move.target].append(texts[move.source].pop())
        counters[move.source] += 1
        counters[move.target] += 1
    return {name: Note("\n".join(texts[name]), counters[name]) for name in SHARED}


def said(body: dict | None) -> Note | Labels | None:
    """Return what a reply says that there is now."""
    if body is None:
        return None
    if "labels" in body:
        return Labels(tuple(body["labels"]))
    return Note(body["text"], body["counter"])


class ServerError(Exception):
    """A reply that no write of these clients should get."""


class Connection:
    """A connection to the server, and what can be asked of it."""

    def __init__(self, port: int) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self.when_answered: Callable[[], None] | None = None

    def ask(
        self, method: str, path: str, body: dict | None = None, fields: dict | None = None
    ) -> tuple[int, object]:
        """Return the status and what the reply holds."""
        sent = None if body is None else json.dumps(body)
        kind = {} if body is None else {"Content-Type": "application/json"}
        self.http.request(method, path, sent, kind | (fields or {}))
        if self.when_answered:
            self.http.sock.recv(1, socket.MSG_PEEK)  # the first byte: the rest is on its way
            self.when_answered()
        reply = self.http.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if text else None

    def note(self, name: str) -> Note | None:
        """Return a note as the server has it."""
        status, body = self.ask("GET", f"/notes/{name}")
        if status == 404:
            return None
        if status != 200:
            raise ServerError(f"GET /notes/{name}: {status} {body}")
        return said(body)

    def labels(self, path: str) -> Labels | None:
        """Return the labels of a note as the server has them."""
        status, body = self.ask("GET", path)
        if status == 404:
            return None
        if status != 200:
            raise ServerError(f"GET {path}: {status} {body}")
        return said(body)

    def held(self, name: str) -> Note | Labels | None:
        """Return what the server has under the name of a note, or the path of its labels."""
        return self.labels(name) if name.startswith("/") else self.note(name)

    def moves(self) -> list[Move]:
        """Return all moves there are, in order."""
        found: list[Move] = []
        while True:
            after = found[-1].number if found else 0
            status, page = self.ask("GET", f"/moves?after={after}&limit=1000")
            if status != 200:
                raise ServerError(f"GET /moves: {status} {page}")
            found += [Move(row["number"], row["source"], row["target"]) for row in page]
            if len(page) < 1000:
                return found


class Client:
    """One client and its thread; it lives over many servers, with a connection to each."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.chance = random.Random(f"{seed} {name}")
        self.ledger = Ledger()
        self.moves: list[Move] = []  # acknowledged
        self.moves_in_doubt = 0
        self.serial = 0
        self.end: Exception | None = None  # why the last load ended
        self.when_answered: Callable[[], None] | None = None

    def names(self) -> list[str]:
        """Return its notes."""
        return [f"{self.name}-{i}" for i in range(OWN_NOTES)]

    def paths_of_labels(self) -> list[str]:
        """Return where the labels of its notes are."""
        return [f"/labels/{name}" for name in self.names()]

    def load(self, port: int, over: threading.Event) -> None:
        """Write until the server is gone, or the load is over."""
        self.end = None
        connection = Connection(port)
        connection.when_answered = self.when_answered
        acts = (self.add, self.put, self.update, self.update_late, self.remove, self.move)
        acts += (self.label, self.remove_labels)
        try:
            while not over.is_set():
                self.chance.choices(acts, weights=(3, 3, 3, 1, 1, 4, 3, 1))[0](connection)
        except (OSError, http.client.HTTPException, ServerError, ValueError) as error:
            self.end = error

    def pick(self, wanted: Callable[[Note | None], bool]) -> str | None:
        """Return one of its notes of which that is true."""
        names = [name for name in self.names() if wanted(self.ledger.held(name))]
        return self.chance.choice(names) if names else None

    def new_text(self) -> str:
        """Return a text that was never written before; some are longer than a page."""
        self.serial += 1
        return f"{self.name} {self.serial} " + "x" * self.chance.choice((0, 10, 300, 5000))

    def write(
        self, connection: Connection, name: str, then: Note | Labels | None, call: tuple
    ) -> None:
        """Send a write of what is its own and hold its outcome; now and then read it again."""
        self.ledger.sent(name, then)
        status, body = connection.ask(*call)
        if status == 503:  # too much at once: not done, and said so
            self.ledger.refused(name)
            return
        if status not in (200, 201, 204):
            raise ServerError(f"{call[0]} {call[1]}: {status} {body}")
        if fault := self.ledger.answered(name, said(body)):
            raise ServerError(f"{call[0]} {call[1]}: {fault}")
        if self.chance.random() < 0.1:
            self.reread(connection, name)

    def reread(self, connection: Connection, name: str) -> None:
        """See that a write which was acknowledged is read at once."""
        fault = self.ledger.fault(name, connection.held(name))
        if fault:
            raise ServerError(f"read after its acknowledgement: {fault}")

    def add(self, connection: Connection) -> None:
        """Make a note that is not there."""
        if name := self.pick(lambda note: note is None):
            text = self.new_text()
            body = {"id": name, "text": text}
            self.write(connection, name, Note(text, None), ("POST", "/notes", body))

    def put(self, connection: Connection) -> None:
        """Write a note whether or not it is there."""
        name, text = self.chance.choice(self.names()), self.new_text()
        before = self.ledger.held(name)
        then = Note(text, None if before is None else before.counter + 1)
        self.write(connection, name, then, ("PUT", f"/notes/{name}", {"text": text}))

    def update(self, connection: Connection) -> None:
        """Change a note if it is as this client knows it."""
        if name := self.pick(lambda note: note is not None):
            text, before = self.new_text(), self.ledger.held(name)
            condition = {"If-Match": f'"{before.counter}"'}
            call = ("PUT", f"/notes/{name}", {"text": text}, condition)
            self.write(connection, name, Note(text, before.counter + 1), call)

    def update_late(self, connection: Connection) -> None:
        """Change a note as if another had not been faster: refused."""
        if name := self.pick(lambda note: note is not None and note.counter > 0):
            condition = {"If-Match": f'"{self.ledger.held(name).counter - 1}"'}
            body = {"text": "this is never written"}
            status, said = connection.ask("PUT", f"/notes/{name}", body, condition)
            if status not in (412, 503):
                raise ServerError(f"PUT /notes/{name} with another counter: {status} {said}")

    def remove(self, connection: Connection) -> None:
        """Delete a note that is there."""
        if name := self.pick(lambda note: note is not None):
            self.write(connection, name, None, ("DELETE", f"/notes/{name}"))

    def label(self, connection: Connection) -> None:
        """Put labels in the place of others: several statements in one transaction."""
        path = self.chance.choice(self.paths_of_labels())
        self.serial += 1
        number = self.chance.choice((1, 5, 60))
        names = tuple(f"{self.name} {self.serial} {i:03}" for i in range(number))
        self.write(connection, path, Labels(names), ("PUT", path, {"labels": names}))

    def remove_labels(self, connection: Connection) -> None:
        """Take the labels off a note: one statement."""
        paths = [path for path in self.paths_of_labels() if self.ledger.held(path)]
        if paths:
            path = self.chance.choice(paths)
            self.write(connection, path, None, ("DELETE", path))

    def move(self, connection: Connection) -> None:
        """Move a line between two shared notes: two entries and a row in one transaction."""
        source, target = self.chance.sample(SHARED, 2)
        self.moves_in_doubt += 1
        status, body = connection.ask(
            "POST", "/moves", {"source": source, "target": target, "lines": 1}
        )
        self.moves_in_doubt -= 1
        if status == 201:
            self.moves.append(Move(body["number"], source, target))
            self.ledger.acknowledged += 1
        elif status not in (409, 503):  # 409: it had no line left
            raise ServerError(f"POST /moves: {status} {body}")


@dataclass
class MoveLedger:
    """The moves of all clients that were found at the last restart."""

    settled: list[Move] = field(default_factory=list)

    def faults(
        self, found: list[Move], notes: dict[str, Note | None], clients: list[Client]
    ) -> list[str]:
        """Return what is wrong with the shared notes and their moves; they are certain then."""
        acknowledged = [move for client in clients for move in client.moves]
        in_doubt = sum(client.moves_in_doubt for client in clients)
        faults = [
            f"{move}: was acknowledged and is not there"
            for move in self.settled + acknowledged
            if move not in found
        ]
        if [move.number for move in found] != list(range(1, len(found) + 1)):
            faults.append(f"the {len(found)} moves are not numbered from 1, each once")
        known = len(self.settled) + len(acknowledged)
        if len(found) > known + in_doubt:
            faults.append(f"{len(found)} moves, where {known} and {in_doubt} in doubt were sent")
        faults += [
            f"{name}: is {notes[name]}; its moves make it {wanted}"
            for name, wanted in moved(found).items()
            if notes[name] != wanted
        ]
        self.settled = found
        for client in clients:
            client.moves, client.moves_in_doubt = [], 0
        return faults
