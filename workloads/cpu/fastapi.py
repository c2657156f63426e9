"""The cpu workload on FastAPI: on the event loop, which waits meanwhile, as in the documents."""

from fastapi import FastAPI
from pydantic import BaseModel


class Sum(BaseModel):
    """The reply."""

    result: int
    iterations: int


def routes(app: FastAPI) -> None:
    """Add GET /cpu."""

    @app.get("/cpu")
    async def sum_of_squares() -> Sum:
        total = 0
        for i in range(100000):
            total += i * i
        return Sum(result=total, iterations=100000)


def routes_threads(app: FastAPI) -> None:
    """Add GET /cpu on a thread of the pool, as the documents' application for processes does."""

    @app.get("/cpu")
    def sum_of_squares() -> Sum:
        total = 0
        for i in range(100000):
            total += i * i
        return Sum(result=total, iterations=100000)
