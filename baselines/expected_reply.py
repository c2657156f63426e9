"""What the requests of a workload.toml ask, and whether a reply is what it says.

Pure but for `exchanges`, which reads the files that lie beside a workload.toml. For tests of real
servers; the laboratory has its own in C++, and a difference between the two is a defect.
"""

import json
import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

DRAWN = re.compile(r"\{random:(\d+):(\d+)\}")
PLACE = re.compile(r"\{(\d+|digits)\}")
ANY_NUMBER = "918273645"  # stands for {digits} while a text is read as JSON


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    type: str
    body: bytes


@dataclass(frozen=True)
class Question:
    """A request with its numbers drawn."""

    method: str
    path: str
    type: str | None
    body: bytes
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Exchange:
    """A request as a workload.toml writes it, and the replies that it accepts.

    The body is literal where `text` is None, and any where `literal` is None too; `is_echo` is a
    reply that repeats the request's body.
    """

    method: str
    path: str
    type: str | None
    body: bytes
    statuses: tuple[int, ...]
    reply_type: str | None
    literal: bytes | None = None
    texts: tuple[str, ...] = ()
    is_echo: bool = False


def exchanges(workload: Path, implementation: str) -> dict[str, list[Exchange]]:
    """Read a workload's folder: what is asked of whom, by the names `W` and `W@VARIANT`."""
    settings = tomllib.loads((workload / "workload.toml").read_text(encoding="utf-8"))
    named = {workload.name: settings}
    for title, variant in settings.get("variants", {}).items():
        named[f"{workload.name}@{title}"] = variant
    found = {
        name: exchanges_of(table, workload)
        for name, table in named.items()
        if implementation in table.get("only", [implementation])
    }
    return {name: asked for name, asked in found.items() if asked}


def exchanges_of(table: dict, folder: Path) -> list[Exchange]:
    """Return what one table asks: its request, its checks, and the parts of its mix."""
    parts = [table, *table.get("mix", [])]
    found = [
        exchange(part["request"], part["reply"], folder) for part in parts if "request" in part
    ]
    wishes = table.get("check", [])
    wishes = wishes if isinstance(wishes, list) else [wishes]
    return found + [check(table, wish, folder) for wish in wishes]


def exchange(request: dict, reply: dict, folder: Path) -> Exchange:
    """Return one request with its reply."""
    status = reply["status"]
    return Exchange(
        method=request["method"],
        path=request["path"],
        type=request.get("type"),
        body=(folder / request["body"]).read_bytes() if "body" in request else b"",
        statuses=tuple(status) if isinstance(status, list) else (status,),
        reply_type=reply.get("type"),
        literal=(folder / reply["body"]).read_bytes() if "body" in reply else None,
        texts=tuple(reply.get("texts", [reply["text"]] if "text" in reply else [])),
    )


def check(table: dict, wish: dict, folder: Path) -> Exchange:
    """Return what a check of a table asks: its request with other values, and a reply to fit."""
    request = {**table["request"], **{key: wish[key] for key in ("path", "body") if key in wish}}
    reply = {key: value for key, value in table["reply"].items() if key not in ("body", "text")}
    if "status" in wish:  # of what does not fit: how it is refused is each server's own
        reply = {"status": wish["status"]}
    elif "text" in wish:
        reply["text"] = wish["text"]
    elif wish["reply"] != "echo":
        reply["text"] = (folder / wish["reply"]).read_text(encoding="utf-8")
    asked = exchange(request, reply, folder)
    return Exchange(**{**vars(asked), "is_echo": wish.get("reply") == "echo"})


def drawn(asked: Exchange, numbers: random.Random) -> Question:
    """Return the request with a number for each {random:a:b}; the path's come before the body's."""
    taken: list[int] = []

    def draw(match: re.Match) -> str:
        taken.append(numbers.randint(int(match[1]), int(match[2])))
        return str(taken[-1])

    path = DRAWN.sub(draw, asked.path)
    # Bytes of any kind, an uploaded file's too, come through as they are.
    body = DRAWN.sub(draw, asked.body.decode("latin-1")).encode("latin-1")
    return Question(asked.method, path, asked.type, body, tuple(taken))


def complaint(asked: Exchange, question: Question, reply: Reply) -> str:
    """Return what is wrong with a reply, or "" where nothing is.

    JSON that is written otherwise, with spaces or 42 for 42.0, is the same reply.
    """
    if reply.status not in asked.statuses:
        return f"status {reply.status}, expected {asked.statuses}: {reply.body[:200]!r}"
    if asked.reply_type is not None and reply.type != asked.reply_type:
        return f"type {reply.type}, expected {asked.reply_type}"
    is_json = asked.reply_type == "application/json"
    literal = question.body if asked.is_echo else asked.literal
    if literal is not None and not is_same(reply.body, literal, is_json):
        return f"body {reply.body[:200]!r}, expected {literal[:200]!r}"
    texts = [filled(text, question.numbers) for text in asked.texts]
    if texts and not any(fits(reply.body, text, is_json) for text in texts):
        return f"body {reply.body[:200]!r}, expected {asked.texts} with {question.numbers}"
    return ""


def is_same(body: bytes, literal: bytes, is_json: bool) -> bool:
    """Tell whether two bodies are equal, as bytes or as JSON."""
    if body == literal or not is_json:
        return body == literal
    canonical = canonical_json(body)
    return canonical is not None and canonical == canonical_json(literal)


def canonical_json(body: bytes) -> str | None:
    """Return one text for all ways to write a document; None where it is none."""
    try:
        return json.dumps(json.loads(body, parse_int=float), sort_keys=True)
    except ValueError:
        return None


def filled(text: str, numbers: tuple[int, ...]) -> str:
    """Return a text with the numbers drawn in place of {1}, {2}; {digits} becomes ANY_NUMBER."""
    return PLACE.sub(
        lambda place: ANY_NUMBER if place[1] == "digits" else str(numbers[int(place[1]) - 1]), text
    )


def fits(body: bytes, text: str, is_json: bool) -> bool:
    """Tell whether a body is a text that is accepted, as it is or as JSON."""
    if is_fit(body.decode("utf-8", "replace"), text):
        return True
    read, accepted = canonical_json(body), canonical_json(text.encode())
    return is_json and None not in (read, accepted) and is_fit(read, accepted)


def is_fit(body: str, text: str) -> bool:
    """Tell whether a body is the text, with any digits where it has ANY_NUMBER."""
    return re.fullmatch(re.escape(text).replace(ANY_NUMBER, r"\d+"), body) is not None
