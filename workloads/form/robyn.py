"""The form workload on Robyn: the form becomes a pydantic model, and the same model goes out.

Robyn leaves URL-encoded bodies as they are: the standard library decodes them.
"""

from urllib.parse import parse_qsl

from pydantic import BaseModel
from robyn import Request, Robyn


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


def fields(request: Request) -> dict[str, str]:
    """Decode a form."""
    body = request.body
    return dict(parse_qsl(body if isinstance(body, str) else bytes(body).decode()))


def routes(app: Robyn) -> None:
    """Add POST /form/simple and /form/complex."""

    @app.post("/form/simple")
    async def simple(request: Request) -> SimpleForm:
        return SimpleForm.model_validate(fields(request))

    @app.post("/form/complex")
    async def complex_(request: Request) -> ComplexForm:
        return ComplexForm.model_validate(fields(request))
