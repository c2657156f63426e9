"""new-baseline, the way its users start it; what differs is said in baseline.toml.

To put your own framework here: import it in place of application.py, below the facts, and start it
in `main`.
"""

import os
import signal
import sys
from pathlib import Path

# At the end, so that the folder baselines/NAME never stands before a package of that name.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from server_facts import server_facts

# isort: split
from application import Application, Connection, Server
from listen_address import AddressError, free_address
from server_options import server_options
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent


def application(workloads: Path, style: str) -> Application:
    """Return the application: every workload that has a new-baseline.py, then the facts."""
    app = Application()
    add_routes(app, "new-baseline", workloads, style)

    @app.get("/__assay__")
    def facts() -> dict[str, object]:
        return server_facts(FOLDER, keep_alive=f"{Connection.timeout} s")

    return app


def main() -> None:
    """Serve until SIGTERM."""
    options = server_options("new-baseline on a thread per connection.").parse_args()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        app = application(options.workloads, options.style)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    server = Server(address.host, address.port, app)
    address.announce()
    server.serve_forever()


if __name__ == "__main__":
    main()
