"""Litestar on uvicorn, as its documentation deploys it: `uvicorn app:app --workers N`.

With the packages of requirements.txt uvicorn takes uvloop and httptools. What differs is below,
each with its reason, and in baseline.toml, from where the report prints it.
"""

import argparse
import asyncio
import multiprocessing
import signal
import sys
from functools import partial
from pathlib import Path

# At the end, so that the folder baselines/litestar never stands before the package litestar.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from server_facts import server_facts

# isort: split
import uvicorn
from listen_address import AddressError, free_address
from litestar import Litestar, Request, Response, get
from litestar.exceptions import ValidationException
from ready_workers import ReadyWorkers
from server_options import server_options, workers
from uvicorn.supervisors import Multiprocess
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent
KEEP_ALIVE_SECONDS = 5  # uvicorn's default, given to it here so that the facts can tell it


def does_not_fit(_request: Request, error: ValidationException) -> Response:
    """Answer 422 where Litestar answers 400 by itself, so that all frameworks answer the same."""
    return Response({"detail": error.detail, "extra": error.extra}, status_code=422)


def application(options: argparse.Namespace) -> Litestar:
    """Return the application: every workload that has a litestar.py, and the facts."""
    app = Litestar(openapi_config=None, exception_handlers={ValidationException: does_not_fit})
    add_routes(app, "litestar", options.workloads, options.style)

    @get("/__assay__")
    async def facts() -> dict:
        return server_facts(
            FOLDER,
            workers=options.workers,
            loop=type(asyncio.get_running_loop()).__module__.partition(".")[0],
            parser="httptools",
            access_log=False,
            keep_alive=f"{KEEP_ALIVE_SECONDS} s",
        )

    app.register(facts)
    return app


class Counted:
    """uvicorn calls it when a process accepts, and then every half a minute."""

    def __init__(self, ready: ReadyWorkers) -> None:
        self.ready: ReadyWorkers | None = ready

    async def __call__(self) -> None:
        """Count this process once."""
        if self.ready is not None:
            self.ready.one_more()
            self.ready = None


def main() -> None:
    """Serve until SIGTERM."""
    parser = server_options("Litestar on uvicorn.")
    parser.add_argument("--workers", type=workers, default=1, help="processes, or `cores`")
    options = parser.parse_args()
    # uvicorn shuts down, then raises the signal again, which would end the process by it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        application(options)  # the processes make their own; what is wrong is said once, here
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    # As uvicorn starts its processes; for one alone, spawn's watching process would be in vain.
    context = multiprocessing.get_context("spawn" if options.workers > 1 else "fork")
    config = uvicorn.Config(
        partial(application, options),
        factory=True,
        host=address.host,
        port=address.port,
        workers=options.workers,
        loop="uvloop",
        http="httptools",
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
        callback_notify=Counted(ReadyWorkers(address, options.workers, context)),
    )
    if options.workers > 1:
        Multiprocess(config, sockets=[config.bind_socket()]).run()
    else:
        uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
