"""FastAPI as the documents run it, `python -m uvicorn app:app`, with uvicorn's defaults.

With the packages of requirements.txt those are asyncio's loop, the h11 parser and the access log
on. `--workers 4` is uvicorn's own: a parent that supervises processes which share its socket. What
differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import argparse
import asyncio
import inspect
import multiprocessing
import signal
import sys
from functools import partial
from pathlib import Path

# At the end, so that the folder baselines/fastapi never stands before the package fastapi.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from server_facts import server_facts

# isort: split
import uvicorn
from fastapi import FastAPI
from listen_address import AddressError, ListenAddress, free_address
from ready_workers import ReadyWorkers
from server_options import server_options, workers
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.importer import import_from_string
from uvicorn.supervisors import Multiprocess
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent
KEEP_ALIVE_SECONDS = 5  # uvicorn's default, given to it here so that the facts can tell it


def application(options: argparse.Namespace) -> FastAPI:
    """Return the application: every workload that has a fastapi.py, and the facts."""
    app = FastAPI()
    add_routes(app, "fastapi", options.workloads, options.style)

    @app.get("/__assay__")
    async def facts() -> dict:
        return server_facts(
            FOLDER,
            workers=options.workers,
            loop=type(asyncio.get_running_loop()).__module__.partition(".")[0],
            parser=import_from_string(HTTP_PROTOCOLS[options.http]).__name__,
            access_log=options.access_log,
            keep_alive=f"{KEEP_ALIVE_SECONDS} s",
        )

    return app


class Announcement:
    """Tells once that the server listens, when the last of its processes does.

    uvicorn calls it in each process when that has begun to accept, and then every half a minute.
    """

    def __init__(self, address: ListenAddress, processes: int) -> None:
        self.address = address
        spawn = multiprocessing.get_context("spawn")  # as uvicorn starts its processes
        # One process has nothing to share, and what is shared costs a process that watches over it.
        self.workers = ReadyWorkers(address, processes, spawn) if processes > 1 else None
        self.is_told = False

    async def __call__(self) -> None:
        """Tell, where there are several, that this one is ready."""
        if self.is_told:
            return
        self.is_told = True
        if self.workers is None:
            self.address.announce()
        else:
            self.workers.one_more()


def supervisor(config: uvicorn.Config) -> Multiprocess:
    """Return the parent of the processes; newer versions of uvicorn make the server themselves."""
    sockets = [config.bind_socket()]
    if "target" in inspect.signature(Multiprocess).parameters:
        return Multiprocess(config, target=uvicorn.Server(config).run, sockets=sockets)
    return Multiprocess(config, sockets=sockets)


def options_of_the_command_line() -> argparse.Namespace:
    """Read the options; those that uvicorn has too are named as it names them."""
    parser = server_options("FastAPI on uvicorn.")
    parser.add_argument("--workers", type=workers, default=1, help="processes, or `cores`")
    parser.add_argument("--loop", default="auto", help="event loop: auto, asyncio or uvloop")
    parser.add_argument("--http", default="auto", help="parser: auto, h11 or httptools")
    parser.add_argument("--no-access-log", dest="access_log", action="store_false", help="no log")
    return parser.parse_args()


def main() -> None:
    """Serve until SIGTERM."""
    options = options_of_the_command_line()
    # uvicorn shuts down, then raises the signal again, which would end the process by it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        app = application(options)  # processes make their own; what is wrong is said once, here
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    several = options.workers > 1
    config = uvicorn.Config(
        partial(application, options) if several else app,
        factory=several,
        host=address.host,
        port=address.port,
        workers=options.workers,
        loop=options.loop,
        http=options.http,
        access_log=options.access_log,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
        callback_notify=Announcement(address, options.workers),
    )
    (supervisor(config) if several else uvicorn.Server(config)).run()


if __name__ == "__main__":
    main()
