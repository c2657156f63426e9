"""The path workload on FastAPI: typed parameters of the handler, a dictionary out."""

from datetime import date
from uuid import UUID

from fastapi import FastAPI

from workloads.fastapi_handlers import on_the_loop, written_once


def simple(name: str) -> dict[str, str]:
    """Answer one text."""
    return {"name": name}


def multiple(user: str, post: str) -> dict[str, str]:
    """Answer two texts."""
    return {"user": user, "post": post}


def deep(one: str, two: str, three: str, four: str, five: str) -> dict[str, str]:
    """Answer five texts."""
    return {"one": one, "two": two, "three": three, "four": four, "five": five}


def whole_number(number: int) -> dict[str, int]:
    """Answer a whole number."""
    return {"id": number}


def unique(identity: UUID) -> dict[str, str]:
    """Answer a UUID."""
    return {"id": str(identity)}


def calendar_day(day: date) -> dict[str, str]:
    """Answer a date."""
    return {"day": day.isoformat()}


HANDLERS = {
    "/path/simple/{name}": simple,
    "/path/multiple/{user}/{post}": multiple,
    "/path/deep/{one}/{two}/{three}/{four}/{five}": deep,
    "/path/int/{number}": whole_number,
    "/path/uuid/{identity}": unique,
    "/path/date/{day}": calendar_day,
}


def routes(app: FastAPI) -> None:
    """Add GET /path/..., each with a response model."""
    for path, handler in HANDLERS.items():
        app.get(path)(on_the_loop(handler))


def routes_threads(app: FastAPI) -> None:
    """Add the same on threads of the pool."""
    for path, handler in HANDLERS.items():
        app.get(path)(handler)


def routes_tuned(app: FastAPI) -> None:
    """Add the same without a check of the reply."""
    for path, handler in HANDLERS.items():
        app.get(path, response_model=None)(written_once(handler))
