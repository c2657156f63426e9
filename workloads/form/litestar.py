"""The form workload on Litestar: the form becomes a msgspec structure, and the same goes out."""

from typing import Annotated

from litestar import Litestar, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

URL_ENCODED = Body(media_type=RequestEncodingType.URL_ENCODED)


class SimpleForm(Struct):
    """4 fields."""

    name: str
    email: str
    age: int
    subscribe: bool


class ComplexForm(Struct):
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


@post("/form/simple", status_code=200)
async def simple(data: Annotated[SimpleForm, URL_ENCODED]) -> SimpleForm:
    """Answer 4 fields."""
    return data


@post("/form/complex", status_code=200)
async def complex_(data: Annotated[ComplexForm, URL_ENCODED]) -> ComplexForm:
    """Answer 18 fields."""
    return data


def routes(app: Litestar) -> None:
    """Add POST /form/simple and /form/complex."""
    for handler in (simple, complex_):
        app.register(handler)
