"""What several tests start from: the invented results in fixtures/ and the page made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reports.__main__ import main
from reports.document import Document
from reports.document_file import read_documents
from reports.result import Run
from reports.result_file import run_of

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures" / "hosts"
DOCUMENTS = HERE.parent / "results" / "documents"


def _value(run: str) -> dict[str, Any]:
    return json.loads((FIXTURES / "a1b2c3d4e5f6" / run / "result.json").read_text("utf-8"))


@pytest.fixture
def whole_value() -> dict[str, Any]:
    return _value("20261121T120301Z-quick")


@pytest.fixture
def whole(whole_value: dict[str, Any]) -> Run:
    return run_of(whole_value, Path("result.json"))


@pytest.fixture
def partial() -> Run:
    return run_of(_value("20261120T080000Z-karak-standard"), Path("result.json"))


@pytest.fixture
def extremes() -> Run:
    """Return the run of long names, huge and missing figures."""
    return run_of(_value("20261119T070000Z-extremes"), Path("result.json"))


@pytest.fixture(scope="session")
def karak() -> Document:
    return read_documents(DOCUMENTS)["karak"]


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("report")
    arguments = ["--results", FIXTURES, "--documents", DOCUMENTS, "--output", output]
    assert main([str(each) for each in arguments]) == 0
    return output / "index.html"
