"""The parallel workload on Barq: the four tasks run on threads beside Barq's own workers."""

from barq import Barq
from pydantic import BaseModel

from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool


class Sums(BaseModel):
    """The reply."""

    tasks: int
    iterations: int
    results: list[int]


def routes(app: Barq) -> None:
    """Add GET /parallel."""
    pool = task_pool()

    @app.get("/parallel")
    def parallel() -> Sums:
        results = list(pool.map(task, range(TASKS)))
        return Sums(tasks=TASKS, iterations=ITERATIONS, results=results)
