"""The query workload on Flask: the query becomes a pydantic model, and the same model goes out.

Flask has no types of its own; serve.py answers 422 to what a model refuses.
"""

from flask import Flask, Response, request
from pydantic import BaseModel


class Few(BaseModel):
    """3 values."""

    q: str
    page: int
    limit: int


class Medium(Few):
    """8 values."""

    sort: str
    descending: bool
    min_price: float
    max_price: float
    in_stock: bool


class Many(BaseModel):
    """16 values, four of each type."""

    text1: str
    text2: str
    text3: str
    text4: str
    number1: int
    number2: int
    number3: int
    number4: int
    ratio1: float
    ratio2: float
    ratio3: float
    ratio4: float
    flag1: bool
    flag2: bool
    flag3: bool
    flag4: bool


MODELS = {"few": Few, "medium": Medium, "many": Many}


def add(app: Flask, name: str, model: type[BaseModel]) -> None:
    """Add one route."""

    @app.get(f"/query/{name}", endpoint=f"query-{name}")
    def answer() -> Response:
        values = model.model_validate(request.args.to_dict())
        return Response(values.model_dump_json(), mimetype="application/json")


def routes(app: Flask) -> None:
    """Add a route for each model."""
    for name, model in MODELS.items():
        add(app, name, model)
