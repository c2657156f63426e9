"""The echo workload on FastAPI: a pydantic model in, the same out; one that does not fit is 422."""

from fastapi import FastAPI

from workloads.echo.pydantic_documents import (
    Catalogue,
    Large,
    Medium,
    MediumDeclared,
    Small,
    VeryLarge,
    VeryLargeDeclared,
)
from workloads.fastapi_handlers import on_the_loop, written_once


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
