"""What the factors- plans turn, by workload, and for which pair: what a reader may run next. Pure.

Known here so that a report can name a plan that was never run; what a run holds is read from it.
"""

from __future__ import annotations

from collections.abc import Collection

PAIR = ("karak@workers-4", "fastapi@as-documented")
TURNED = {
    "json": (
        ("factors-client", "the client that asks"),
        ("factors-keep-alive", "connections that close or stay open"),
        ("factors-requests", "how many requests are counted"),
        ("factors-log", "the access log"),
        ("factors-parser", "parser and event loop"),
        ("factors-workers", "the number of workers"),
        ("factors-interpreter", "the interpreter"),
        ("factors-versions", "the packages' versions"),
        ("factors-reply", "the second check of the reply"),
    ),
    "db": (
        ("factors-database", "how the database is opened"),
        ("factors-reply", "the second check of the reply"),
    ),
    "cpu": (
        ("factors-interpreter", "the interpreter"),
        ("factors-workers", "the number of workers"),
    ),
}


def plans_to_run(workload: str, pair: tuple[str, str], done: Collection[str]) -> tuple[str, ...]:
    """Return the plans that would tell more of why the two differ, those that are done left out."""
    if pair != PAIR:
        return ()
    return tuple(plan for plan, _ in TURNED.get(workload, ()) if plan not in done)


def turned_words(plan: str) -> str:
    """Return what a plan turns."""
    return next(words for some in TURNED.values() for name, words in some if name == plan)
