"""What the tests of the page start from: the page as it is built, a browser, and three sites."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reports.opened_page import ARGUMENTS, browser_program
from server.docs_page.docs_site import Site, served
from server.docs_page.hostile_api import hostile_api

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the page together as the build does."""
    output = tmp_path_factory.mktemp("docs_page")
    script = HERE / "embed_page.cmake"
    command = ["cmake", f"-DFOLDER={HERE}", f"-DOUTPUT={output}", "-P", str(script)]
    subprocess.run(command, check=True)
    return output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_program(), args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture
def shop(page_folder: Path) -> Iterator[Site]:
    """Serve the sample, which has every feature of a description."""
    with served(Site(page_folder, (HERE / "sample_openapi.json").read_bytes())) as site:
        yield site


@pytest.fixture
def hostile(page_folder: Path) -> Iterator[Site]:
    with served(Site(page_folder, json.dumps(hostile_api()).encode())) as site:
        yield site


@pytest.fixture
def described(page_folder: Path) -> Iterator[Callable[[bytes | None], Site]]:
    """Serve a description of the test's own, or none."""
    with served(Site(page_folder, None)) as site:

        def describe(description: bytes | None) -> Site:
            site.description = description
            return site

        yield describe


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a site's page; at the end nothing may have complained, or been asked of elsewhere."""
    context = browser.new_context()
    complaints: list[str] = []
    addresses: list[str] = []
    sites: list[Site] = []

    def open_page(site: Site, fragment: str = "", width: int = 1280, scheme: str = "light") -> Page:
        sites.append(site)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: addresses.append(sent.url))
        page.goto(f"{site.address}/docs{fragment}")
        page.wait_for_selector("main[aria-busy=false]")
        return page

    yield open_page
    context.close()
    expected = "Failed to load resource: the server responded with a status of "
    assert [said for said in complaints if not said.startswith(expected)] == []
    own = tuple(f"{site.address}/" for site in sites)
    assert [each for each in addresses if not each.startswith((*own, "data:", "blob:"))] == []
