"""The parallel workload on Litestar: four tasks on four threads that all requests share.

The handler gives them away and lets the loop go on meanwhile.
"""

import asyncio

from litestar import Litestar, get
from msgspec import Struct

from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool

pool = task_pool()


class Results(Struct):
    """The reply."""

    tasks: int
    iterations: int
    results: list[int]


@get("/parallel")
async def parallel() -> Results:
    """Wait for all tasks."""
    loop = asyncio.get_running_loop()
    running = [loop.run_in_executor(pool, task, number) for number in range(TASKS)]
    return Results(TASKS, ITERATIONS, await asyncio.gather(*running))


def routes(app: Litestar) -> None:
    """Add GET /parallel."""
    app.register(parallel)
