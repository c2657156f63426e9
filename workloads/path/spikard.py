"""The path workload on Spikard, which takes each parameter's type from its annotation."""

from datetime import date
from uuid import UUID

from baselines.spikard.application import Application


def routes(app: Application) -> None:
    """Add GET /path/..."""

    @app.get("/path/simple/{name}")
    async def simple(name: str) -> dict:
        return {"name": name}

    @app.get("/path/multiple/{user}/{post}")
    async def multiple(user: str, post: str) -> dict:
        return {"user": user, "post": post}

    @app.get("/path/deep/{one}/{two}/{three}/{four}/{five}")
    async def deep(one: str, two: str, three: str, four: str, five: str) -> dict:
        return {"one": one, "two": two, "three": three, "four": four, "five": five}

    @app.get("/path/int/{number}")
    async def whole_number(number: int) -> dict:
        return {"id": number}

    @app.get("/path/uuid/{identifier}")
    async def uuid(identifier: UUID) -> dict:
        return {"id": str(identifier)}

    @app.get("/path/date/{day}")
    async def calendar_day(day: date) -> dict:
        return {"day": day.isoformat()}
