"""The echo workload on Robyn: a pydantic model in, the same model out."""

from robyn import Robyn

from workloads.echo.pydantic_documents import (
    Catalogue,
    Large,
    Medium,
    MediumDeclared,
    Small,
    VeryLarge,
    VeryLargeDeclared,
)


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
