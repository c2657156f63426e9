"""The documents in results/documents hold what was published, figure by figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.document import Document
from reports.document_file import read_documents
from reports.input_error import InputError


def figures(document: Document, table: str) -> list[tuple[str, tuple[float, ...], str]]:
    found = document.table(table)
    assert found is not None
    return [(row.scenario, tuple(row.figures.values()), row.claim) for row in found.rows]


def test_karak_holds_all_three_tables_of_its_description(karak: Document) -> None:
    assert figures(karak, "high-concurrency") == [
        ("JSON", (8418, 4509), "Free Threaded: +87%"),
        ("CPU Bound", (1425, 266), "Free Threaded: +435%"),
    ]
    assert figures(karak, "standard") == [
        ("JSON", (9287, 4377), "Free Threaded: +112%"),
        ("DB Query", (8284, 2302), "Free Threaded: +260%"),
        ("CPU Bound", (880, 264), "Free Threaded: +233%"),
    ]
    assert figures(karak, "thread-scaling") == [
        ("4 workers", (608,), "1.0x"),
        ("8 workers", (1172,), "1.9x"),
        ("16 workers", (1297,), "2.1x"),
        ("32 workers", (1391,), "2.3x"),
    ]


def test_what_karak_does_not_say_is_left_out(karak: Document) -> None:
    scaling = karak.table("thread-scaling")
    assert scaling is not None
    assert (scaling.requests, scaling.clients, scaling.threads) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "part"), [("[document", "is not TOML"), ("[document]\nname = 'x'", "title is missing")]
)
def test_a_malformed_document_is_named_with_its_field(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        read_documents(tmp_path)
    assert str(tmp_path / "x.toml") in str(caught.value)
    assert part in str(caught.value)
