"""The kv workload on freetser, where it comes from: its tests' routines, in the store's thread.

Each routine is one transaction there, so the counter that `update` asks for is always the current.
"""

from freetser import Request, Response, Storage
from freetser.server import StorageQueue

from baselines.freetser.application import Application

TABLE = "USERS"


def get_or_create(store: Storage, key: str) -> Response:
    """Find the key, or add it with its first value."""
    found = store.get(TABLE, key)
    if found is None:
        store.add(TABLE, key, f"item-{key}".encode())
        return Response.text(f"Created: {key}\n")
    _, counter = found
    return Response.text(f"Found: {key}, counter={counter}\n")


def update(store: Storage, key: str, value: bytes) -> Response:
    """Set the value and count, or add the key with this value."""
    found = store.get(TABLE, key)
    if found is None:
        store.add(TABLE, key, value)
        return Response.text(f"Created: {key}\n")
    _, counter = found
    store.update(TABLE, key, value, counter)
    return Response.text(f"Updated: {key}\n")


def delete(store: Storage, key: str) -> Response:
    """Delete the key."""
    if store.delete(TABLE, key):
        return Response.text(f"Deleted: {key}\n")
    return Response.text(f"Not found: {key}\n", status_code=404)


def key_of(request: Request) -> str:
    """Return the key that a path names."""
    return request.path.removeprefix("/kv/")


def routes(app: Application) -> None:
    """Fill the store and add GET, POST and DELETE /kv/KEY."""
    app.fill(TABLE, ((str(key), f"item-{key}".encode()) for key in range(1, 10_001)))

    @app.get("/kv/")
    def get(request: Request, store_queue: StorageQueue) -> Response:
        return store_queue.execute(lambda store: get_or_create(store, key_of(request)))

    @app.post("/kv/")
    def post(request: Request, store_queue: StorageQueue) -> Response:
        return store_queue.execute(lambda store: update(store, key_of(request), request.body))

    @app.delete("/kv/")
    def remove(request: Request, store_queue: StorageQueue) -> Response:
        return store_queue.execute(lambda store: delete(store, key_of(request)))
