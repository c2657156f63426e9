"""The json workload on FastAPI, with the response model that the documents' application has.

The document is built anew for each request, because theirs is; FastAPI then checks it against the
model once more and serialises it, which is part of what the document measures.
"""

from fastapi import FastAPI
from pydantic import BaseModel


class Document(BaseModel):
    """The reply; its items are plain dictionaries, as in the documents, not models of their own."""

    message: str
    items: list[dict[str, int]]
    nested: dict[str, dict[str, str]]


def routes(app: FastAPI) -> None:
    """Add GET /json."""

    @app.get("/json")
    async def document() -> Document:
        return Document(
            message="Hello, World!",
            items=[{"id": i, "value": i * 10} for i in range(20)],
            nested={"level1": {"level2": "deep value"}, "another": {"key": "value"}},
        )
