"""The parallel workload on Flask: four tasks on four threads; the handler waits on its own."""

from flask import Flask

from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool

pool = task_pool()


def routes(app: Flask) -> None:
    """Add GET /parallel."""

    @app.get("/parallel")
    def parallel() -> dict:
        results = list(pool.map(task, range(TASKS)))
        return {"tasks": TASKS, "iterations": ITERATIONS, "results": results}
