"""The cpu workload on Flask: the loop in the handler."""

from flask import Flask


def routes(app: Flask) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    def sum_of_squares() -> dict[str, int]:
        total = 0
        for i in range(100000):
            total += i * i
        return {"result": total, "iterations": 100000}
