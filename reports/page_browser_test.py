"""The page in a real browser: nothing fetched, nothing cut off, everything legible and named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reports.opened_page import BEYOND_THE_MARGIN, SCRIPTS, VIEWS, opened
from reports.quantity import DASH


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}px-{view[1]}")
def view(request: pytest.FixtureRequest, browser: Browser, page_file: Path) -> Iterator[Page]:
    """Open the page at each width and in each scheme."""
    with opened(browser, page_file, *request.param) as page:
        yield page


@pytest.fixture(scope="module", params=[360, 1280], ids=["phone", "laptop"])
def page(request: pytest.FixtureRequest, browser: Browser, page_file: Path) -> Iterator[Page]:
    """Open the page once for a width, for tests that only read it."""
    with opened(browser, page_file, request.param, "light") as page:
        yield page


def test_the_page_asks_for_nothing_but_itself(browser: Browser, page_file: Path) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    with browser.new_page() as page:
        page.on("request", lambda sent: requests.append(sent.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(page_file.as_uri())
        page.wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith("data:")] == [page_file.as_uri()]
    assert complaints == []


def test_the_page_never_scrolls_sideways(view: Page) -> None:
    view.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    width = view.evaluate("document.documentElement.clientWidth")
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert view.evaluate(BEYOND_THE_MARGIN) == []


def test_all_text_has_contrast_enough(view: Page) -> None:
    found = view.evaluate(SCRIPTS.read_text(encoding="utf-8"))
    assert found["checked"] > 100
    assert found["faint"] == []


def test_the_document_s_table_stands_beside_ours(page: Page) -> None:
    text = page.locator("#run-1 table.original").inner_text()
    for part in (
        "Original",
        "Apple M2 Pro, 12 cores",
        "Measured",
        "9,287",
        "4,377",
        "2.12",
        "1.90",
    ):
        assert part in text
    assert "+112%" in text


def test_each_table_has_a_caption_and_each_header_a_scope(page: Page) -> None:
    tables = page.locator("table").count()
    assert tables >= 5
    assert page.locator("table > caption").count() == tables
    assert page.locator("th:not([scope])").count() == 0


def test_each_dash_has_its_reason(page: Page) -> None:
    dashes = page.locator(".number", has_text=DASH)
    assert dashes.count() > 5
    for index in range(dashes.count()):
        reason = dashes.nth(index).locator("xpath=..").locator(".reason")
        assert reason.inner_text().strip()
    assert "no free-threaded interpreter on this machine" in page.locator("#run-2").inner_text()


def test_a_client_bound_rate_says_so_beside_its_figure(page: Page) -> None:
    assert page.locator("#run-1 .cells td.rate .chip").inner_text() == "! client-bound"
    assert "93 % of a core" in page.locator("#run-1 .cells .note").last.inner_text()


def test_a_run_without_a_summary_is_told_at_the_top(page: Page) -> None:
    notice = page.locator("main > .partial")
    assert notice.inner_text().startswith("no summary: ")
    assert notice.bounding_box()["y"] < page.locator("#run-1").bounding_box()["y"]


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    tags = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => each.tagName)")
    levels = [int(tag[1]) for tag in tags]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_cut_off_run_is_called_partial(page: Page) -> None:
    assert "Partial." in page.locator("#run-2").inner_text()
    assert page.locator("#run-1 .partial").count() == 0


def test_each_figure_has_a_name_for_those_who_do_not_see_it(page: Page) -> None:
    figures = page.get_by_role("img")
    assert figures.count() == 4
    assert page.get_by_role("img", name="Rates of json: 4 connections, kept open").count() == 1


def test_the_cells_stay_a_table_when_they_are_laid_out_as_cards(page: Page) -> None:
    # Some browsers drop the role of an element that CSS displays as a block, so each is spelt out.
    for element, role in (("tr", "row"), ("td", "cell"), ("thead th", "columnheader")):
        assert page.locator(f".cells {element}").count() > 0
        assert page.locator(f".cells {element}:not([role={role}])").count() == 0


def test_the_first_tab_offers_to_skip_to_the_results(view: Page) -> None:
    view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement.textContent") == "Skip to the results"
    assert view.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    view.keyboard.press("Enter")
    assert view.evaluate("document.activeElement.id") == "main"


def test_what_has_the_focus_shows_it(view: Page) -> None:
    for _ in range(4):
        view.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert view.evaluate(style) == "solid"


def test_paper_shows_what_is_folded_on_the_screen(view: Page) -> None:
    view.emulate_media(media="print")
    height = "document.querySelector('details:not([open]) .facts').getBoundingClientRect().height"
    assert view.evaluate(height) > 0
