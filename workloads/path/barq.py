"""The path workload on Barq, which converts whole numbers itself.

UUIDs and dates it hands over as text, so the reply's model reads those; what is none is answered
with 422.
"""

from datetime import date
from uuid import UUID

from barq import Barq
from pydantic import BaseModel


class Simple(BaseModel):
    """One text."""

    name: str


class Multiple(BaseModel):
    """Two texts."""

    user: str
    post: str


class Deep(BaseModel):
    """Five texts."""

    one: str
    two: str
    three: str
    four: str
    five: str


class Number(BaseModel):
    """A whole number."""

    id: int


class Identifier(BaseModel):
    """A UUID."""

    id: UUID


class Day(BaseModel):
    """A date."""

    day: date


def routes(app: Barq) -> None:
    """Add GET /path/..., a route for each shape."""

    @app.get("/path/simple/{name}")
    def simple(name: str) -> Simple:
        return Simple(name=name)

    @app.get("/path/multiple/{user}/{post}")
    def multiple(user: str, post: str) -> Multiple:
        return Multiple(user=user, post=post)

    @app.get("/path/deep/{one}/{two}/{three}/{four}/{five}")
    def deep(one: str, two: str, three: str, four: str, five: str) -> Deep:
        return Deep(one=one, two=two, three=three, four=four, five=five)

    @app.get("/path/int/{id}")
    def number(id: int) -> Number:
        return Number(id=id)

    @app.get("/path/uuid/{id}")
    def identifier(id: str) -> Identifier:
        return Identifier.model_validate({"id": id})

    @app.get("/path/date/{day}")
    def day(day: str) -> Day:
        return Day.model_validate({"day": day})
