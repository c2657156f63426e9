"""The form workload on Flask: the form becomes a pydantic model, and the same model goes out.

Flask has no types of its own; serve.py answers 422 to what a model refuses.
"""

from flask import Flask, Response, request
from pydantic import BaseModel


class SimpleForm(BaseModel):
    """4 fields."""

    name: str
    email: str
    age: int
    subscribe: bool


class ComplexForm(BaseModel):
    """18 fields."""

    first_name: str
    last_name: str
    email: str
    phone: str
    street: str
    city: str
    state: str
    postcode: str
    country: str
    age: int
    children: int
    height: float
    weight: float
    subscribe: bool
    terms: bool
    newsletter: bool
    language: str
    comment: str


MODELS = {"simple": SimpleForm, "complex": ComplexForm}


def add(app: Flask, name: str, model: type[BaseModel]) -> None:
    """Add one route."""

    @app.post(f"/form/{name}", endpoint=f"form-{name}")
    def answer() -> Response:
        values = model.model_validate(request.form.to_dict())
        return Response(values.model_dump_json(), mimetype="application/json")


def routes(app: Flask) -> None:
    """Add a route for each model."""
    for name, model in MODELS.items():
        add(app, name, model)
