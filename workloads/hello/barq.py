"""The hello workload on Barq: a text is a reply of plain text."""

from barq import Barq


def routes(app: Barq) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    def hello() -> str:
        return "Hello, World!"
