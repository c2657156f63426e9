"""Flask on gunicorn's threads: `gunicorn --worker-class gthread --workers N --threads 8 app:app`.

What differs is below, each with its reason, and in baseline.toml, from where the report prints it.
"""

import multiprocessing
import sys
from pathlib import Path

# At the end, so that the folder baselines/flask never stands before the package flask.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from server_facts import server_facts

# isort: split
from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider
from gunicorn.app.base import BaseApplication
from listen_address import AddressError, free_address
from pydantic import ValidationError
from ready_workers import ReadyWorkers
from server_options import server_options, workers
from workload_routes import WorkloadError, add_routes

FOLDER = Path(__file__).resolve().parent
KEEP_ALIVE_SECONDS = 5  # a client in a burst would meet the default of 2 between two requests


class CompactJson(DefaultJSONProvider):
    """Flask's own JSON, with the keys in their order and without the newline at the end."""

    sort_keys = False

    def response(self, *values: object, **fields: object) -> Response:
        """Make the reply of what a handler returned."""
        text = self.dumps(self._prepare_response_obj(values, fields), separators=(",", ":"))
        return self._app.response_class(text, mimetype=self.mimetype)


def application(folder: Path, style: str, facts: dict[str, object]) -> Flask:
    """Return the application: every workload that has a flask.py, and the facts."""
    app = Flask("assay")
    app.json = CompactJson(app)
    app.register_error_handler(ValidationError, lambda error: (str(error), 422))
    add_routes(app, "flask", folder, style)

    @app.get("/__assay__")
    def assay() -> dict[str, object]:
        return server_facts(FOLDER, **facts)

    return app


class Gunicorn(BaseApplication):
    """gunicorn with settings from here in place of its command line."""

    def __init__(self, app: Flask, settings: dict[str, object]) -> None:
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings over."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return what is served."""
        return self.app


def main() -> None:
    """Serve until SIGTERM, which gunicorn knows."""
    parser = server_options("Flask on gunicorn's threads.")
    parser.add_argument("--workers", type=workers, default=1, help="processes, or `cores`")
    parser.add_argument("--threads", type=workers, default=8, help="threads of each process")
    options = parser.parse_args()
    facts = {
        "workers": options.workers,
        "threads": options.threads,
        "keep_alive": f"{KEEP_ALIVE_SECONDS} s",
        "access_log": False,
    }
    try:
        app = application(options.workloads, options.style, facts)
        address = free_address(options.host, options.port)
    except (AddressError, WorkloadError) as error:
        sys.exit(f"error: {error}")
    ready = ReadyWorkers(address, options.workers, multiprocessing.get_context("fork"))
    settings = {
        "bind": f"{address.host}:{address.port}",
        "worker_class": "gthread",
        "workers": options.workers,
        "threads": options.threads,
        "keepalive": KEEP_ALIVE_SECONDS,
        "graceful_timeout": 1,
        "preload_app": True,  # tables are made anew once, by the parent
        "loglevel": "warning",
        "post_worker_init": lambda _worker: ready.one_more(),
    }
    Gunicorn(app, settings).run()


if __name__ == "__main__":
    main()
