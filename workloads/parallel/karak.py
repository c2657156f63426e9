"""The parallel workload on Karak: the four tasks run on threads beside Karak's own workers."""

from karak import Karak
from pydantic import BaseModel

from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool


class Sums(BaseModel):
    """The reply."""

    tasks: int
    iterations: int
    results: list[int]


def routes(app: Karak) -> None:
    """Add GET /parallel."""
    pool = task_pool()

    @app.get("/parallel")
    def parallel() -> Sums:
        results = list(pool.map(task, range(TASKS)))
        return Sums(tasks=TASKS, iterations=ITERATIONS, results=results)
