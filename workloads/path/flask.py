"""The path workload on Flask: its converters, and by hand for a date, which it has none for."""

from datetime import date
from uuid import UUID

from flask import Flask


def routes(app: Flask) -> None:
    """Add GET /path/... ."""

    @app.get("/path/simple/<name>")
    def simple(name: str) -> dict[str, str]:
        return {"name": name}

    @app.get("/path/multiple/<user>/<post>")
    def multiple(user: str, post: str) -> dict[str, str]:
        return {"user": user, "post": post}

    @app.get("/path/deep/<one>/<two>/<three>/<four>/<five>")
    def deep(one: str, two: str, three: str, four: str, five: str) -> dict[str, str]:
        return {"one": one, "two": two, "three": three, "four": four, "five": five}

    @app.get("/path/int/<int:number>")
    def whole_number(number: int) -> dict[str, int]:
        return {"id": number}

    @app.get("/path/uuid/<uuid:identity>")
    def unique(identity: UUID) -> dict[str, str]:
        return {"id": str(identity)}

    @app.get("/path/date/<text>")
    def calendar_day(text: str) -> dict[str, str] | tuple[str, int]:
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            return str(error), 422
        return {"day": day.isoformat()}
