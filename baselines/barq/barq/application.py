"""A Barq application: routes to plain functions, whose parameters say what they take.

Signature and hints of a handler are read anew for each request: computing them once is something
that Barq's second version added.
"""

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

from .messages import HTTPException, Request, Response
from .routing import Handler, Routes
from .server import Server


class Depends:
    """Marks a parameter, inside Annotated, as what another function returns."""

    def __init__(self, function: Handler) -> None:
        self.function = function


class Barq:
    """One application; routes are added before it runs."""

    def __init__(self) -> None:
        self._routes = Routes()
        self._startup: list[Callable[[], None]] = []

    def get(self, path: str) -> Callable[[Handler], Handler]:
        """Add a handler for GET."""
        return self._adding("GET", path)

    def post(self, path: str) -> Callable[[Handler], Handler]:
        """Add a handler for POST."""
        return self._adding("POST", path)

    def put(self, path: str) -> Callable[[Handler], Handler]:
        """Add a handler for PUT."""
        return self._adding("PUT", path)

    def delete(self, path: str) -> Callable[[Handler], Handler]:
        """Add a handler for DELETE."""
        return self._adding("DELETE", path)

    def on_startup(self, function: Callable[[], None]) -> Callable[[], None]:
        """Add a function that runs before the server listens."""
        self._startup.append(function)
        return function

    def run(
        self,
        host: str = "127.0.0.1",
        port: int = 8000,
        workers: int | None = None,
        listening: Callable[[], None] = lambda: None,
    ) -> None:
        """Serve until Ctrl-C; `listening` is called once the server can be reached."""
        for function in self._startup:
            function()
        Server(self.reply, workers or os.cpu_count() or 1).run(host, port, listening)

    def reply(self, request: Request) -> Response:
        """Answer one request; any thread."""
        found = self._routes.match(request.method, request.path)
        if not found:
            return Response.json({"detail": "Not Found"}, 404)
        handler, request.path_params = found
        try:
            return response_of(handler(**arguments_of(handler, request)))
        except HTTPException as error:
            return Response.json({"detail": error.detail}, error.status)
        except ValidationError as error:
            return Response.json({"detail": error.errors()}, 422)
        except Exception:
            return Response.json({"detail": "Internal Server Error"}, 500)

    def _adding(self, method: str, path: str) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self._routes.add(method, path, handler)
            return handler

        return add


def arguments_of(function: Handler, request: Request) -> dict[str, Any]:
    """Return what a handler or dependency is called with; what nobody has is left out.

    What a dependency returned is kept for this one call only, so that one which two others need
    runs twice.
    """
    hints = get_type_hints(function, include_extras=True)
    results: dict[Handler, Any] = {}
    arguments = {}
    for name, parameter in inspect.signature(function).parameters.items():
        hint = hints.get(name)
        if dependency := dependency_of(hint):
            if dependency not in results:
                results[dependency] = dependency(**arguments_of(dependency, request))
            value = results[dependency]
        else:
            value = value_of(name, hint, parameter.default, request)
        if value is not inspect.Parameter.empty:
            arguments[name] = value
    return arguments


def dependency_of(hint: object) -> Handler | None:
    """Return the function that a hint names with Depends, if it does."""
    if get_origin(hint) is not Annotated:
        return None
    marks = [mark for mark in get_args(hint) if isinstance(mark, Depends)]
    return marks[0].function if marks else None


def value_of(name: str, hint: object, default: object, request: Request) -> object:
    """Return a parameter's value from path, body or query, in this order, or its default."""
    if hint is Request:
        return request
    if name in request.path_params:
        return converted(request.path_params[name], hint)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint.model_validate(request.json())
    text = request.query(name)
    return default if text is None else converted(text, hint)


def converted(text: str, hint: object) -> object:
    """Read a number or a truth value; raises where a number is none, which ends as status 500."""
    if hint is bool:
        return text.lower() in ("true", "1")
    return hint(text) if hint in (int, float) else text


def response_of(result: object) -> Response:
    """Return the reply that a handler's result means."""
    if isinstance(result, Response):
        return result
    if isinstance(result, str):
        return Response.text(result)
    return Response.empty() if result is None else Response.json(result)
