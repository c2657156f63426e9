"""The path workload on Litestar: parameters typed in the path, a dictionary out."""

from datetime import date
from uuid import UUID

from litestar import Litestar, get


@get("/path/simple/{name:str}")
async def simple(name: str) -> dict[str, str]:
    """Answer one text."""
    return {"name": name}


@get("/path/multiple/{user:str}/{post:str}")
async def multiple(user: str, post: str) -> dict[str, str]:
    """Answer two texts."""
    return {"user": user, "post": post}


@get("/path/deep/{one:str}/{two:str}/{three:str}/{four:str}/{five:str}")
async def deep(one: str, two: str, three: str, four: str, five: str) -> dict[str, str]:
    """Answer five texts."""
    return {"one": one, "two": two, "three": three, "four": four, "five": five}


@get("/path/int/{number:int}")
async def whole_number(number: int) -> dict[str, int]:
    """Answer a whole number."""
    return {"id": number}


@get("/path/uuid/{identity:uuid}")
async def unique(identity: UUID) -> dict[str, UUID]:
    """Answer a UUID."""
    return {"id": identity}


@get("/path/date/{day:date}")
async def calendar_day(day: date) -> dict[str, date]:
    """Answer a date."""
    return {"day": day}


def routes(app: Litestar) -> None:
    """Add GET /path/... ."""
    for handler in (simple, multiple, deep, whole_number, unique, calendar_day):
        app.register(handler)
