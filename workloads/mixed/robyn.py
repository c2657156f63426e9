"""The mixed workload on Robyn: plain handlers, and each thread keeps its connection."""

from robyn import Response, Robyn

from workloads.cpu.sum_of_squares import sum_of_squares
from workloads.mixed.item_table import ItemTable, reset
from workloads.state_file import state_file


def missing() -> Response:
    """Answer that there is no such item."""
    return Response(status_code=404, headers={}, description="there is no such item")


def routes(app: Robyn) -> None:
    """Add GET and POST /mixed/items/{id}, and GET /mixed/cpu."""
    database = state_file("robyn", "mixed")
    reset(database)
    table = ItemTable(database)

    @app.get("/mixed/items/:number")
    def read(number: int) -> dict | Response:
        row = table.read(number)
        if row is None:
            return missing()
        return dict(zip(("id", "name", "counter"), row, strict=True))

    @app.post("/mixed/items/:number")
    def count_up(number: int) -> dict | Response:
        counter = table.count_up(number)
        return missing() if counter is None else {"id": number, "counter": counter}

    @app.get("/mixed/cpu")
    def computed() -> dict:
        return {"result": sum_of_squares(100000), "iterations": 100000}
