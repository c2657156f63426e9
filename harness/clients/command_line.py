"""The command line that both clients have, and how they end: one sentence and what to type."""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import sys
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import run_summary

SPARE_FILES = 16  # the interpreter's own, with room


class InputError(Exception):
    """Something that was typed, and what to type instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


class Parser(argparse.ArgumentParser):
    """One that refuses in two lines, as the other commands do."""

    def error(self, message: str) -> None:
        """Say what is wrong, and end with 2."""
        self.exit(2, f"error: {message}\n  see: {self.prog} --help\n")


def whole(given: str, least: int) -> int:
    """Return a whole number from `least` on."""
    value = int(given) if given.isascii() and given.isdigit() else least - 1
    if value < least:
        raise argparse.ArgumentTypeError(f"takes a whole number from {least} on, not {given!r}")
    return value


def count(given: str) -> int:
    """Return how many, one at least."""
    return whole(given, 1)


def count_or_none(given: str) -> int:
    """Return how many, perhaps 0."""
    return whole(given, 0)


def seconds(given: str) -> float:
    """Return a time above 0."""
    try:
        value = float(given)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1e6:
        raise argparse.ArgumentTypeError(f"takes a number of seconds above 0, not {given!r}")
    return value


def parser(program: str, about: str, *, requests: int, connections: int) -> Parser:
    """Return the options that both clients have, with the document's own defaults."""
    made = Parser(
        prog=f"python3 harness/clients/{program}",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit status: 0 all replies right, 1 some wrong or cut short, 2 nothing measured.",
    )
    made.add_argument("url", metavar="http://HOST:PORT/PATH")
    made.add_argument(
        "-n",
        type=count,
        default=requests,
        metavar="N",
        help="requests in all (default: %(default)s)",
    )
    made.add_argument(
        "-c", type=count, default=connections, metavar="N", help="threads (default: %(default)s)"
    )
    made.add_argument(
        "--timeout",
        type=seconds,
        default=10.0,
        metavar="SECONDS",
        help="what a reply may take (default: the document's %(default)s)",
    )
    made.add_argument(
        "--expect-body",
        metavar="TEXT|@FILE",
        help="compare every reply with it after the timed part (default: believe them, as then)",
    )
    made.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    return made


def content(given: str | None) -> bytes | None:
    """Return TEXT, or the bytes of @FILE."""
    if given is None or not given.startswith("@"):
        return None if given is None else given.encode()
    try:
        return Path(given[1:]).read_bytes()
    except OSError as error:
        raise InputError(
            f'the file "{given[1:]}" cannot be read: {error.strerror}',
            "check the path after the @: --expect-body @FILE",
        ) from error


def address(url: str) -> tuple[str, int]:
    """Return host and port of a URL that these clients can ask."""
    example = "give it like this: http://127.0.0.1:8001/json"
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError as error:  # a port that is none, a bracket that does not close
        raise InputError(f'"{url}" is not a URL to put load on: {error}', example) from error
    if parts.scheme != "http" or not host:
        reason = "it does not start with http://" if parts.scheme != "http" else "it names no host"
        raise InputError(f'"{url}" is not a URL to put load on: {reason}', example)
    if parts.username is not None or any(c <= " " or c > "~" for c in url):
        raise InputError(f'"{url}" is not a URL to put load on: write it without user', example)
    return host, port


def look_for_a_server(host: str, port: int, timeout_s: float) -> None:
    """See that somebody listens, without asking: handlers stay as cold as they were."""
    try:
        socket.create_connection((host, port), timeout=timeout_s).close()
    except OSError as error:
        raise InputError(
            f"nothing answers at {host} port {port}: {error.strerror or error}",
            f"start the server first: assay-server --host {host} --port {port}",
        ) from error


def file_warnings(connections: int) -> list[str]:
    """Return a warning if there cannot be that many connections here; the limit stays as it is."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY or connections + SPARE_FILES <= allowed:
        return []
    return [
        f"{connections} connections need more open files than the {allowed} allowed here; "
        "allow more: ulimit -n 65536"
    ]


def carry_out(arguments: argparse.Namespace, measure: Callable[..., dict]) -> int:
    """Check what was typed, let `measure` run, print, and return the exit status."""
    try:
        expected = content(arguments.expect_body)
        look_for_a_server(*address(arguments.url), arguments.timeout)
        figures = measure(arguments, expected)
    except InputError as error:
        print(f"error: {error}\n  {error.remedy}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # a second time, while threads were waited for
        os._exit(130)
    print(json.dumps(figures, indent=2) if arguments.json else run_summary.text(figures))
    return run_summary.exit_status(figures)
