"""The cpu workload on Karak, as Karak's own benchmark has it: the loop in the handler."""

from karak import Karak
from pydantic import BaseModel


class Sum(BaseModel):
    """The reply."""

    result: int
    iterations: int


def routes(app: Karak) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    def sum_of_squares() -> Sum:
        total = 0
        for i in range(100000):
            total += i * i
        return Sum(result=total, iterations=100000)
