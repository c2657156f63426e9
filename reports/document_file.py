"""Reads results/documents/<document>.toml. The only reader of documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.document import METRICS, Document
from reports.input_error import InputError
from reports.toml_file import record_of, toml_of

CLAIMS = "claims.toml"  # lies beside the documents and has a reader of its own


def read_documents(folder: Path) -> dict[str, Document]:
    """Return the documents by name; an empty folder is no error, a run may belong to none."""
    if not folder.is_dir():
        raise InputError.no_folder(folder, "--documents")
    paths = sorted(path for path in folder.glob("*.toml") if path.name != CLAIMS)
    values = {path: toml_of(path) for path in paths}
    documents = [_document(path, _whole(path, values)) for path in paths]
    return {each.document.name: each for each in documents}


def _whole(path: Path, values: dict[Path, dict[str, Any]]) -> dict[str, Any]:
    """Return the values of a file, with the figures of the document that it is the same as."""
    value = values[path]
    name = _same_as(value)
    if name is None:
        return value
    others = [other for other in values.values() if _name(other) == name]
    if not others or _same_as(others[0]) is not None:
        found = f"is {name!r}, which is no document with figures of its own in this folder"
        raise InputError.malformed_document(path, "document.same_as", found)
    if set(value) != {"document"}:
        found = "stands beside figures: a document has its own or another's"
        raise InputError.malformed_document(path, "document.same_as", found)
    return {**others[0], "document": value["document"]}


def _name(value: dict[str, Any]) -> object:
    about = value.get("document")
    return about.get("name") if isinstance(about, dict) else None


def _same_as(value: dict[str, Any]) -> object:
    about = value.get("document")
    return about.get("same_as") if isinstance(about, dict) else None


def _document(path: Path, value: dict[str, Any]) -> Document:
    document: Document = record_of(Document, value, path)
    for table in document.tables:
        for row in table.rows:
            _check_metrics(path, f"{table.id}, {row.scenario}: also", tuple(row.also))
    return document


def _check_metrics(path: Path, field: str, names: tuple[str, ...]) -> None:
    for name in names:
        if name not in METRICS:
            found = f"has {name}, which is not one of {', '.join(METRICS)}"
            raise InputError.malformed_document(path, field, found)
