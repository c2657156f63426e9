"""Reads results/documents/<document>.toml. The only reader of documents."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reports.decoding import MalformedError, decoded
from reports.document import Document
from reports.input_error import InputError


def read_documents(folder: Path) -> dict[str, Document]:
    """Return the documents by name; an empty folder is no error, a run may belong to none."""
    if not folder.is_dir():
        raise InputError.no_folder(folder, "--documents")
    documents = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return {each.document.name: each for each in documents}


def _read(path: Path) -> Document:
    try:
        return decoded(Document, _with_plain_date(tomllib.loads(path.read_text(encoding="utf-8"))))
    except tomllib.TOMLDecodeError as error:
        raise InputError.malformed_document(path, "the file", f"is not TOML ({error})") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError.not_readable(path, reason) from None
    except MalformedError as error:
        raise InputError.malformed_document(path, error.field, error.found) from None


def _with_plain_date(value: dict[str, object]) -> dict[str, object]:
    """Let a date stand with or without quotes: TOML has dates of its own."""
    about = value.get("document")
    if isinstance(about, dict) and "date" in about:
        return {**value, "document": {**about, "date": str(about["date"])}}
    return value
