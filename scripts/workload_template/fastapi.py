"""The new-workload workload on FastAPI: a typed greeting, built anew for each request."""

from fastapi import FastAPI
from pydantic import BaseModel


class Greeting(BaseModel):
    """The reply."""

    message: str


def routes(app: FastAPI) -> None:
    """Add GET /new-workload."""

    @app.get("/new-workload")
    async def greeting() -> Greeting:
        return Greeting(message="Hello from new-workload")
