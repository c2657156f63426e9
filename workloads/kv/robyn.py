"""The kv workload on Robyn: plain handlers, and each thread keeps its connection."""

from robyn import Request, Response, Robyn

from workloads.kv.key_value_table import KeyValueTable, reset
from workloads.state_file import state_file

PLAIN = {"Content-Type": "text/plain"}


def routes(app: Robyn) -> None:
    """Add GET, POST and DELETE /kv/{key}."""
    database = state_file("robyn", "kv")
    reset(database)
    table = KeyValueTable(database)

    @app.get("/kv/:key")
    def get_or_create(key: str) -> str:
        return table.get_or_create(key)

    @app.post("/kv/:key")
    def update(key: str, request: Request) -> str:
        body = request.body  # bytes, or a text where it is one
        return table.update(key, body.encode() if isinstance(body, str) else bytes(body))

    @app.delete("/kv/:key")
    def delete(key: str) -> Response:
        status, text = table.delete(key)
        return Response(status_code=status, headers=PLAIN, description=text)
