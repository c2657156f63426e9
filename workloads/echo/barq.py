"""The echo workload on Barq: a pydantic model in, the same model out.

Barq reads the body with the standard library's json; the reply is written by pydantic.
"""

from barq import Barq

from workloads.echo.pydantic_documents import (
    Catalogue,
    Large,
    Medium,
    MediumDeclared,
    Small,
    VeryLarge,
    VeryLargeDeclared,
)


def routes(app: Barq) -> None:
    """Add POST /echo/NAME, a route for each model."""

    @app.post("/echo/small")
    def small(body: Small) -> Small:
        return body

    @app.post("/echo/medium")
    def medium(body: Medium) -> Medium:
        return body

    @app.post("/echo/large")
    def large(body: Large) -> Large:
        return body

    @app.post("/echo/very-large")
    def very_large(body: VeryLarge) -> VeryLarge:
        return body

    @app.post("/echo/medium-declared")
    def medium_declared(body: MediumDeclared) -> MediumDeclared:
        return body

    @app.post("/echo/very-large-declared")
    def very_large_declared(body: VeryLargeDeclared) -> VeryLargeDeclared:
        return body

    @app.post("/echo/catalogue")
    def catalogue(body: Catalogue) -> Catalogue:
        return body
