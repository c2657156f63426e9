"""Spikard as its document's benchmark runs it: one process, `workers=1`, its own defaults.

What differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import asyncio
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

# At the end, so that no folder of ours stands before a package of the same name.
sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2]))

from server_facts import server_facts

# isort: split
from listen_address import AddressError, ListenAddress, free_address
from server_options import server_options
from workload_routes import WorkloadError, add_routes

from baselines.spikard.application import ONLY_HOST, Application, run

FOLDER = Path(__file__).resolve().parent


def application(workloads: Path, style: str) -> Application:
    """Return the application: every workload that has a spikard.py, then the facts."""
    app = Application()
    add_routes(app, "spikard", workloads, style)

    @app.get("/__assay__")
    async def facts() -> dict:
        loop = type(asyncio.get_running_loop()).__module__.partition(".")[0]
        return server_facts(
            FOLDER, workers=1, loop=loop, parser="hyper", keep_alive="without limit"
        )

    return app


def listen_address(host: str, port: int) -> ListenAddress:
    """Return the address, refusing a host that this version would not listen on."""
    if host != (ONLY_HOST or host):
        raise AddressError(f"this Spikard listens on {ONLY_HOST} only: give no other --host")
    return free_address(host, port)


def announce_when_reached(address: ListenAddress) -> None:
    """Try to connect until it works, then tell whoever waits; Spikard tells before it listens."""

    def connect_and_announce() -> None:
        while True:
            try:
                socket.create_connection((address.host, address.port)).close()
            except OSError:
                time.sleep(0.01)
            else:
                return address.announce()

    threading.Thread(target=connect_and_announce, daemon=True).start()


def end_at_sigterm() -> None:
    """End the process with status 0 at SIGTERM; REQUIRES: no other thread runs yet.

    A handler of Python's would never run: the main thread stays in Spikard's Rust code. So the
    signal is kept from all threads, and one waits for it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def wait_and_end() -> None:
        signal.sigwait({signal.SIGTERM})
        os._exit(0)

    threading.Thread(target=wait_and_end, daemon=True).start()


def main() -> None:
    """Serve until SIGTERM."""
    options = server_options("Spikard, one process.").parse_args()
    end_at_sigterm()
    try:
        app = application(options.workloads, options.style)
        address = listen_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    announce_when_reached(address)
    run(app, address.host, address.port)


if __name__ == "__main__":
    main()
