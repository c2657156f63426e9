"""Which handler a request goes to: a list of patterns, tried from the first to the last.

No tree and no index, as in Barq v1: the last route of a hundred costs a hundred matches. A path
that is known by another method only is not found, too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Handler = Callable[..., Any]

PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Route:
    """One method and pattern, and who answers."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler


def pattern_of(path: str) -> re.Pattern[str]:
    """Return the pattern of a path; `{name}` is one segment, all else stands for itself."""
    pieces = PARAMETER.split(path)  # text, name, text, name, ..., text
    texts, names = map(re.escape, pieces[::2]), [f"(?P<{name}>[^/]+)" for name in pieces[1::2]]
    return re.compile("".join(text + name for text, name in zip(texts, [*names, ""], strict=True)))


class Routes:
    """The routes of one application; filled before it serves, read by all threads then."""

    def __init__(self) -> None:
        self._routes: list[Route] = []

    def add(self, method: str, path: str, handler: Handler) -> None:
        """Add a route after all others."""
        self._routes.append(Route(method, pattern_of(path), handler))

    def match(self, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
        """Return the first route's handler with the parameters in the path."""
        for route in self._routes:
            if route.method == method and (found := route.pattern.fullmatch(path)):
                return route.handler, found.groupdict()
        return None
