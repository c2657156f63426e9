"""Karak as its own benchmark runs it: `app.run(host, port, workers)`, and nothing else tuned.

What differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import os
import signal
import sys
import warnings
from pathlib import Path

# At the end, so that the folder baselines/karak never stands before the package karak.
sys.path.append(str(Path(__file__).resolve().parents[1]))
from listen_address import AddressError, ListenAddress, free_address
from server_facts import server_facts
from server_options import server_options, workers
from workload_routes import WorkloadError, add_routes

# After the facts, which look at the lock before. They say what orjson does to it; Python's warning
# of that would stand before the sentence of an error.
with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
    from karak import Karak
    from karak.server import KEEP_ALIVE_TIMEOUT, MAX_REQUESTS_PER_CONN, ThreadPool
    from karak.types import HAS_ORJSON

FOLDER = Path(__file__).resolve().parent


def application(workloads: Path, worker_threads: int) -> Karak:
    """Return the application: every workload that has a karak.py, then the facts."""
    app = Karak()
    add_routes(app, "karak", workloads)

    @app.get("/__assay__")
    def facts() -> dict:
        return server_facts(
            FOLDER,
            workers=worker_threads,
            keep_alive=f"{KEEP_ALIVE_TIMEOUT:.0f} s, {MAX_REQUESTS_PER_CONN} requests",
            json="orjson" if HAS_ORJSON else "json",
        )

    return app


def announce_when_listening(address: ListenAddress) -> None:
    """Wrap the one call that Karak makes between listen() and its first accept()."""
    start = ThreadPool.start

    def start_and_announce(pool: ThreadPool) -> None:
        start(pool)
        address.announce()

    ThreadPool.start = start_and_announce


def main() -> None:
    """Serve until SIGTERM."""
    parser = server_options("Karak on a fixed number of worker threads.")
    parser.add_argument("--workers", type=workers, default=4, help="worker threads")
    options = parser.parse_args()
    # Karak knows no SIGTERM, and its Ctrl-C waits up to 30 s for idle connections to close.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        app = application(options.workloads, options.workers)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    announce_when_listening(address)
    app.run(host=address.host, port=address.port, workers=options.workers)


if __name__ == "__main__":
    main()
