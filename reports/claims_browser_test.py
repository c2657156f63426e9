"""Claims in a real browser, and the runs that they judge: legible, named, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reports.opened_page import BEYOND_THE_MARGIN, SCRIPTS, VIEWS, opened

OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}px-{view[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, str]:
    return request.param


@pytest.fixture(params=["claims.html", "index.html"])
def view(
    request: pytest.FixtureRequest, browser: Browser, judged_page: Path, size: tuple[int, str]
) -> Iterator[Page]:
    """Open both pages at each width and in each scheme, with all their parts unfolded."""
    with opened(browser, judged_page.with_name(request.param), *size) as page:
        page.evaluate(OPEN_ALL)
        yield page


@pytest.fixture(scope="module", params=[360, 1280], ids=["phone", "laptop"])
def page(request: pytest.FixtureRequest, browser: Browser, judged_page: Path) -> Iterator[Page]:
    """Open the page once for a width, for tests that only read it."""
    with opened(browser, judged_page, request.param, "light") as page:
        yield page


def test_no_page_scrolls_sideways(view: Page) -> None:
    width = view.evaluate("document.documentElement.clientWidth")
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert view.evaluate(BEYOND_THE_MARGIN) == []


def test_all_text_has_contrast_enough(view: Page) -> None:
    found = view.evaluate(SCRIPTS.read_text(encoding="utf-8"))
    assert found["checked"] > 100
    assert found["faint"] == []


def test_there_is_a_row_for_each_claim_with_its_verdict_in_a_word(page: Page) -> None:
    rows = page.locator(".claims tbody tr")
    assert rows.count() == 52
    verdicts = rows.locator("td:last-child > p:first-of-type .word").all_inner_texts()
    assert len(verdicts) == 52
    assert page.locator("#claim-33 .word").first.inner_text() == "✓ reproduced"


def test_the_rows_stay_a_table_when_they_are_laid_out_as_cards(page: Page) -> None:
    for element, role in (("tr", "row"), ("td", "cell"), ("thead th", "columnheader")):
        assert page.locator(f".claims {element}").count() > 0
        assert page.locator(f".claims {element}:not([role={role}])").count() == 0
    assert page.locator("th:not([scope])").count() == 0


def test_a_measured_claim_leads_to_its_run_and_back(page: Page, judged_page: Path) -> None:
    link = page.locator("#claim-1 > td:last-child > p a")
    assert link.inner_text() == "The run of karak-standard"
    target = str(link.get_attribute("href"))
    index = judged_page.with_name("index.html").read_text("utf-8")
    assert target.startswith("index.html#")
    assert f'id="{target.partition("#")[2]}"' in index
    assert 'href="claims.html"' in index


def test_each_fold_says_of_which_claim_it_is(page: Page) -> None:
    names = page.locator(".claims summary").all_text_contents()
    assert len(set(names)) == len(names) > 20


def test_a_keyboard_opens_the_tests_of_a_claim(browser: Browser, judged_page: Path) -> None:
    with opened(browser, judged_page, 1280, "light") as page:
        page.locator("#claim-1 summary").focus()
        page.keyboard.press("Enter")
        assert "stated 2.12" in page.locator("#claim-1 details").inner_text()


def test_paper_shows_the_tests_that_are_folded_on_the_screen(
    browser: Browser, judged_page: Path
) -> None:
    with opened(browser, judged_page, 1280, "dark") as page:
        page.emulate_media(media="print")
        shown = "document.querySelector('#claim-1 .tests').getBoundingClientRect().height"
        assert page.evaluate(shown) > 0
