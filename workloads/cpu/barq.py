"""The cpu workload on Barq, as Barq's own benchmark has it: the loop in the handler."""

from barq import Barq
from pydantic import BaseModel


class Sum(BaseModel):
    """The reply."""

    result: int
    iterations: int


def routes(app: Barq) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    def sum_of_squares() -> Sum:
        total = 0
        for i in range(100000):
            total += i * i
        return Sum(result=total, iterations=100000)
