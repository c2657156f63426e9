"""The hello workload on Litestar: a coroutine function, a plain text."""

from litestar import Litestar, MediaType, get


@get("/hello", media_type=MediaType.TEXT)
async def hello() -> str:
    """Answer."""
    return "Hello, World!"


def routes(app: Litestar) -> None:
    """Add GET /hello."""
    app.register(hello)
