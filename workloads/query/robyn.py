"""The query workload on Robyn, which converts each parameter to its annotation."""

from robyn import Robyn


def routes(app: Robyn) -> None:
    """Add GET /query/few, /query/medium and /query/many."""

    @app.get("/query/few")
    async def few(q: str, page: int, limit: int) -> dict:
        return dict(q=q, page=page, limit=limit)

    @app.get("/query/medium")
    async def medium(
        q: str,
        page: int,
        limit: int,
        sort: str,
        descending: bool,
        min_price: float,
        max_price: float,
        in_stock: bool,
    ) -> dict:
        return dict(
            q=q,
            page=page,
            limit=limit,
            sort=sort,
            descending=descending,
            min_price=min_price,
            max_price=max_price,
            in_stock=in_stock,
        )

    @app.get("/query/many")
    async def many(
        text1: str,
        text2: str,
        text3: str,
        text4: str,
        number1: int,
        number2: int,
        number3: int,
        number4: int,
        ratio1: float,
        ratio2: float,
        ratio3: float,
        ratio4: float,
        flag1: bool,
        flag2: bool,
        flag3: bool,
        flag4: bool,
    ) -> dict:
        return dict(
            text1=text1,
            text2=text2,
            text3=text3,
            text4=text4,
            number1=number1,
            number2=number2,
            number3=number3,
            number4=number4,
            ratio1=ratio1,
            ratio2=ratio2,
            ratio3=ratio3,
            ratio4=ratio4,
            flag1=flag1,
            flag2=flag2,
            flag3=flag3,
            flag4=flag4,
        )
