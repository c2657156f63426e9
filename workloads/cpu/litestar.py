"""The cpu workload on Litestar: on the event loop, which waits meanwhile."""

from litestar import Litestar, get
from msgspec import Struct


class Sum(Struct):
    """The reply."""

    result: int
    iterations: int


@get("/cpu")
async def sum_of_squares() -> Sum:
    """Compute."""
    total = 0
    for i in range(100000):
        total += i * i
    return Sum(result=total, iterations=100000)


def routes(app: Litestar) -> None:
    """Add GET /cpu."""
    app.register(sum_of_squares)
