"""The hello workload on freetser, as its document's first example has it."""

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application


def routes(app: Application) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    def hello(_request: Request, _store_queue: StorageQueue) -> Response:
        return Response.text("Hello, World!")
