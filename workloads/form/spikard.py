"""The form workload on Spikard: it decodes the form and makes the fields of the type asked for."""

import msgspec

from baselines.spikard.application import Application


class Simple(msgspec.Struct):
    """Four fields."""

    name: str
    email: str
    age: int
    subscribe: bool


class Complex(msgspec.Struct):
    """Eighteen fields."""

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


def routes(app: Application) -> None:
    """Add POST /form/simple and /form/complex."""

    @app.post("/form/simple")
    async def simple(body: Simple) -> dict:
        return msgspec.to_builtins(body)

    @app.post("/form/complex")
    async def many_fields(body: Complex) -> dict:
        return msgspec.to_builtins(body)
