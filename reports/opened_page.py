"""Opens a page in the system's own browser, for tests; nothing is downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ON_A_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
SCRIPTS = Path(__file__).parent / "fixtures" / "contrast.js"
# Boxes that end beyond the text's margins, and texts that run out of their own box. The names on
# the axis of a figure may stand in the margin, but not outside the page.
BEYOND_THE_MARGIN = """() => {
  const main = document.querySelector("main").getBoundingClientRect();
  const page = document.documentElement.getBoundingClientRect();
  const beyond = (box, edge) => box.right > edge.right + 0.5 || box.left < edge.left - 0.5;
  const cut = (each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1;
  const wrong = (each) => each instanceof SVGElement
    ? beyond(each.getBoundingClientRect(), page)
    : beyond(each.getBoundingClientRect(), main) || cut(each);
  const texts = "h2, h3, h4, caption, figcaption, summary, td, tbody th, dd, p, li, svg text";
  return [...document.querySelectorAll(`${texts}, .interval, .under, .reason, .chip`)]
    .filter(wrong)
    .map((each) => each.textContent);
}"""
VIEWS = [(width, scheme) for width in (360, 700, 1160, 1280) for scheme in ("light", "dark")]


def browser_program() -> str:
    """Return the system's Chromium or Chrome; nothing is downloaded."""
    found = [path for name in PROGRAMS if (path := shutil.which(name))]
    found += [path for path in ON_A_MAC if Path(path).exists()]
    if not found:
        pytest.fail("no Chromium or Google Chrome here: run make setup", pytrace=False)
    return found[0]


def started_browser() -> Iterator[Browser]:
    """Yield the browser and close it."""
    program = browser_program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


def opened(browser: Browser, file: Path, width: int, scheme: str) -> Page:
    """Return the page of a file at a width in CSS pixels, in a colour scheme."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(file.as_uri())
    return page
