"""The mixed workload on Flask: each thread keeps its connection."""

from flask import Flask, abort

from workloads.cpu.sum_of_squares import sum_of_squares
from workloads.mixed.item_table import ItemTable, reset
from workloads.state_file import state_file


def routes(app: Flask) -> None:
    """Add GET and POST /mixed/items/{id}, and GET /mixed/cpu."""
    database = state_file("flask", "mixed")
    reset(database)
    table = ItemTable(database)

    @app.get("/mixed/items/<int:number>")
    def read(number: int) -> dict[str, int | str]:
        row = table.read(number)
        if row is None:
            abort(404)
        return dict(zip(("id", "name", "counter"), row, strict=True))

    @app.post("/mixed/items/<int:number>")
    def count_up(number: int) -> dict[str, int]:
        counter = table.count_up(number)
        if counter is None:
            abort(404)
        return {"id": number, "counter": counter}

    @app.get("/mixed/cpu")
    def computed() -> dict[str, int]:
        return {"result": sum_of_squares(100000), "iterations": 100000}
