"""The kv workload on Flask: each thread keeps its connection."""

from flask import Flask, Response, request

from workloads.kv.key_value_table import KeyValueTable, reset
from workloads.state_file import state_file


def plain(text: str, status: int = 200) -> Response:
    """Make a reply of plain text."""
    return Response(text, status, mimetype="text/plain")


def routes(app: Flask) -> None:
    """Add GET, POST and DELETE /kv/{key}."""
    database = state_file("flask", "kv")
    reset(database)
    table = KeyValueTable(database)

    @app.get("/kv/<key>")
    def get_or_create(key: str) -> Response:
        return plain(table.get_or_create(key))

    @app.post("/kv/<key>")
    def update(key: str) -> Response:
        return plain(table.update(key, request.get_data()))

    @app.delete("/kv/<key>")
    def delete(key: str) -> Response:
        status, text = table.delete(key)
        return plain(text, status)
