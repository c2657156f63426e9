"""Barq's first version in style, as its own benchmark runs it: `app.run(host, port, workers)`.

What differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import os
import signal
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from server_facts import server_facts

# isort: split
from barq import Barq
from listen_address import AddressError, free_address
from server_options import server_options, workers
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent


def application(workloads: Path, worker_threads: int) -> Barq:
    """Return the application: every workload that has a barq.py, then the facts."""
    app = Barq()
    add_routes(app, "barq", workloads)

    @app.get("/__assay__")
    def facts() -> dict:
        return server_facts(FOLDER, workers=worker_threads, keep_alive="none")

    return app


def main() -> None:
    """Serve until SIGTERM."""
    parser = server_options("Barq's first version in style, on a fixed number of worker threads.")
    parser.add_argument("--workers", type=workers, default=4, help="worker threads")
    options = parser.parse_args()
    # As in the original, a Ctrl-C waits for all workers, and a silent client holds one for ever.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        app = application(options.workloads, options.workers)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    app.run(address.host, address.port, options.workers, listening=address.announce)


if __name__ == "__main__":
    main()
