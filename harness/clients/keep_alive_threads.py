#!/usr/bin/env python3
"""The client in freetser's manner: C threads, each of which asks on one connection that it keeps.

  python3.14t harness/clients/keep_alive_threads.py http://127.0.0.1:8000/stress-test/{seq} -c 300
  python3 harness/clients/keep_alive_threads.py http://127.0.0.1:8000/ -n 100000 -c 750 --json
  python3 harness/clients/keep_alive_threads.py http://127.0.0.1:8080/json --expect-body @json.body

Thread t makes the requests t, t + C, t + 2C and so on; {seq} in the URL is the number of a request.
A connection that breaks is an error, and the thread opens another.
Next: assay load http://127.0.0.1:8080/json -n 100000 -c 300, to see what the client cost.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass

import command_line
import run_summary
from call import Call, kind_of

FLAWS = [
    "the client of the published figures is not in the repository: how it reckoned is not known; "
    "this is the rate of replies of 200, and the mean and the longest of their latencies",
    "what failed is left out of the rate and of every latency",
    "no reply is looked at but for its status",
    "the mean hides the tail, and the longest of an unknown number of requests is one event",
    "the rate's time includes the start of the threads and of their connections",
    "a closed loop: while a server stalls nobody asks, so the stall is one latency for each thread",
    "between two requests a thread waits for its turn of the interpreter: the published figures "
    "leave 20 to 30 % of the threads' time unexplained by the latency",
]


@dataclass(frozen=True)
class Place:
    """Where the requests go; the path still has its {seq}."""

    host: str
    port: int
    path: str
    timeout_s: float

    @staticmethod
    def of(arguments: argparse.Namespace) -> Place:
        """Return the place that a URL names."""
        parts = urllib.parse.urlsplit(arguments.url)
        path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        return Place(*command_line.address(arguments.url), path, arguments.timeout)

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection that opens itself when it is first used, or used again."""
        return http.client.HTTPConnection(self.host, self.port, timeout=self.timeout_s)


def ask(connection: http.client.HTTPConnection, path: str, keeps: bool) -> Call:
    """Make one request on a connection that is kept."""
    start = time.perf_counter()
    try:
        if connection.sock is None:
            connection.connect()
    except OSError:
        return Call(time.perf_counter() - start, "connect")
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        body = reply.read()
        latency_s = time.perf_counter() - start
    except (OSError, http.client.HTTPException) as error:
        latency_s = time.perf_counter() - start
        connection.close()
        return Call(latency_s, kind_of(error))
    error = None if 200 <= reply.status < 300 else "status"
    return Call(latency_s, error, reply.status, body if keeps else None, len(body))


def warm_up(place: Place, requests: int) -> None:
    """Ask a few times on a connection of its own, before the time begins."""
    connection = place.connection()
    for number in range(requests):
        ask(connection, place.path.replace("{seq}", str(number)), keeps=False)
    connection.close()


def work(
    place: Place, numbers: range, over: threading.Event, calls: list[Call], keeps: bool
) -> None:
    """Make the requests of one thread."""
    connection = place.connection()
    for number in numbers:
        if over.is_set():
            break
        calls.append(ask(connection, place.path.replace("{seq}", str(number)), keeps))
    connection.close()


def start_all(threads: list[threading.Thread], over: threading.Event) -> None:
    """Start the threads; where the system has no more of them, those that run end."""
    for started, thread in enumerate(threads):
        try:
            thread.start()
        except RuntimeError as error:
            over.set()
            for running in threads[:started]:
                running.join()
            raise command_line.InputError(
                f"the system gave {started} of {len(threads)} threads", "ask for fewer: -c 100"
            ) from error


def timed(arguments: argparse.Namespace, keeps: bool) -> run_summary.Run:
    """Run the timed part; a Ctrl-C ends it early."""
    place, calls, over = Place.of(arguments), [], threading.Event()
    shares = [range(t, arguments.n, arguments.c) for t in range(min(arguments.c, arguments.n))]
    threads = [
        threading.Thread(target=work, args=(place, share, over, calls, keeps)) for share in shares
    ]
    cpu = time.process_time()
    start = time.perf_counter()
    try:
        start_all(threads, over)
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        over.set()
        for thread in threads:
            if thread.ident is not None:
                thread.join()
    duration_s = time.perf_counter() - start
    cpu_s = time.process_time() - cpu
    said = command_line.file_warnings(arguments.c)
    return run_summary.Run(calls, duration_s, cpu_s, arguments.c, over.is_set(), said)


def as_published(run: run_summary.Run) -> dict:
    """Return the document's own figures: its rate, its mean, its longest."""
    latencies_ms = [each.latency_s * 1000 for each in run.calls if each.status == 200]
    rate = len(latencies_ms) / run.duration_s if run.duration_s > 0 else 0.0
    mean_ms = statistics.mean(latencies_ms) if latencies_ms else 0.0
    longest_ms = max(latencies_ms, default=0.0)
    return {
        "document": "freetser",
        "requests_per_second": round(rate, 1),
        "ok": len(latencies_ms),
        "total": len(run.calls),
        "latency_ms": {"average": round(mean_ms, 4), "max": round(longest_ms, 4)},
        "mean_in_flight": round(sum(latencies_ms) / 1000 / run.duration_s, 3)
        if run.duration_s > 0
        else 0.0,
        "text": [
            f"    {rate:.0f} requests per second with {run.connections} threads",
            f"    {mean_ms:.0f} ms on average, at most {longest_ms:.0f} ms",
        ],
        "flaws": FLAWS,
    }


def measure(arguments: argparse.Namespace, expected: bytes | None) -> dict:
    """Return all figures of one run."""
    warm_up(Place.of(arguments), arguments.warm_up)
    run = timed(arguments, keeps=expected is not None)
    published = as_published(run)  # of replies as they were believed
    run.calls[:] = run_summary.compared(run.calls, expected)
    return run_summary.summary(run, published)


def main() -> int:
    """Read the command line, run, print."""
    parser = command_line.parser(
        "keep_alive_threads.py", __doc__ or "", requests=1000, connections=4
    )
    parser.add_argument(
        "--warm-up",
        type=command_line.count_or_none,
        default=10,
        metavar="N",
        help="requests before the time begins (default: %(default)s, as freetser's later client)",
    )
    return command_line.carry_out(parser.parse_args(), measure)


if __name__ == "__main__":
    sys.exit(main())
