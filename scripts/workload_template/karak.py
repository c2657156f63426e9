"""The new-workload workload on Karak: a typed greeting, built anew for each request."""

from karak import Karak
from pydantic import BaseModel


class Greeting(BaseModel):
    """The reply."""

    message: str


def routes(app: Karak) -> None:
    """Add GET /new-workload."""

    @app.get("/new-workload")
    def greeting() -> Greeting:
        return Greeting(message="Hello from new-workload")
