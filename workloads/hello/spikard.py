"""The hello workload on Spikard; a plain string would be sent as JSON by 0.3.1, in quotes."""

from spikard import Response

from baselines.spikard.application import Application, Reply


def routes(app: Application) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    async def hello() -> Reply:
        headers = {"content-type": "text/plain"}
        return Response(content="Hello, World!", status_code=200, headers=headers)
