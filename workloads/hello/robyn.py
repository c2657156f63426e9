"""The hello workload on Robyn: a coroutine function, a plain text."""

from robyn import Robyn


def routes(app: Robyn) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    async def hello() -> str:
        return "Hello, World!"
