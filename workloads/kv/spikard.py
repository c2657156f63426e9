"""The kv workload on Spikard: plain functions, on threads of Spikard's that keep their connections.

0.17.2 gives a handler no body that is neither JSON nor a form, so there is no update there.
"""

from spikard import Response

from baselines.spikard.application import Application, Reply
from workloads.kv.key_value_table import KeyValueTable, reset
from workloads.state_file import state_file

DATABASE = state_file("spikard", "kv")


def text_response(text: str, status: int = 200) -> Response:
    """Return a reply of plain text."""
    return Response(content=text, status_code=status, headers={"content-type": "text/plain"})


def routes(app: Application) -> None:
    """Add GET, POST and DELETE /kv/{key}."""
    table = add_get_and_delete(app)

    @app.post("/kv/{key}")
    def update(body: str, key: str) -> Reply:
        value: bytes = body  # annotated otherwise, a body that is not JSON is refused
        return text_response(table.update(key, value))


def routes_newest(app: Application) -> None:
    """Add GET and DELETE /kv/{key}."""
    add_get_and_delete(app)


def add_get_and_delete(app: Application) -> KeyValueTable:
    """Make the table and add what both versions can do; return the table."""
    reset(DATABASE)
    table = KeyValueTable(DATABASE)

    @app.get("/kv/{key}")
    def get_or_create(key: str) -> Reply:
        return text_response(table.get_or_create(key))

    @app.delete("/kv/{key}")
    def delete(key: str) -> Reply:
        status, text = table.delete(key)
        return text_response(text, status)

    return table
