"""Spikard's application, and how it is run, under one name each for its two interfaces.

Up to 0.13 the class is `Spikard` and runs where it is told to. In 0.17.2 it is `App`, whose `run`
drops the configuration: it listens on 127.0.0.1, on the port of an environment variable.
"""

import inspect
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import spikard
from spikard import Response

Handler = Callable[..., object]

HAS_APP = hasattr(spikard, "App")
ONLY_HOST = "127.0.0.1" if HAS_APP else None

# What a handler is annotated to return that makes its own response: 0.3.1 looks for a JSON schema
# of what it reads there, and refuses a Response, against its own document.
Reply = Response if HAS_APP else Any


def json_response(content: object) -> Response:
    """Return a handler's own response as it is, anything else as JSON that says so."""
    if isinstance(content, Response):
        return content
    headers = {"content-type": "application/json"}
    return Response(content=content, status_code=200, headers=headers)


def labelled(handler: Handler) -> Handler:
    """Return the handler with its replies labelled; Spikard finds what is wrapped by itself."""
    if not inspect.iscoroutinefunction(handler):
        return wraps(handler)(lambda **values: json_response(handler(**values)))

    @wraps(handler)
    async def coroutine(**values: object) -> Response:
        return json_response(await handler(**values))

    return coroutine


if HAS_APP:

    class Application(spikard.App):
        """0.17.2's, which by itself sends a dictionary without a Content-Type."""

        def add_route(self, method: str, path: str, handler: Handler, **options: object) -> Handler:
            """Add the handler with its replies labelled."""
            return super().add_route(method, path, labelled(handler), **options)

else:
    Application = spikard.Spikard


def run(app: Application, host: str, port: int) -> None:
    """Serve until the process ends; host is ONLY_HOST where that is not None."""
    if HAS_APP:
        os.environ["SPIKARD_SERVER_PORT"] = str(port)
        app.run()
    else:
        app.run(config=spikard.ServerConfig(host=host, port=port, workers=1))
