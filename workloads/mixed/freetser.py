"""The mixed workload on freetser: the items are keys of its store, with the store's own counter."""

from freetser import Request, Response, Storage
from freetser.server import StorageQueue

from baselines.freetser.application import Application
from workloads.cpu.sum_of_squares import sum_of_squares

TABLE = "ITEMS"


def count_up(store: Storage, key: str) -> int | None:
    """Add one to an item's counter and return what it is now."""
    found = store.get(TABLE, key)
    if found is None:
        return None
    name, counter = found
    store.update(TABLE, key, name, counter)
    return counter + 1


def key_of(request: Request) -> str:
    """Return the item that a path names."""
    return request.path.removeprefix("/mixed/items/")


def routes(app: Application) -> None:
    """Fill the store and add GET and POST /mixed/items/ID and GET /mixed/cpu."""
    app.fill(TABLE, ((str(number), f"item-{number}".encode()) for number in range(1, 10_001)))

    @app.get("/mixed/items/")
    def read(request: Request, store_queue: StorageQueue) -> Response:
        key = key_of(request)
        found = store_queue.execute(lambda store: store.get(TABLE, key))
        if found is None:
            return Response.text("Not found!", status_code=404)
        return app.json({"id": int(key), "name": found[0].decode(), "counter": found[1]})

    @app.post("/mixed/items/")
    def update(request: Request, store_queue: StorageQueue) -> Response:
        key = key_of(request)
        counter = store_queue.execute(lambda store: count_up(store, key))
        if counter is None:
            return Response.text("Not found!", status_code=404)
        return app.json({"id": int(key), "counter": counter})

    @app.get("/mixed/cpu")
    def computation(_request: Request, _store_queue: StorageQueue) -> Response:
        return app.json({"result": sum_of_squares(100_000), "iterations": 100_000})
