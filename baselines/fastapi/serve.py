"""FastAPI as the documents run it, `python -m uvicorn app:app`: one process, uvicorn's defaults.

With the packages of requirements.txt those are asyncio's loop, the h11 parser and the access log
on. What differs is below, each with its reason, and in baseline.toml, from where the report prints
it.
"""

import asyncio
import signal
import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

# At the end, so that the folder baselines/fastapi never stands before the package fastapi.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from listen_address import AddressError, ListenAddress, free_address
from server_facts import server_facts
from server_options import server_options
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent


def application(workloads: Path) -> FastAPI:
    """Return the application: every workload that has a fastapi.py."""
    app = FastAPI()
    add_routes(app, "fastapi", workloads)
    return app


def add_facts(app: FastAPI, config: uvicorn.Config) -> None:
    """Add what the running server says of itself, with the loop and parser that uvicorn chose."""

    @app.get("/__assay__")
    async def facts() -> dict:
        loop = type(asyncio.get_running_loop()).__module__.partition(".")[0]
        parser = config.http_protocol_class.__name__
        return server_facts(FOLDER, workers=1, loop=loop, parser=parser)


class AnnouncedServer(uvicorn.Server):
    """A uvicorn server that says so when it listens."""

    def __init__(self, config: uvicorn.Config, address: ListenAddress) -> None:
        super().__init__(config)
        self.address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell whoever waits."""
        await super().startup(sockets)
        if self.started:
            self.address.announce()


def main() -> None:
    """Serve until SIGTERM."""
    options = server_options("FastAPI on uvicorn, one process.").parse_args()
    # uvicorn shuts down, then raises the signal again, which would end the process by it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        app = application(options.workloads)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    config = uvicorn.Config(app, host=address.host, port=address.port, timeout_graceful_shutdown=1)
    add_facts(app, config)
    AnnouncedServer(config, address).run()


if __name__ == "__main__":
    main()
