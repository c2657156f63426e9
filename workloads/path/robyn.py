"""The path workload on Robyn, which calls a parameter's annotation with the text of the path."""

from datetime import date
from uuid import UUID

from robyn import Response, Robyn


def routes(app: Robyn) -> None:
    """Add GET /path/... ."""

    @app.get("/path/simple/:name")
    async def simple(name: str) -> dict:
        return {"name": name}

    @app.get("/path/multiple/:user/:post")
    async def multiple(user: str, post: str) -> dict:
        return {"user": user, "post": post}

    @app.get("/path/deep/:one/:two/:three/:four/:five")
    async def deep(one: str, two: str, three: str, four: str, five: str) -> dict:
        return {"one": one, "two": two, "three": three, "four": four, "five": five}

    @app.get("/path/int/:number")
    async def whole_number(number: int) -> dict:
        return {"id": number}

    @app.get("/path/uuid/:unique_id")
    async def unique(unique_id: UUID) -> dict:
        return {"id": str(unique_id)}

    @app.get("/path/date/:text")
    async def calendar_day(text: str) -> dict | Response:
        try:
            day = date.fromisoformat(text)  # a date is not made by calling its type with a text
        except ValueError as error:
            return Response(status_code=422, headers={}, description=str(error))
        return {"day": day.isoformat()}
