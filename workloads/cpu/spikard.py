"""The cpu workload on Spikard: a plain function, which it runs beside its event loop."""

from baselines.spikard.application import Application


def routes(app: Application) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    def computation() -> dict:
        total = 0
        for i in range(100000):
            total += i * i
        return {"result": total, "iterations": 100000}
