"""The mixed workload on Litestar: a connection for each process, asked on the loop's own thread."""

from litestar import Litestar, get, post
from litestar.exceptions import NotFoundException
from msgspec import Struct

from workloads.cpu.sum_of_squares import sum_of_squares
from workloads.mixed.item_table import ItemTable, reset
from workloads.state_file import state_file


class Item(Struct):
    """A row."""

    id: int
    name: str
    counter: int


class Counted(Struct):
    """What an update answers."""

    id: int
    counter: int


class Sum(Struct):
    """What the computation answers."""

    result: int
    iterations: int


def routes(app: Litestar) -> None:
    """Add GET and POST /mixed/items/{id}, and GET /mixed/cpu."""
    database = state_file("litestar", "mixed")
    reset(database)
    table = ItemTable(database)

    @get("/mixed/items/{number:int}")
    async def read(number: int) -> Item:
        row = table.read(number)
        if row is None:
            raise NotFoundException
        return Item(*row)

    @post("/mixed/items/{number:int}", status_code=200)
    async def count_up(number: int) -> Counted:
        counter = table.count_up(number)
        if counter is None:
            raise NotFoundException
        return Counted(number, counter)

    @get("/mixed/cpu")
    async def computed() -> Sum:
        return Sum(sum_of_squares(100000), 100000)

    for handler in (read, count_up, computed):
        app.register(handler)
