"""The cpu workload on Robyn: the loop in a plain handler, on a thread of its pool."""

from robyn import Robyn


def routes(app: Robyn) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    def sum_of_squares() -> dict:
        total = 0
        for i in range(100000):
            total += i * i
        return {"result": total, "iterations": 100000}
