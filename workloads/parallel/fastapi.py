"""The parallel workload on FastAPI: four tasks on four threads that all requests share.

A coroutine function gives them away and lets the loop go on meanwhile; a plain function waits on
its own thread.
"""

import asyncio

from fastapi import FastAPI, Response
from pydantic import BaseModel

from workloads.fastapi_handlers import response_of
from workloads.parallel.task_pool import ITERATIONS, TASKS, task, task_pool


class Results(BaseModel):
    """The reply."""

    tasks: int
    iterations: int
    results: list[int]


def reply(results: list[int]) -> Results:
    """Make the reply of the results, which are in the order of the tasks."""
    return Results(tasks=TASKS, iterations=ITERATIONS, results=results)


def routes(app: FastAPI) -> None:
    """Add GET /parallel."""
    pool = task_pool()

    @app.get("/parallel")
    async def parallel() -> Results:
        loop = asyncio.get_running_loop()
        tasks = [loop.run_in_executor(pool, task, number) for number in range(TASKS)]
        return reply(await asyncio.gather(*tasks))


def routes_threads(app: FastAPI) -> None:
    """Add the same on a thread of FastAPI's pool, which waits for the four."""
    pool = task_pool()

    @app.get("/parallel")
    def parallel() -> Results:
        return reply(list(pool.map(task, range(TASKS))))


def routes_tuned(app: FastAPI) -> None:
    """Add the same without a check of the reply."""
    pool = task_pool()

    @app.get("/parallel")
    async def parallel() -> Response:
        loop = asyncio.get_running_loop()
        tasks = [loop.run_in_executor(pool, task, number) for number in range(TASKS)]
        return response_of(reply(await asyncio.gather(*tasks)))
