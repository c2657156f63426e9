"""The echo workload on Flask: pydantic reads the body, and writes the same model.

Flask has no types of its own; serve.py answers 422 to what a model refuses.
"""

from flask import Flask, Response, request
from pydantic import BaseModel


class Small(BaseModel):
    """The document of 70 bytes."""

    name: str
    description: str
    price: float
    tax: float | None = None


class Image(BaseModel):
    """A part of the documents of 98 and 175 bytes."""

    url: str
    name: str


class Medium(BaseModel):
    """The document of 98 bytes: two levels."""

    name: str
    price: float
    image: Image


class Country(BaseModel):
    """A part of an address."""

    name: str
    code: str


class Address(BaseModel):
    """A part of a seller."""

    street: str
    city: str
    country: Country


class Seller(BaseModel):
    """A part of the document of 154 bytes."""

    name: str
    address: Address


class Large(BaseModel):
    """The document of 154 bytes: four levels."""

    name: str
    price: float
    seller: Seller


class VeryLarge(BaseModel):
    """The document of 175 bytes: two lists."""

    name: str
    tags: list[str]
    images: list[Image]


class DeclaredSeller(BaseModel):
    """A part of what Spikard's benchmark declares."""

    name: str
    email: str | None = None


class MediumDeclared(BaseModel):
    """What Spikard's benchmark declares and sends 98 bytes to that do not fit."""

    name: str
    description: str
    price: float
    seller: DeclaredSeller


class Tag(BaseModel):
    """A part of what Spikard's benchmark declares."""

    name: str


class VeryLargeDeclared(BaseModel):
    """What Spikard's benchmark declares and sends 175 bytes to that do not fit."""

    name: str
    description: str
    price: float
    tags: list[Tag]


class Product(BaseModel):
    """A part of a catalogue."""

    name: str
    description: str
    price: float


class Catalogue(BaseModel):
    """The document of any size."""

    name: str
    items: list[Product]


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
