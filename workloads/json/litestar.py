"""The json workload on Litestar: a msgspec structure, built anew for each request."""

from litestar import Litestar, get
from msgspec import Struct


class Document(Struct):
    """The reply; its items are plain dictionaries, as in the documents."""

    message: str
    items: list[dict[str, int]]
    nested: dict[str, dict[str, str]]


@get("/json")
async def document() -> Document:
    """Build the document."""
    return Document(
        message="Hello, World!",
        items=[{"id": i, "value": i * 10} for i in range(20)],
        nested={"level1": {"level2": "deep value"}, "another": {"key": "value"}},
    )


def routes(app: Litestar) -> None:
    """Add GET /json."""
    app.register(document)
