"""One handler in the three ways in which FastAPI's variants run it.

A plain function is what a thread of FastAPI's pool runs. `on_the_loop` makes the coroutine function
of it that runs on the event loop, and `written_once` the handler whose reply is not checked against
the model a second time. For the workloads whose handlers are otherwise the same; the documents'
own handlers are written out. Used by workloads/*/fastapi.py alone.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


def on_the_loop(handler: Callable[Arguments, Value]) -> Callable[Arguments, Awaitable[Value]]:
    """Return a coroutine function that does what `handler` does, on the loop's own thread."""

    @wraps(handler)  # FastAPI finds the parameters of what is wrapped
    async def coroutine(*values: Arguments.args, **named: Arguments.kwargs) -> Value:
        return handler(*values, **named)

    return coroutine


def written_once(
    handler: Callable[Arguments, BaseModel | dict],
) -> Callable[Arguments, Awaitable[Response]]:
    """Return the same on the loop, with the response made from the model itself.

    To be added with `response_model=None`, or FastAPI makes a model of the annotation.
    """

    @wraps(handler)
    async def coroutine(*values: Arguments.args, **named: Arguments.kwargs) -> Response:
        return response_of(handler(*values, **named))

    return coroutine


def response_of(value: BaseModel | dict) -> Response:
    """Return the response: pydantic writes a model, the standard library a dictionary."""
    if isinstance(value, BaseModel):
        return Response(value.model_dump_json(), media_type="application/json")
    return JSONResponse(value)
