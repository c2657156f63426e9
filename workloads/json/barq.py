"""The json workload on Barq, as Barq's own benchmark has it: a plain function, a pydantic model.

The document is built anew for each request, because theirs is; Barq serialises it with pydantic
and does not check it a second time.
"""

from barq import Barq
from pydantic import BaseModel


class Document(BaseModel):
    """The reply; its items are plain dictionaries, as in the documents, not models of their own."""

    message: str
    items: list[dict[str, int]]
    nested: dict[str, dict[str, str]]


def routes(app: Barq) -> None:
    """Add GET /json."""

    @app.get("/json")
    def document() -> Document:
        return Document(
            message="Hello, World!",
            items=[{"id": i, "value": i * 10} for i in range(20)],
            nested={"level1": {"level2": "deep value"}, "another": {"key": "value"}},
        )
