"""Reads a TOML file that people wrote by hand into a record, and names what is wrong with it.

Stricter than `decoding`, which serves files of programs: here a field that the record does not know
is a slip of the pen, and would be lost without a word.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reports.decoding import MalformedError, decoded
from reports.input_error import InputError


def toml_of(path: Path) -> dict[str, Any]:
    """Return the file's values; a date stands as its text, with or without quotes."""
    try:
        return _with_plain_dates(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise InputError.malformed_document(path, "the file", f"is not TOML ({error})") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError.not_readable(path, reason) from None


def record_of(kind: Any, value: dict[str, Any], path: Path) -> Any:  # noqa: ANN401 - as decoded()
    """Return the values of `path` as a `kind`, or raise the sentence that names the field."""
    try:
        _refuse_unknown_fields(kind, value, "")
        return decoded(kind, value)
    except MalformedError as error:
        raise InputError.malformed_document(path, error.field, error.found) from None


def _with_plain_dates(value: Any) -> Any:  # noqa: ANN401 - any TOML value
    if isinstance(value, dict):
        return {key: _with_plain_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_plain_dates(inner) for inner in value]
    return str(value) if isinstance(value, date) else value


def _refuse_unknown_fields(kind: Any, value: object, field: str) -> None:  # noqa: ANN401
    if isinstance(kind, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_unknown_fields(get_args(kind)[0], item, f"{field}[{index}]")
    if is_dataclass(kind) and isinstance(value, dict):
        _refuse_in_record(kind, value, field)


def _refuse_in_record(kind: Any, value: dict[str, Any], field: str) -> None:  # noqa: ANN401
    hints = get_type_hints(kind)
    known = {each.name for each in fields(kind)}
    for name, inner in value.items():
        where = f"{field}.{name}" if field else name
        if name not in known:
            raise MalformedError(where, f"is not one of {', '.join(sorted(known))}")
        _refuse_unknown_fields(hints[name], inner, where)
