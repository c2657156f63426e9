"""The json workload on Flask: a dictionary, built anew for each request, as Flask's users do."""

from flask import Flask


def routes(app: Flask) -> None:
    """Add GET /json."""

    @app.get("/json")
    def document() -> dict:
        return {
            "message": "Hello, World!",
            "items": [{"id": i, "value": i * 10} for i in range(20)],
            "nested": {"level1": {"level2": "deep value"}, "another": {"key": "value"}},
        }
