"""The no-db workload on Litestar: the reply of kv, and nothing kept."""

from litestar import Litestar, MediaType, get


@get("/no-db/{key:str}", media_type=MediaType.TEXT)
async def found(key: str) -> str:
    """Answer as if the key were there."""
    return f"Found: {key}, counter=0\n"


def routes(app: Litestar) -> None:
    """Add GET /no-db/{key}."""
    app.register(found)
