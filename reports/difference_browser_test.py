"""What explains and what scales, in a real browser: there, legible, named, nothing cut off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reports.__main__ import main
from reports.conftest import DOCUMENTS
from reports.invented_factors import (
    capacity_run,
    client_run,
    latency_run,
    log_run,
    scaling_run,
    table_run,
)
from reports.opened_page import BEYOND_THE_MARGIN, SCRIPTS, opened

VIEWS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    results, output = (tmp_path_factory.mktemp(name) for name in ("factors", "factors-report"))
    runs = (table_run(), client_run(), log_run(), latency_run(), capacity_run(), scaling_run())
    for run in runs:
        result = results / run.host.id / run.run / "result.json"
        result.parent.mkdir(parents=True)
        result.write_text(json.dumps({"schema": 1, **asdict(run)}), encoding="utf-8")
    arguments = ["--results", results, "--documents", DOCUMENTS, "--output", output]
    assert main([str(each) for each in arguments]) == 0
    return output / "index.html"


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}px-{view[1]}")
def view(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    with opened(browser, file, *request.param) as page:
        yield page


def test_nothing_scrolls_sideways_or_is_cut_off(view: Page) -> None:
    width = view.evaluate("document.documentElement.clientWidth")
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert view.evaluate(BEYOND_THE_MARGIN) == []


def test_all_text_has_contrast_enough(view: Page) -> None:
    found = view.evaluate(SCRIPTS.read_text(encoding="utf-8"))
    assert found["checked"] > 300
    assert found["faint"] == []


def test_each_figure_has_a_name_and_its_figures_in_a_table(view: Page) -> None:
    for name in (
        "Why json differs: from documented to fair",
        "Latency of json by requests asked per second",
        "Latency of json by share of the own capacity",
        "Karak by cores, cpu: rate by cores",
    ):
        assert view.get_by_role("img", name=name).count() == 1
    for table in ("steps", "latencies", "capacities", "scalings"):
        assert view.locator(f"table.{table} > caption").count() >= 1
    assert "joint, or not turned" in view.locator("table.steps").inner_text()


def test_the_latencies_stay_a_table_when_they_are_laid_out_as_cards(view: Page) -> None:
    for element, role in (("tr", "row"), ("td", "cell"), ("thead th", "columnheader")):
        assert view.locator(f".latencies {element}:not([role={role}])").count() == 0
    assert view.locator(".latencies .chip").first.inner_text() == "! did not keep up"


def test_no_two_elements_have_the_same_identifier(view: Page) -> None:
    found = view.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(set(found)) == len(found)
