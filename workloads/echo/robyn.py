"""The echo workload on Robyn: a pydantic model in, the same model out."""

from pydantic import BaseModel
from robyn import Robyn


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


def routes(app: Robyn) -> None:
    """Add POST /echo/NAME, a route for each model."""

    @app.post("/echo/small")
    async def small(body: Small) -> Small:
        return body

    @app.post("/echo/medium")
    async def medium(body: Medium) -> Medium:
        return body

    @app.post("/echo/large")
    async def large(body: Large) -> Large:
        return body

    @app.post("/echo/very-large")
    async def very_large(body: VeryLarge) -> VeryLarge:
        return body

    @app.post("/echo/medium-declared")
    async def medium_declared(body: MediumDeclared) -> MediumDeclared:
        return body

    @app.post("/echo/very-large-declared")
    async def very_large_declared(body: VeryLargeDeclared) -> VeryLargeDeclared:
        return body

    @app.post("/echo/catalogue")
    async def catalogue(body: Catalogue) -> Catalogue:
        return body
