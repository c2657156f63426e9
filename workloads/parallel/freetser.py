"""The parallel workload on freetser: it has no pool of its own, so that of the standard library."""

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application
from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool


def routes(app: Application) -> None:
    """Add GET /parallel."""
    pool = task_pool()

    @app.get("/parallel")
    def four_tasks(_request: Request, _store_queue: StorageQueue) -> Response:
        results = list(pool.map(task, range(TASKS)))
        return app.json({"tasks": TASKS, "iterations": ITERATIONS, "results": results})
