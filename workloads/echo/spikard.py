"""The echo workload on Spikard, with msgspec's types, which it validates bodies against.

`routes` returns what it got, as the document's benchmark does. 0.3.1 cannot write that: every reply
is 500, "not JSON serializable". `routes_dictionary` returns a dictionary made of it, so that 0.3.1
can be compared at all.
"""

import msgspec

from baselines.spikard.application import Application


class Small(msgspec.Struct):
    """Flat."""

    name: str
    description: str
    price: float
    tax: float | None = None


class Image(msgspec.Struct):
    """Part of Medium and VeryLarge."""

    url: str
    name: str


class Medium(msgspec.Struct):
    """One level deep."""

    name: str
    price: float
    image: Image


class Country(msgspec.Struct):
    """Part of Address."""

    name: str
    code: str


class Address(msgspec.Struct):
    """Part of AddressedSeller."""

    street: str
    city: str
    country: Country


class AddressedSeller(msgspec.Struct):
    """Part of Large."""

    name: str
    address: Address


class Large(msgspec.Struct):
    """Three levels deep."""

    name: str
    price: float
    seller: AddressedSeller


class VeryLarge(msgspec.Struct):
    """With arrays."""

    name: str
    tags: list[str]
    images: list[Image]


class Seller(msgspec.Struct):
    """Part of MediumDeclared."""

    name: str
    email: str | None = None


class MediumDeclared(msgspec.Struct):
    """As the document's benchmark declares it."""

    name: str
    description: str
    price: float
    seller: Seller


class Tag(msgspec.Struct):
    """Part of VeryLargeDeclared."""

    name: str


class VeryLargeDeclared(msgspec.Struct):
    """As the document's benchmark declares it."""

    name: str
    description: str
    price: float
    tags: list[Tag]


class Item(msgspec.Struct):
    """Part of Catalogue."""

    name: str
    description: str
    price: float


class Catalogue(msgspec.Struct):
    """As many items as the size asks for."""

    name: str
    items: list[Item]


MODELS = {
    "small": Small,
    "medium": Medium,
    "large": Large,
    "very-large": VeryLarge,
    "medium-declared": MediumDeclared,
    "very-large-declared": VeryLargeDeclared,
    "catalogue": Catalogue,
}


def routes(app: Application) -> None:
    """Add POST /echo/MODEL for each model; the handlers return the model."""
    for name, model in MODELS.items():
        add_typed(app, f"/echo/{name}", model)


def routes_dictionary(app: Application) -> None:
    """Add the same, but the handlers return a dictionary."""
    for name, model in MODELS.items():
        add_dictionary(app, f"/echo/{name}", model)


def add_typed(app: Application, path: str, model: type[msgspec.Struct]) -> None:
    """Add one handler that returns what it got."""

    @app.post(path)
    async def echo(body: model) -> model:
        return body


def add_dictionary(app: Application, path: str, model: type[msgspec.Struct]) -> None:
    """Add one handler that returns a dictionary made of what it got."""

    @app.post(path)
    async def echo(body: model) -> dict:
        return msgspec.to_builtins(body)
