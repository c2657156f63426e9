"""Plain JSON or TOML values into frozen dataclasses, checked against their annotations. Pure.

A dataclass is its own schema: a field without a default must be there, `X | None` may be null,
and a field that the dataclass does not know is passed over, so that a later file still reads.
"""

from __future__ import annotations

import math
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

LARGEST = 1 << 1023  # a larger whole number may be none as a float
NAMES = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}


class MalformedError(ValueError):
    """A value that is not what its field asks for; `found` completes the sentence "<field> ..."."""

    def __init__(self, field: str, found: str) -> None:
        super().__init__(f"{field} {found}")
        self.field = field
        self.found = found


def decoded(kind: Any, value: object, field: str = "") -> Any:  # noqa: ANN401 - any type in, any out
    """Return `value` as a `kind`, or raise MalformedError with the path of the field at fault."""
    if is_dataclass(kind):
        return _record(kind, value, field)
    if isinstance(kind, UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if value is None else decoded(inner, value, field)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind)[0], value, field)
    if get_origin(kind) is dict:
        return _mapping(get_args(kind)[1], value, field)
    return _scalar(kind, value, field)


def _record(kind: Any, value: object, path: str) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        raise MalformedError(path or "the file", "is not an object")
    hints = get_type_hints(kind)
    given = {}
    for field in fields(kind):
        where = f"{path}.{field.name}" if path else field.name
        if field.name in value:
            given[field.name] = decoded(hints[field.name], value[field.name], where)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise MalformedError(where, "is missing")
    return kind(**given)


def _sequence(kind: Any, value: object, path: str) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(value, list):
        raise MalformedError(path, "is not a list")
    return tuple(decoded(kind, item, f"{path}[{index}]") for index, item in enumerate(value))


def _mapping(kind: Any, value: object, path: str) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise MalformedError(path, "is not an object")
    return {key: decoded(kind, item, f"{path}.{key}") for key, item in value.items()}


def _scalar(kind: Any, value: object, path: str) -> Any:  # noqa: ANN401
    if kind is float and type(value) is int:
        value = float(value) if abs(value) < LARGEST else math.inf
    if type(value) is not kind:  # not isinstance: true and false are no numbers here
        raise MalformedError(path, f"is not {NAMES[kind]}")
    if kind is float and not math.isfinite(value):
        raise MalformedError(path, "is not a finite number")
    return value
