"""The no-db workload on Robyn: the reply of kv, and nothing kept."""

from robyn import Robyn


def routes(app: Robyn) -> None:
    """Add GET /no-db/{key}."""

    @app.get("/no-db/:key")
    async def found(key: str) -> str:
        return f"Found: {key}, counter=0\n"
