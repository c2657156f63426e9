"""The hello workload on Karak: a text is a reply of plain text."""

from karak import Karak


def routes(app: Karak) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    def hello() -> str:
        return "Hello, World!"
