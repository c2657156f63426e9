"""The query workload on Spikard, which takes each parameter's type from its annotation."""

from spikard import Query

from baselines.spikard.application import Application

REQUIRED = Query()  # 0.3.1 takes a parameter without it for a dependency to be injected


def routes(app: Application) -> None:
    """Add GET /query/few, /query/medium and /query/many."""

    @app.get("/query/few")
    async def few(q: str = REQUIRED, page: int = REQUIRED, limit: int = REQUIRED) -> dict:
        return {"q": q, "page": page, "limit": limit}

    @app.get("/query/medium")
    async def medium(
        q: str = REQUIRED,
        page: int = REQUIRED,
        limit: int = REQUIRED,
        sort: str = REQUIRED,
        descending: bool = REQUIRED,
        min_price: float = REQUIRED,
        max_price: float = REQUIRED,
        in_stock: bool = REQUIRED,
    ) -> dict:
        return {
            "q": q,
            "page": page,
            "limit": limit,
            "sort": sort,
            "descending": descending,
            "min_price": min_price,
            "max_price": max_price,
            "in_stock": in_stock,
        }

    @app.get("/query/many")
    async def many(
        text1: str = REQUIRED,
        text2: str = REQUIRED,
        text3: str = REQUIRED,
        text4: str = REQUIRED,
        number1: int = REQUIRED,
        number2: int = REQUIRED,
        number3: int = REQUIRED,
        number4: int = REQUIRED,
        ratio1: float = REQUIRED,
        ratio2: float = REQUIRED,
        ratio3: float = REQUIRED,
        ratio4: float = REQUIRED,
        flag1: bool = REQUIRED,
        flag2: bool = REQUIRED,
        flag3: bool = REQUIRED,
        flag4: bool = REQUIRED,
    ) -> dict:
        return {
            **{"text1": text1, "text2": text2, "text3": text3, "text4": text4},
            **{"number1": number1, "number2": number2, "number3": number3, "number4": number4},
            **{"ratio1": ratio1, "ratio2": ratio2, "ratio3": ratio3, "ratio4": ratio4},
            **{"flag1": flag1, "flag2": flag2, "flag3": flag3, "flag4": flag4},
        }
