"""FastAPI on Granian, as Granian's documentation deploys it: `granian --interface asgi app:app`.

The application is the fastapi baseline's, in its tuned way. What differs is below, each with its
reason, and in baseline.toml, from where the report prints it.
"""

import argparse
import asyncio
import multiprocessing
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

# At the end, so that the folder baselines/granian never stands before the package granian.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from server_facts import server_facts

# isort: split
from fastapi import FastAPI
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from listen_address import AddressError, ListenAddress, free_address
from ready_workers import ReadyWorkers
from server_options import server_options, workers
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent
# Granian's default, given to it here so that the facts can tell it. It has no time limit for idle
# connections alone: hyper's for reading a head runs from the end of the last request.
KEEP_ALIVE_MILLISECONDS = 30_000


def application(options: argparse.Namespace, address: ListenAddress) -> FastAPI:
    """Return the application, which counts each worker process that starts it."""
    ready = ReadyWorkers(address, options.workers, multiprocessing.get_context("fork"))

    @asynccontextmanager
    async def counted(_app: FastAPI) -> AsyncIterator[None]:
        ready.one_more()
        yield

    app = FastAPI(lifespan=counted)
    add_routes(app, "fastapi", options.workloads, options.style)

    @app.get("/__assay__")
    async def facts() -> dict:
        return server_facts(
            FOLDER,
            workers=options.workers,
            loop=type(asyncio.get_running_loop()).__module__.partition(".")[0],
            parser="hyper",
            keep_alive=f"{KEEP_ALIVE_MILLISECONDS / 1000:g} s",
            access_log=False,
        )

    return app


def main() -> None:
    """Serve until SIGTERM, which Granian knows."""
    parser = server_options("FastAPI on Granian.")
    parser.add_argument("--workers", type=workers, default=1, help="processes, or `cores`")
    options = parser.parse_args()
    # Granian forks where Python does so by default; newer Pythons do not. With fork the tables
    # are made anew once, by the parent.
    multiprocessing.set_start_method("fork")
    try:
        address = free_address(options.host, options.port)
        app = application(options, address)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    server = Granian(
        "serve:app",  # its name in messages; the loader below returns it
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGI,
        workers=options.workers,
        log_level="warning",
        workers_kill_timeout=1,
        http1_settings=HTTP1Settings(header_read_timeout=KEEP_ALIVE_MILLISECONDS),
    )
    server.serve(target_loader=lambda: app, wrap_loader=False)


if __name__ == "__main__":
    main()
