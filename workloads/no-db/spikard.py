"""The no-db workload on Spikard: the text that kv would answer."""

from spikard import Response

from baselines.spikard.application import Application, Reply


def routes(app: Application) -> None:
    """Add GET /no-db/{key}."""

    @app.get("/no-db/{key}")
    async def found(key: str) -> Reply:
        headers = {"content-type": "text/plain"}
        return Response(content=f"Found: {key}, counter=0\n", status_code=200, headers=headers)
