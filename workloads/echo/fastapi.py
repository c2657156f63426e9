"""The echo workload on FastAPI: a pydantic model in, the same out; one that does not fit is 422."""

from fastapi import FastAPI
from pydantic import BaseModel

from workloads.fastapi_handlers import on_the_loop, written_once


class Small(BaseModel):
    """The document of 70 bytes."""

    name: str
    description: str
    price: float
    tax: float | None = None


class Image(BaseModel):
    """Where a picture is."""

    url: str
    name: str


class Medium(BaseModel):
    """The document of 98 bytes."""

    name: str
    price: float
    image: Image


class Country(BaseModel):
    """Part of an address."""

    name: str
    code: str


class Address(BaseModel):
    """Where a seller is."""

    street: str
    city: str
    country: Country


class Seller(BaseModel):
    """Who sells a product."""

    name: str
    address: Address


class Large(BaseModel):
    """The document of 154 bytes, four levels deep."""

    name: str
    price: float
    seller: Seller


class VeryLarge(BaseModel):
    """The document of 175 bytes."""

    name: str
    tags: list[str]
    images: list[Image]


class DeclaredSeller(BaseModel):
    """Who sells a product, as Spikard's benchmark declares it."""

    name: str
    email: str | None = None


class MediumDeclared(BaseModel):
    """What Spikard's benchmark declares for the document of 98 bytes, which does not fit."""

    name: str
    description: str
    price: float
    seller: DeclaredSeller


class Tag(BaseModel):
    """A word on a product, as Spikard's benchmark declares it."""

    name: str


class VeryLargeDeclared(BaseModel):
    """What Spikard's benchmark declares for the document of 175 bytes, which does not fit."""

    name: str
    description: str
    price: float
    tags: list[Tag]


class Product(BaseModel):
    """An entry of a catalogue."""

    name: str
    description: str
    price: float


class Catalogue(BaseModel):
    """The document that there is in every size."""

    name: str
    items: list[Product]


def small(document: Small) -> Small:
    """Answer what came."""
    return document


def medium(document: Medium) -> Medium:
    """Answer what came."""
    return document


def large(document: Large) -> Large:
    """Answer what came."""
    return document


def very_large(document: VeryLarge) -> VeryLarge:
    """Answer what came."""
    return document


def medium_declared(document: MediumDeclared) -> MediumDeclared:
    """Answer what came."""
    return document


def very_large_declared(document: VeryLargeDeclared) -> VeryLargeDeclared:
    """Answer what came."""
    return document


def catalogue(document: Catalogue) -> Catalogue:
    """Answer what came."""
    return document


HANDLERS = {
    "/echo/small": small,
    "/echo/medium": medium,
    "/echo/large": large,
    "/echo/very-large": very_large,
    "/echo/medium-declared": medium_declared,
    "/echo/very-large-declared": very_large_declared,
    "/echo/catalogue": catalogue,
}


def routes(app: FastAPI) -> None:
    """Add POST /echo/..., each with a response model."""
    for path, handler in HANDLERS.items():
        app.post(path)(on_the_loop(handler))


def routes_threads(app: FastAPI) -> None:
    """Add the same on threads of the pool."""
    for path, handler in HANDLERS.items():
        app.post(path)(handler)


def routes_tuned(app: FastAPI) -> None:
    """Add the same without a second check of what was checked on the way in."""
    for path, handler in HANDLERS.items():
        app.post(path, response_model=None)(written_once(handler))
