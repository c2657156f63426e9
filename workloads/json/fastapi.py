"""The json workload on FastAPI, with the response model that the documents' application has.

The document is built anew for each request, because theirs is; FastAPI then checks it against the
model once more and serialises it, which is part of what the document measures. The tuned way lets
pydantic write it without the second check.
"""

from fastapi import FastAPI, Response
from pydantic import BaseModel

from workloads.fastapi_handlers import response_of


class Document(BaseModel):
    """The reply; its items are plain dictionaries, as in the documents, not models of their own."""

    message: str
    items: list[dict[str, int]]
    nested: dict[str, dict[str, str]]


def new_document() -> Document:
    """Build the document."""
    return Document(
        message="Hello, World!",
        items=[{"id": i, "value": i * 10} for i in range(20)],
        nested={"level1": {"level2": "deep value"}, "another": {"key": "value"}},
    )


def routes(app: FastAPI) -> None:
    """Add GET /json."""

    @app.get("/json")
    async def document() -> Document:
        return new_document()


def routes_threads(app: FastAPI) -> None:
    """Add GET /json on a thread of the pool, as the documents' application for processes does."""

    @app.get("/json")
    def document() -> Document:
        return new_document()


def routes_tuned(app: FastAPI) -> None:
    """Add GET /json with the response made from the model itself."""

    @app.get("/json")
    async def document() -> Response:
        return response_of(new_document())
