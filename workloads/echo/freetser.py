"""The echo workload on freetser, which has no types for bodies: json.loads, and checks by hand.

A shape is what json.loads may give: a type, a list of one shape, or the fields by name. What is
echoed has the fields of the shape only, and whole numbers as float where the shape asks for that,
as the frameworks with types have it.
"""

import json
from types import UnionType

from freetser import Request, Response
from freetser.server import StorageQueue

from baselines.freetser.application import Application

Shape = type | UnionType | list | dict

SMALL = {"name": str, "description": str, "price": float, "tax": float | None}
IMAGE = {"url": str, "name": str}
COUNTRY = {"name": str, "code": str}
ADDRESS = {"street": str, "city": str, "country": COUNTRY}
ITEM = {"name": str, "description": str, "price": float}

SHAPES = {
    "small": SMALL,
    "medium": {"name": str, "price": float, "image": IMAGE},
    "large": {"name": str, "price": float, "seller": {"name": str, "address": ADDRESS}},
    "very-large": {"name": str, "tags": [str], "images": [IMAGE]},
    "medium-declared": {
        "name": str,
        "description": str,
        "price": float,
        "seller": {"name": str, "email": str | None},
    },
    "very-large-declared": {
        "name": str,
        "description": str,
        "price": float,
        "tags": [{"name": str}],
    },
    "catalogue": {"name": str, "items": [ITEM]},
}


def checked(value: object, shape: Shape) -> object:
    """Return the value as its shape has it, or raise ValueError."""
    if isinstance(shape, dict) and isinstance(value, dict):
        return {name: checked(value.get(name), field) for name, field in shape.items()}
    if isinstance(shape, list) and isinstance(value, list):
        return [checked(item, shape[0]) for item in value]
    if isinstance(shape, (dict, list)):
        raise ValueError(f"{value!r} is not a {type(shape).__name__}")
    if type(value) is int and isinstance(0.0, shape):
        return float(value)
    if not isinstance(value, shape):
        raise ValueError(f"{value!r} is not of {shape}")
    return value


def routes(app: Application) -> None:
    """Add POST /echo/SHAPE for each shape."""

    def add(path: str, shape: Shape) -> None:
        @app.post(path)
        def echo(request: Request, _store_queue: StorageQueue) -> Response:
            try:
                return app.json(checked(json.loads(request.body), shape))
            except ValueError as error:
                return Response.text(f"{error}\n", status_code=422)

    for name, shape in SHAPES.items():
        add(f"/echo/{name}", shape)
