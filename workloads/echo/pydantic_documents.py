"""The documents of echo as pydantic models, for every framework whose handlers take such.

Six fit the bodies that are sent; two are what Spikard's own benchmark declares, which do not.
"""

from pydantic import BaseModel


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
