"""The form workload on FastAPI: a pydantic model of the form, and the same model out.

FastAPI leaves the decoding to python-multipart.
"""

from typing import Annotated

from fastapi import FastAPI, Form
from pydantic import BaseModel

from workloads.fastapi_handlers import on_the_loop, written_once


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


def simple(form: Annotated[SimpleForm, Form()]) -> SimpleForm:
    """Answer 4 fields."""
    return form


def complex_(form: Annotated[ComplexForm, Form()]) -> ComplexForm:
    """Answer 18 fields."""
    return form


HANDLERS = {"/form/simple": simple, "/form/complex": complex_}


def routes(app: FastAPI) -> None:
    """Add POST /form/..., each with a response model."""
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
