"""The parallel workload on Spikard: it has no pool for this, so that of the standard library."""

from baselines.spikard.application import Application
from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool


def routes(app: Application) -> None:
    """Add GET /parallel."""
    pool = task_pool()

    @app.get("/parallel")
    def four_tasks() -> dict:
        results = list(pool.map(task, range(TASKS)))
        return {"tasks": TASKS, "iterations": ITERATIONS, "results": results}
