"""The hello workload on new-baseline: a text is a reply of plain text."""

from application import Application


def routes(app: Application) -> None:
    """Add GET /hello."""

    @app.get("/hello")
    def hello() -> str:
        return "Hello, World!"
