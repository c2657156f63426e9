"""The mixed workload on Spikard: plain functions, which it runs beside its event loop."""

from spikard import Response

from baselines.spikard.application import Application, Reply, json_response
from workloads.cpu.sum_of_squares import sum_of_squares
from workloads.mixed.item_table import ItemTable, reset
from workloads.state_file import state_file

DATABASE = state_file("spikard", "mixed")
NOT_FOUND = {"content": "no such item", "status_code": 404, "headers": {}}


def routes(app: Application) -> None:
    """Add GET and POST /mixed/items/{number} and GET /mixed/cpu."""
    reset(DATABASE)
    table = ItemTable(DATABASE)

    @app.get("/mixed/items/{number}")
    def read(number: int) -> Reply:
        row = table.read(number)
        if row is None:
            return Response(**NOT_FOUND)
        return json_response({"id": row[0], "name": row[1], "counter": row[2]})

    @app.post("/mixed/items/{number}")
    def update(number: int) -> Reply:
        counter = table.count_up(number)
        if counter is None:
            return Response(**NOT_FOUND)
        return json_response({"id": number, "counter": counter})

    @app.get("/mixed/cpu")
    def computation() -> dict:
        return {"result": sum_of_squares(100_000), "iterations": 100_000}
