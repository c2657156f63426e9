"""Reads results/documents/claims.toml. The only reader of claims."""

from __future__ import annotations

from pathlib import Path

from reports.claim import Claims, faults
from reports.document_file import CLAIMS
from reports.input_error import InputError
from reports.toml_file import record_of, toml_of


def read_claims(folder: Path) -> Claims:
    """Return the claims of the documents in `folder`; the first fault is named in one sentence."""
    path = folder / CLAIMS
    claims: Claims = record_of(Claims, toml_of(path), path)
    for field, found in faults(claims):
        raise InputError.malformed_document(path, field, found)
    for claim in claims.claims:
        for name in claim.documents:
            if not (folder / f"{name}.toml").is_file():
                found = f"names {name!r}, and there is no {name}.toml beside the claims"
                raise InputError.malformed_document(path, f"{claim.id}.documents", found)
    return claims
