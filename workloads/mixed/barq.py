"""The mixed workload on Barq: reads, updates and computation on the same worker threads."""

from barq import Barq, HTTPException
from pydantic import BaseModel

from workloads.mixed.item_table import ItemTable, reset
from workloads.state_file import state_file


class Item(BaseModel):
    """One row."""

    id: int
    name: str
    counter: int


class Counted(BaseModel):
    """What an update left."""

    id: int
    counter: int


class Sum(BaseModel):
    """The computation's reply."""

    result: int
    iterations: int


def routes(app: Barq) -> None:
    """Add GET and POST /mixed/items/{id}, and GET /mixed/cpu."""
    database = state_file("barq", "mixed")
    reset(database)
    table = ItemTable(database)

    @app.get("/mixed/items/{id}")
    def read(id: int) -> Item:
        row = table.read(id)
        if row is None:
            raise HTTPException(404, f"there is no item {id}")
        return Item(id=row[0], name=row[1], counter=row[2])

    @app.post("/mixed/items/{id}")
    def count_up(id: int) -> Counted:
        counter = table.count_up(id)
        if counter is None:
            raise HTTPException(404, f"there is no item {id}")
        return Counted(id=id, counter=counter)

    @app.get("/mixed/cpu")
    def sum_of_squares() -> Sum:
        total = 0
        for i in range(100000):
            total += i * i
        return Sum(result=total, iterations=100000)
