"""The echo workload on Flask: pydantic reads the body, and writes the same model.

Flask has no types of its own; serve.py answers 422 to what a model refuses.
"""

from flask import Flask, Response, request
from pydantic import BaseModel

from workloads.echo.pydantic_documents import (
    Catalogue,
    Large,
    Medium,
    MediumDeclared,
    Small,
    VeryLarge,
    VeryLargeDeclared,
)

MODELS = {
    "small": Small,
    "medium": Medium,
    "large": Large,
    "very-large": VeryLarge,
    "medium-declared": MediumDeclared,
    "very-large-declared": VeryLargeDeclared,
    "catalogue": Catalogue,
}


def add(app: Flask, name: str, model: type[BaseModel]) -> None:
    """Add one route."""

    @app.post(f"/echo/{name}", endpoint=f"echo-{name}")
    def echo() -> Response:
        body = model.model_validate_json(request.get_data())
        return Response(body.model_dump_json(), mimetype="application/json")


def routes(app: Flask) -> None:
    """Add POST /echo/NAME, a route for each model."""
    for name, model in MODELS.items():
        add(app, name, model)
