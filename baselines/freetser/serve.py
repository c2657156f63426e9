"""freetser as its own tests run it: one handler, the store's thread, its log on standard output.

What differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import os
import signal
import sys
import threading
from pathlib import Path

# At the end, so that no folder of ours stands before a package of the same name.
sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2]))

from postponed_annotations import postpone_annotations
from server_facts import server_facts

postpone_annotations("freetser")  # it is written for Python 3.14; before its first import

import freetser  # noqa: E402
from freetser import Request, Response  # noqa: E402
from freetser.server import StorageQueue  # noqa: E402
from listen_address import AddressError, ListenAddress, free_address  # noqa: E402
from server_options import server_options  # noqa: E402
from workload_routes import WorkloadError, add_routes  # noqa: E402

from baselines.freetser.application import Application  # noqa: E402
from workloads.state_file import state_file  # noqa: E402

FOLDER = Path(__file__).resolve().parent


def empty_store() -> Path:
    """Return the path of the store's file, with nothing there."""
    database = state_file("freetser", "store")
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    return database


def application(workloads: Path, style: str) -> Application:
    """Return the application: every workload that has a freetser.py, then the facts."""
    app = Application(empty_store())
    add_routes(app, "freetser", workloads, style)

    @app.get("/__assay__")
    def facts(_request: Request, _store_queue: StorageQueue) -> Response:
        threads = "one per connection, and one for the store"  # so there is no number of workers
        settings = {"threads": threads, "parser": "h11", "keep_alive": "without limit"}
        return app.json(server_facts(FOLDER, **settings))

    return app


def announce_when_ready(address: ListenAddress) -> threading.Event:
    """Return the event that freetser sets when it listens."""
    ready = threading.Event()

    def wait_and_announce() -> None:
        ready.wait()
        address.announce()

    threading.Thread(target=wait_and_announce, daemon=True).start()
    return ready


def serve(app: Application, address: ListenAddress) -> None:
    """Serve until the process ends, in the version's own way to start the store."""
    ready, store, tables = announce_when_ready(address), str(app.database), app.tables
    if hasattr(freetser, "start_storage_thread"):  # since 0.2.0
        config = freetser.TcpServerConfig(host=address.host, port=address.port)
        queue = freetser.start_storage_thread(db_file=store, db_tables=tables)
        freetser.start_server(config, app.handle, ready, store_queue=queue)
    else:
        config = freetser.ServerConfig(address.host, address.port, db_file=store, db_tables=tables)
        freetser.start_server(config, app.handle, ready)


def main() -> None:
    """Serve until SIGTERM."""
    options = server_options("freetser, a thread per connection.").parse_args()
    # freetser knows no SIGTERM. A reply is sent after its transaction is committed.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        app = application(options.workloads, options.style)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    freetser.setup_logging().start()
    serve(app, address)


if __name__ == "__main__":
    main()
