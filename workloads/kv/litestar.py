"""The kv workload on Litestar: a connection for each process, asked on the loop's own thread."""

from litestar import Litestar, MediaType, Response, delete, get, post

from workloads.kv.key_value_table import KeyValueTable, reset
from workloads.state_file import state_file


def routes(app: Litestar) -> None:
    """Add GET, POST and DELETE /kv/{key}."""
    database = state_file("litestar", "kv")
    reset(database)
    table = KeyValueTable(database)

    @get("/kv/{key:str}", media_type=MediaType.TEXT)
    async def get_or_create(key: str) -> str:
        return table.get_or_create(key)

    @post("/kv/{key:str}", media_type=MediaType.TEXT, status_code=200)
    async def update(key: str, body: bytes) -> str:
        return table.update(key, body)

    @delete("/kv/{key:str}", media_type=MediaType.TEXT, status_code=200)
    async def delete_key(key: str) -> Response[str]:
        status, text = table.delete(key)
        return Response(text, status_code=status, media_type=MediaType.TEXT)

    for handler in (get_or_create, update, delete_key):
        app.register(handler)
