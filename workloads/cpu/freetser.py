"""The cpu workload on freetser: the documents' loop, in the connection's thread."""

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application


def routes(app: Application) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    def computation(_request: Request, _store_queue: StorageQueue) -> Response:
        total = 0
        for i in range(100000):
            total += i * i
        return app.json({"result": total, "iterations": 100_000})
