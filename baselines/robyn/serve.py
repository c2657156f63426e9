"""Robyn as its documentation deploys it: `python app.py --processes N --log-level WARNING`.

What differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# At the end, so that the folder baselines/robyn never stands before the package robyn.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from server_facts import server_facts

# isort: split
import multiprocess
from listen_address import AddressError, free_address
from pydantic import ValidationError
from ready_workers import ReadyWorkers
from server_options import server_options, workers
from workload_routes import WorkloadError, add_routes

if TYPE_CHECKING:
    from robyn import Robyn

FOLDER = Path(__file__).resolve().parent
KEEP_ALIVE_SECONDS = 20  # Robyn's default, given to it here so that the facts can tell it


def application(workloads: Path, style: str, processes: int) -> "Robyn":
    """Return the application: every workload that has a robyn.py, and the facts."""
    # Robyn reads the command line as soon as it is imported: `main` has put its own words there.
    from robyn import Response, Robyn

    def refused(error: Exception) -> Response:
        status = 422 if isinstance(error, ValidationError) else 500
        return Response(status_code=status, headers={}, description=str(error))

    app = Robyn(str(FOLDER / "serve.py"))
    app.exception(refused)
    add_routes(app, "robyn", workloads, style)

    @app.get("/__assay__")
    async def facts() -> dict:
        return server_facts(
            FOLDER,
            workers=processes,
            loop="uvloop",
            parser="actix-http",
            access_log=False,
            keep_alive=f"{KEEP_ALIVE_SECONDS} s",
        )

    return app


def main() -> None:
    """Serve until SIGTERM."""
    parser = server_options("Robyn on processes.")
    parser.add_argument("--workers", type=workers, default=1, help="processes, or `cores`")
    options = parser.parse_args()
    count = str(options.workers)
    sys.argv[1:] = ["--processes", count, "--log-level", "WARNING", "--disable-openapi"]
    # What multiprocess does by default on Linux but no longer with newer Pythons. With fork the
    # tables are made anew once, by the parent.
    multiprocess.set_start_method("fork")
    try:
        app = application(options.workloads, options.style, options.workers)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    ready = ReadyWorkers(address, options.workers, multiprocess)
    app.startup_handler(ready.one_more)
    # Of several processes the parent has Robyn's own, which ends them; one alone has none.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    app.start(address.host, address.port, _check_port=False, keep_alive_timeout=KEEP_ALIVE_SECONDS)


if __name__ == "__main__":
    main()
