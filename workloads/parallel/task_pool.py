"""The parallel workload's four tasks, and the threads that they run on, for Python frameworks."""

from concurrent.futures import ThreadPoolExecutor

from workloads.cpu.sum_of_squares import sum_of_squares

TASKS = 4
ITERATIONS = 50_000


def task(_number: int) -> int:
    """Do what each of the tasks does."""
    return sum_of_squares(ITERATIONS)


def task_pool() -> ThreadPoolExecutor:
    """Return four threads: `list(pool.map(task, range(TASKS)))` runs the tasks, results in order.

    Called once, for all requests. The threads start at the first task, so that a pool made before
    a server forks its workers works in each of them.
    """
    return ThreadPoolExecutor(TASKS, thread_name_prefix="task")
