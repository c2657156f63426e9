"""The no-db workload on Karak: a parameter in the path, a text."""

from karak import Karak


def routes(app: Karak) -> None:
    """Add GET /no-db/{key}."""

    @app.get("/no-db/{key}")
    def found(key: str) -> str:
        return f"Found: {key}, counter=0\n"
