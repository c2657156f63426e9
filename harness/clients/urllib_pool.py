#!/usr/bin/env python3
"""The client of Barq and Karak: N requests over a pool of C threads, urllib, a connection each.

  python3.13t harness/clients/urllib_pool.py http://127.0.0.1:8001/json            1000 over 10
  python3.13t harness/clients/urllib_pool.py http://127.0.0.1:8001/db -n 2000 -c 100 --json
  python3 harness/clients/urllib_pool.py http://127.0.0.1:8001/cpu --expect-body @cpu.json

urllib sends Connection: close and opens a connection for each request. There is no warm-up, and
the time includes the start of the pool. Other than then, a proxy in the environment is not obeyed.
Next: assay load http://127.0.0.1:8001/json -n 1000 -c 10 --close, to see what the client cost.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import command_line
import run_summary
from call import Call, kind_of

FLAWS = [
    "what failed is left out of every latency: who turns slow requests away looks the faster",
    "whatever urllib does not raise is a success, and the body of no reply is looked at",
    "the rate's time includes the start and the end of the pool and its threads",
    "there is no warm-up, and a run of 500 requests lasts about as long as a blink",
    "p50 is number n // 2 and p99 number int(0.99 n) of the sorted ones, counted from 0: of 100 or "
    "fewer the p99 is the longest",
    "a closed loop: while a server stalls nobody asks, so the stall is one latency and not many",
    "client and server share the machine, and this client costs more CPU than most servers",
]


def ask(url: str, timeout_s: float, keeps: bool) -> Call:
    """Make one request as the document does, and say what became of it."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=timeout_s) as reply:
            body = reply.read()
        latency_s = time.perf_counter() - start
    except (
        Exception
    ) as error:  # the document's own net; what is not ours to see is a KeyboardInterrupt
        # Named at once: kept, an error would keep its connection open.
        status = error.code if isinstance(error, urllib.error.HTTPError) else None
        return Call(time.perf_counter() - start, kind_of(error), status)
    return Call(latency_s, None, reply.status, body if keeps else None, len(body))


def timed(arguments: argparse.Namespace, keeps: bool) -> run_summary.Run:
    """Run the timed part; a Ctrl-C ends it early."""
    calls: list[Call] = []
    cut = False

    def request(_: int) -> None:
        calls.append(ask(arguments.url, arguments.timeout, keeps))

    cpu = time.process_time()
    start = time.perf_counter()
    try:
        with ThreadPoolExecutor(max_workers=arguments.c) as pool:
            for _ in pool.map(request, range(arguments.n)):
                pass
    except KeyboardInterrupt:
        cut = True
    duration_s = time.perf_counter() - start
    cpu_s = time.process_time() - cpu
    said = command_line.file_warnings(arguments.c)
    return run_summary.Run(calls, duration_s, cpu_s, arguments.c, cut, said)


def as_published(run: run_summary.Run) -> dict:
    """Return the document's own figures: its counts, its rate, its percentiles."""
    ordered = sorted(each.latency_s * 1000 for each in run.calls if each.error is None)
    rate = len(ordered) / run.duration_s if run.duration_s > 0 else 0.0
    latency_ms = dict.fromkeys(("avg", "p50", "p99"), 0.0)
    if ordered:
        latency_ms = {
            "avg": statistics.mean(ordered),
            "p50": ordered[len(ordered) // 2],
            "p99": ordered[int(len(ordered) * 0.99)],
        }
    shown = " ".join(f"{name}={ms:.1f}ms" for name, ms in latency_ms.items())
    return {
        "document": "Barq and Karak",
        "requests_per_second": round(rate, 1),
        "ok": len(ordered),
        "total": len(run.calls),
        "latency_ms": {name: round(ms, 4) for name, ms in latency_ms.items()},
        "text": [
            f"    {len(ordered)}/{len(run.calls)} ok, {rate:.1f} req/s",
            f"    latency: {shown}",
        ],
        "flaws": FLAWS,
    }


def measure(arguments: argparse.Namespace, expected: bytes | None) -> dict:
    """Return all figures of one run."""
    run = timed(arguments, keeps=expected is not None)
    published = as_published(run)  # of replies as they were believed
    run.calls[:] = run_summary.compared(run.calls, expected)
    return run_summary.summary(run, published)


def main() -> int:
    """Read the command line, run, print."""
    arguments = command_line.parser(
        "urllib_pool.py", __doc__ or "", requests=1000, connections=10
    ).parse_args()
    urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
    return command_line.carry_out(arguments, measure)


if __name__ == "__main__":
    sys.exit(main())
