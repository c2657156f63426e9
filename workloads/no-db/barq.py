"""The no-db workload on Barq: a parameter in the path, a text."""

from barq import Barq


def routes(app: Barq) -> None:
    """Add GET /no-db/{key}."""

    @app.get("/no-db/{key}")
    def found(key: str) -> str:
        return f"Found: {key}, counter=0\n"
