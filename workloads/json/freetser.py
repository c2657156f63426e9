"""The json workload on freetser: dictionaries, built anew for each request; it has no models."""

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application


def routes(app: Application) -> None:
    """Add GET /json."""

    @app.get("/json")
    def document(_request: Request, _store_queue: StorageQueue) -> Response:
        return app.json(
            {
                "message": "Hello, World!",
                "items": [{"id": i, "value": i * 10} for i in range(20)],
                "nested": {"level1": {"level2": "deep value"}, "another": {"key": "value"}},
            }
        )
