"""The json workload on Robyn: a dictionary, built anew for each request; Robyn writes it."""

from robyn import Robyn


def routes(app: Robyn) -> None:
    """Add GET /json."""

    @app.get("/json")
    async def document() -> dict:
        return {
            "message": "Hello, World!",
            "items": [{"id": i, "value": i * 10} for i in range(20)],
            "nested": {"level1": {"level2": "deep value"}, "another": {"key": "value"}},
        }
