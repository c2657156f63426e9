"""The json workload on Spikard, as its examples return JSON: a dictionary, built each time."""

from baselines.spikard.application import Application


def routes(app: Application) -> None:
    """Add GET /json."""

    @app.get("/json")
    async def document() -> dict:
        return {
            "message": "Hello, World!",
            "items": [{"id": i, "value": i * 10} for i in range(20)],
            "nested": {"level1": {"level2": "deep value"}, "another": {"key": "value"}},
        }
