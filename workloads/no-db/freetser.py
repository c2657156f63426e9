"""The no-db workload on freetser: what its tests' store answers, without the store."""

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application


def routes(app: Application) -> None:
    """Add GET /no-db/KEY."""

    @app.get("/no-db/")
    def found(request: Request, _store_queue: StorageQueue) -> Response:
        key = request.path.removeprefix("/no-db/")
        return Response.text(f"Found: {key}, counter=0\n")
