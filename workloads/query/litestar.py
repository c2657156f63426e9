"""The query workload on Litestar, which converts each parameter to its annotation."""

from litestar import Litestar, get
from msgspec import Struct


class Few(Struct):
    """3 values."""

    q: str
    page: int
    limit: int


class Medium(Few):
    """8 values."""

    sort: str
    descending: bool
    min_price: float
    max_price: float
    in_stock: bool


class Many(Struct):
    """16 values, four of each type."""

    text1: str
    text2: str
    text3: str
    text4: str
    number1: int
    number2: int
    number3: int
    number4: int
    ratio1: float
    ratio2: float
    ratio3: float
    ratio4: float
    flag1: bool
    flag2: bool
    flag3: bool
    flag4: bool


@get("/query/few")
async def few(q: str, page: int, limit: int) -> Few:
    """Answer 3 values."""
    return Few(q, page, limit)


@get("/query/medium")
async def medium(
    q: str,
    page: int,
    limit: int,
    sort: str,
    descending: bool,
    min_price: float,
    max_price: float,
    in_stock: bool,
) -> Medium:
    """Answer 8 values."""
    return Medium(q, page, limit, sort, descending, min_price, max_price, in_stock)


@get("/query/many")
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
) -> Many:
    """Answer 16 values."""
    texts = (text1, text2, text3, text4)
    numbers = (number1, number2, number3, number4)
    ratios = (ratio1, ratio2, ratio3, ratio4)
    return Many(*texts, *numbers, *ratios, flag1, flag2, flag3, flag4)


def routes(app: Litestar) -> None:
    """Add GET /query/few, /query/medium and /query/many."""
    for handler in (few, medium, many):
        app.register(handler)
