"""What several tests start from: the invented results in fixtures/ and the page made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from reports.__main__ import main
from reports.document import Document
from reports.document_file import read_documents
from reports.invented_run import CLOSE, DOCUMENT, OURS, THEIRS, around, invented_run
from reports.opened_page import started_browser
from reports.result import Load, Run
from reports.result_file import run_of

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures" / "hosts"
DOCUMENTS = HERE.parent / "results" / "documents"


KEPT = Load("fair-keep-alive", "fair: 4 connections that stay open", 4, True)


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
def browser() -> Iterator[Browser]:
    yield from started_browser()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("report")
    arguments = ["--results", FIXTURES, "--documents", DOCUMENTS, "--output", output]
    assert main([str(each) for each in arguments]) == 0
    return output / "index.html"


def judged_runs() -> tuple[Run, ...]:
    """Return invented runs of two documents' plans, by the document's client and by ours."""
    rates = {"json": (1750, 860, 4100), "db": (1500, 400, 3000), "cpu": (300, 240, 700)}
    document = {
        (workload, label, DOCUMENT.name): around(rate)[:: 1 if label == OURS else -1]
        for workload, each in rates.items()
        for label, rate in zip((OURS, THEIRS), each, strict=False)
    }
    native = {
        (workload, label, CLOSE.name): around(2 * rate)
        for workload, each in rates.items()
        for label, rate in zip((OURS, THEIRS, "fastapi@tuned"), each, strict=True)
    }
    kept = {
        ("json", OURS, KEPT.name): around(9000),
        ("json", "fastapi@tuned", KEPT.name): around(3000)[::-1],
    }
    karak = invented_run("karak-standard", document | native | kept, (DOCUMENT, CLOSE, KEPT))
    warned = replace(karak.cells[0], warnings=("client-bound: its busiest thread",))
    karak = replace(karak, document="karak", table="standard", cells=(warned, *karak.cells[1:]))
    alone = Load("document-1", "one connection, kept", 1, True, "keep-alive-threads")
    crowd = Load("document-300", "300 connections, kept", 300, True, "keep-alive-threads")
    label = "freetser@as-documented"
    ours, closed = Load("fair-1", "1 kept open", 1, True), replace(CLOSE, name="fair-close")
    fair = {
        ("kv@get-one", each, load.name): around(rate)
        for each, rates in ((label, (26, 700)), ("freetser@newest", (5200, 650)))
        for load, rate in zip((ours, closed), rates, strict=True)
    }
    freetser = invented_run(
        "freetser-keep-alive",
        {
            ("kv@get-one", label, alone.name): around(24),
            ("kv@get-one", label, crowd.name): around(40),
            **fair,
        },
        (alone, crowd, ours, closed),
    )
    bound = tuple(
        replace(cell, client_cpu=0.97) if cell.load == crowd.name else cell
        for cell in freetser.cells
    )
    freetser = replace(freetser, cells=bound, run="f")
    return karak, replace(freetser, document="freetser", table="keep-alive")


@pytest.fixture(scope="session")
def judged_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of claims on a host where two plans were run."""
    results, output = (tmp_path_factory.mktemp(name) for name in ("judged", "judged-report"))
    for run in judged_runs():
        file = results / run.host.id / run.run / "result.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"schema": 1, **asdict(run)}), encoding="utf-8")
    arguments = ["--results", results, "--documents", DOCUMENTS, "--output", output]
    assert main([str(each) for each in arguments]) == 0
    return output / "claims.html"
