"""The json workload on new-baseline: the document is built anew for each request."""

from application import Application


def routes(app: Application) -> None:
    """Add GET /json."""

    @app.get("/json")
    def document() -> dict[str, object]:
        return {
            "message": "Hello, World!",
            "items": [{"id": i, "value": i * 10} for i in range(20)],
            "nested": {"level1": {"level2": "deep value"}, "another": {"key": "value"}},
        }
