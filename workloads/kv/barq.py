"""The kv workload on Barq: a connection per thread, as Barq's benchmark keeps its own."""

from barq import Barq, Request, Response

from workloads.kv.key_value_table import KeyValueTable, reset
from workloads.state_file import state_file


def routes(app: Barq) -> None:
    """Add GET, POST and DELETE /kv/{key}."""
    database = state_file("barq", "kv")
    reset(database)
    table = KeyValueTable(database)

    @app.get("/kv/{key}")
    def get_or_create(key: str) -> str:
        return table.get_or_create(key)

    @app.post("/kv/{key}")
    def update(key: str, request: Request) -> str:
        return table.update(key, request.body)

    @app.delete("/kv/{key}")
    def delete(key: str) -> Response:
        status, text = table.delete(key)
        return Response.text(text, status)
