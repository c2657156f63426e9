#!/usr/bin/env python3
"""How many requests a load client sends per second of its own processor time, beside ours.

Runs `assay load` and each other client one after the other against one server, pair after pair, so
that what else the machine does falls on both, and compares medians of the pairs' ratios. A client's
processor time is what the system says of its process when it has ended, all threads and its start
included. Ours compares every byte of every reply meanwhile; the others compare nothing.

    client_cost.py http://127.0.0.1:8080/ --assay build/bin/assay --connections 16,64 --pairs 7
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from command_line import InputError, Parser, count


@dataclass
class Client:
    """A program, how it is called, and how many requests it says that were answered."""

    name: str
    command: Callable[[str, int, int], list[str]]
    requests: Callable[[str], int]


def wrk_requests(said: str) -> int:
    """Return the count of "  123456 requests in 3.00s, 84.02MB read"."""
    found = re.search(r"^\s*(\d+) requests in ", said, re.MULTILINE)
    return int(found.group(1)) if found else 0


def oha_requests(said: str) -> int:
    """Return the replies of any status in oha's document."""
    return sum(json.loads(said)["statusCodeDistribution"].values())


def assay_requests(said: str) -> int:
    """Return the right replies."""
    return int(json.loads(said)["requests"])


WRK = Client(
    "wrk",
    lambda url, connections, time: [
        "wrk",
        "-t",
        "1",
        "-c",
        str(connections),
        "-d",
        f"{time}s",
        url,
    ],
    wrk_requests,
)
OHA = Client(
    "oha",
    lambda url, connections, time: [
        "oha",
        "--no-tui",
        "--output-format",
        "json",
        "-c",
        str(connections),
        "-z",
        f"{time}s",
        url,
    ],
    oha_requests,
)
OTHERS = {client.name: client for client in (WRK, OHA)}


def ours(program: str, body: str) -> Client:
    """Return our generator: it compares the whole body."""
    return Client(
        "assay load",
        lambda url, connections, time: [
            program,
            "load",
            url,
            "-c",
            str(connections),
            "-d",
            f"{time}",
            "--no-ceiling",
            "--json",
            "--expect-body",
            "@" + body,
        ],
        assay_requests,
    )


def requests_per_cpu_second(client: Client, url: str, connections: int, time: int) -> float:
    """Run it once."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            client.command(url, connections, time), stdout=said, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
        said.seek(0)
        answered = client.requests(said.read()) if process.returncode == 0 else 0
    if answered == 0:
        raise InputError(f"{client.name} measured nothing", f"try it alone: {client.name} {url}")
    return answered / (usage.ru_utime + usage.ru_stime)


def ratios(
    mine: Client, other: Client, url: str, connections: int, time: int, pairs: int
) -> list[float]:
    """Return ours over theirs, pair by pair, in turns of who is first."""
    found = []
    for pair in range(pairs):
        order = (mine, other) if pair % 2 == 0 else (other, mine)
        rates = {
            client.name: requests_per_cpu_second(client, url, connections, time) for client in order
        }
        found.append(rates[mine.name] / rates[other.name])
        print(
            f"  {connections:>5} connections  {mine.name} {rates[mine.name]:>9,.0f}"
            f"  {other.name} {rates[other.name]:>9,.0f}  ratio {found[-1]:.2f}",
            file=sys.stderr,
        )
    return found


def line_of(other: str, connections: int, found: list[float]) -> str:
    """Return one line of the result."""
    return (
        f"{other:<5}{connections:>5} connections: {statistics.median(found):.2f}"
        f" ({min(found):.2f} to {max(found):.2f}) requests of ours for one of its,"
        f" per second of the client's processor; {len(found)} pairs"
    )


def connection_counts(given: str) -> list[int]:
    """Return the counts of "16,64"."""
    return [count(each) for each in given.split(",")]


def main(arguments: list[str]) -> int:
    """Compare, print a line for each client and number of connections."""
    parser = Parser(prog="client_cost.py", description=__doc__.splitlines()[0])
    parser.add_argument("url", metavar="URL")
    parser.add_argument("--assay", default="assay", metavar="PROGRAM")
    parser.add_argument("--beside", default="wrk,oha", metavar="wrk,oha")
    parser.add_argument("--connections", type=connection_counts, default=[16, 64], metavar="N,N")
    parser.add_argument("--pairs", type=count, default=7, metavar="N")
    parser.add_argument("--seconds", type=count, default=3, metavar="S")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.beside.split(",") if name not in OTHERS]
    if unknown:
        parser.error(f"{unknown[0]} is no client that is known here: {', '.join(OTHERS)}")
    with tempfile.TemporaryDirectory() as folder:
        body = Path(folder) / "body"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(options.url, timeout=10) as reply:
            body.write_bytes(reply.read())
        mine = ours(options.assay, str(body))
        for name in options.beside.split(","):
            for connections in options.connections:
                found = ratios(
                    mine, OTHERS[name], options.url, connections, options.seconds, options.pairs
                )
                print(line_of(name, connections, found), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except InputError as error:
        print(f"error: {error}\n  {error.remedy}", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        print(f"error: {error}\n  start the server and name the programs", file=sys.stderr)
        sys.exit(2)
