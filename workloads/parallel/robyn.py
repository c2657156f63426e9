"""The parallel workload on Robyn: four tasks on four threads; a plain handler waits on its own."""

from robyn import Robyn

from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool

pool = task_pool()


def routes(app: Robyn) -> None:
    """Add GET /parallel."""

    @app.get("/parallel")
    def parallel() -> dict:
        results = list(pool.map(task, range(TASKS)))
        return {"tasks": TASKS, "iterations": ITERATIONS, "results": results}
