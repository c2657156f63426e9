"""The echo workload on Litestar: a msgspec structure in, the same structure out."""

from litestar import Litestar, post
from msgspec import Struct


class Small(Struct):
    """The document of 70 bytes."""

    name: str
    description: str
    price: float
    tax: float | None = None


class Image(Struct):
    """A part of the documents of 98 and 175 bytes."""

    url: str
    name: str


class Medium(Struct):
    """The document of 98 bytes: two levels."""

    name: str
    price: float
    image: Image


class Country(Struct):
    """A part of an address."""

    name: str
    code: str


class Address(Struct):
    """A part of a seller."""

    street: str
    city: str
    country: Country


class Seller(Struct):
    """A part of the document of 154 bytes."""

    name: str
    address: Address


class Large(Struct):
    """The document of 154 bytes: four levels."""

    name: str
    price: float
    seller: Seller


class VeryLarge(Struct):
    """The document of 175 bytes: two lists."""

    name: str
    tags: list[str]
    images: list[Image]


class DeclaredSeller(Struct):
    """A part of what Spikard's benchmark declares."""

    name: str
    email: str | None = None


class MediumDeclared(Struct):
    """What Spikard's benchmark declares and sends 98 bytes to that do not fit."""

    name: str
    description: str
    price: float
    seller: DeclaredSeller


class Tag(Struct):
    """A part of what Spikard's benchmark declares."""

    name: str


class VeryLargeDeclared(Struct):
    """What Spikard's benchmark declares and sends 175 bytes to that do not fit."""

    name: str
    description: str
    price: float
    tags: list[Tag]


class Product(Struct):
    """A part of a catalogue."""

    name: str
    description: str
    price: float


class Catalogue(Struct):
    """The document of any size."""

    name: str
    items: list[Product]


@post("/echo/small", status_code=200)
async def small(data: Small) -> Small:
    """Answer what came."""
    return data


@post("/echo/medium", status_code=200)
async def medium(data: Medium) -> Medium:
    """Answer what came."""
    return data


@post("/echo/large", status_code=200)
async def large(data: Large) -> Large:
    """Answer what came."""
    return data


@post("/echo/very-large", status_code=200)
async def very_large(data: VeryLarge) -> VeryLarge:
    """Answer what came."""
    return data


@post("/echo/medium-declared", status_code=200)
async def medium_declared(data: MediumDeclared) -> MediumDeclared:
    """Answer what came."""
    return data


@post("/echo/very-large-declared", status_code=200)
async def very_large_declared(data: VeryLargeDeclared) -> VeryLargeDeclared:
    """Answer what came."""
    return data


@post("/echo/catalogue", status_code=200)
async def catalogue(data: Catalogue) -> Catalogue:
    """Answer what came."""
    return data


HANDLERS = (small, medium, large, very_large, medium_declared, very_large_declared, catalogue)


def routes(app: Litestar) -> None:
    """Add POST /echo/NAME, a route for each structure."""
    for handler in HANDLERS:
        app.register(handler)
