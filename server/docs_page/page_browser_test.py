"""The page at /docs in a real browser: what it shows, to whom, and what it does not run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from server.docs_page.docs_site import Site

HERE = Path(__file__).parent
SAMPLE = json.loads((HERE / "sample_openapi.json").read_text())
CONTRAST = (HERE.parents[1] / "reports" / "fixtures" / "contrast.js").read_text()
VIEWS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
METHODS = {"get", "put", "post", "patch", "delete"}
OPERATIONS = [
    (method.upper(), path, operation["summary"])
    for path, item in (SAMPLE["paths"] | SAMPLE["webhooks"]).items()
    for method, operation in item.items()
    if method in METHODS
]
# Opens what is folded, twice: what is inside of what was folded is made when that is opened.
UNFOLD = """async () => {
  for (const each of document.querySelectorAll(".opener[aria-expanded=false]")) each.click();
  for (let turn = 0; turn < 2; turn += 1) {
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
# Texts beyond the page's margins, and boxes that what is in them does not fit.
BEYOND = """() => {
  const edge = document.body.getBoundingClientRect();
  const seen = [...document.body.querySelectorAll("*")].filter((each) =>
    each.getClientRects().length && !each.matches(".skip, option"));
  return seen.filter((each) => {
    const box = each.getBoundingClientRect();
    const cut = each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1
      && !each.matches("input, select");
    return box.right > edge.right + 0.5 || box.left < edge.left - 0.5 || cut;
  }).map((each) => `${each.tagName}.${each.className}: ${each.textContent.slice(0, 60)}`);
}"""
Open = Callable[..., Page]


def response_text(page: Page, fragment: str) -> str:
    """Return all that an operation says, with everything unfolded."""
    page.evaluate(UNFOLD)
    return re.sub(r"\s+", " ", page.locator(f"[id='{fragment}']").inner_text())


def test_the_policy_names_the_page_s_own_script_and_style(page_folder: Path) -> None:
    html = (page_folder / "page.html").read_text()
    policy = (page_folder / "content_security_policy.txt").read_text()
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (inside,) = re.findall(f"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\son[a-z]+=|\sstyle=|src=", re.sub(r"(?s)<script.*?</script>", "", html))


def test_every_operation_is_listed_with_method_path_and_summary(opened: Open, shop: Site) -> None:
    page = opened(shop)
    rows = page.locator(".operation .opener").all()
    shown = {tuple(each.locator("> *").all_inner_texts()) for each in rows}
    said = {(method, path, summary.replace(" deprecated", "")) for method, path, summary in shown}
    assert len(rows) == len(OPERATIONS) == 12
    assert said == set(OPERATIONS)


def test_operations_stand_in_their_groups(opened: Open, shop: Site) -> None:
    page = opened(shop)
    titles = page.locator("h2").all_inner_texts()
    assert titles == ["items", "orders", "health", "Webhooks", "Schemas"]
    assert page.locator(".group", has_text="What customers asked for.").locator("h3").count() == 3
    assert page.locator("h1").inner_text() == "Corner shop 2.3.0"
    assert page.title() == "Corner shop 2.3.0"


@pytest.mark.parametrize(
    ("operation", "parts"),
    [
        (
            "listItems",
            [
                "shop in path, integer required The shop's number. at least 1",
                "limit in query, integer How many at most. 1 to 100 · default 20",
                "colour in query, array of Colour",
                "X-Request-Id in header, string Comes back in the reply. "
                "at most 64 characters · matches ^[a-z0-9-]+$",
                "session in cookie, string at least 4 characters",
                "200 A page of items.",
                "X-Total integer",
                "422 What was sent does not fit.",
                "Every problem is listed, with its place.",
            ],
        ),
        (
            "createItem",
            [
                "Needs token (items:write), or key",
                "name string required 1 to 64 characters",
                "tax number or null at least 0 · less than 1 · default null",
                'colour Colour The one on the box. One of "red" "green" "blue"',
                "sizes array exactly 2 items · no other items",
                "parts array of NewItem",
                "The same again",
                "since string (date-time) required read only",
            ],
        ),
        ("changeItem", ["price number required more than 0 · a multiple of 0.01", "deprecated"]),
        (
            "placeOrder",
            [
                "Exactly one of these, told apart by kind",
                "kind: card Card",
                "kind: transfer Transfer",
                'always "card"',
                "Callbacks shipped sends POST to {$request.body#/notify}",
            ],
        ),
        ("addPicture", ["multipart/form-data", "front string (binary) required"]),
    ],
)
def test_an_operation_says_all_that_the_document_says(
    opened: Open, shop: Site, operation: str, parts: list[str]
) -> None:
    text = response_text(opened(shop), f"operation-{operation}")
    for part in parts:
        assert part in text


def test_a_schema_that_holds_itself_opens_as_far_as_somebody_looks(
    opened: Open, shop: Site
) -> None:
    page = opened(shop, "#schema-NewItem")
    schema = page.locator("#schema-NewItem")
    counts = []
    for _ in range(5):
        counts.append(schema.locator(".name", has_text="parts").count())
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true })"
        )
        page.wait_for_timeout(50)
    assert counts == [1, 1, 2, 2, 3]


def test_an_address_opens_its_operation_and_an_opened_one_is_in_the_address(
    opened: Open, shop: Site
) -> None:
    page = opened(shop, "#operation-deleteItem")
    opener = page.locator("#operation-deleteItem .opener")
    assert opener.get_attribute("aria-expanded") == "true"
    assert opener.evaluate("each => each === document.activeElement")
    page.locator("#operation-health .opener").click()
    assert page.url.endswith("#operation-health")
    page.get_by_role("link", name="NewItem").first.or_(
        page.locator("a[href='#group-orders']")
    ).first.click()
    assert "#group-" in page.url or "#schema-" in page.url


def test_a_link_to_a_schema_opens_it(opened: Open, shop: Site) -> None:
    page = opened(shop, "#operation-createItem")
    page.locator("#operation-createItem").get_by_role("link", name="Colour").first.click()
    assert page.locator("#schema-Colour .opener").get_attribute("aria-expanded") == "true"


def test_the_search_leaves_what_has_all_its_words(opened: Open, shop: Site) -> None:
    page = opened(shop)
    page.keyboard.press("/")
    page.keyboard.type("POST orders")
    shown = page.locator(".operation:visible .path").all_inner_texts()
    assert shown == ["/orders", "/orders/search"]
    assert page.locator("#found").inner_text() == "2 of 12 operations"
    assert page.locator("h2:visible").all_inner_texts() == ["orders"]
    page.keyboard.press("Escape")
    assert page.locator(".operation:visible").count() == 12


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_sample_fits_and_is_legible(opened: Open, shop: Site, width: int, scheme: str) -> None:
    page = opened(shop, "", width, scheme)
    page.evaluate(UNFOLD)
    page.locator("#operation-health .send").click()
    page.locator("#operation-health .reply .body").wait_for()
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(BEYOND) == []
    found = page.evaluate(CONTRAST)
    assert found["checked"] > 300
    assert found["faint"] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_of_a_hostile_document_runs_or_widens_the_page(
    opened: Open, hostile: Site, width: int
) -> None:
    page = opened(hostile, "", width)
    assert page.locator(".operation").count() == 300
    page.evaluate("""() => [...document.querySelectorAll(".opener")].slice(0, 60)
      .concat([...document.querySelectorAll(".schema .opener")]).forEach((each) => each.click())""")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(BEYOND) == []
    assert page.evaluate("window.attacked") is None
    assert page.locator("body script").count() == 1
    assert page.locator("img, svg, iframe, body b, [onerror], [onload], [onfocus]").count() == 0
    hrefs = page.locator("a").evaluate_all("all => all.map((each) => new URL(each.href).protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:"}
    assert "window.attacked = 1</script>" in page.locator("h1").inner_text()


def test_a_hostile_schema_s_example_is_made_in_no_time(opened: Open, hostile: Site) -> None:
    page = opened(hostile)
    opener = page.locator(".opener", has_text="/0/{0}").first  # its body is 9^12 objects
    opener.click()
    box = page.locator(".operation", has=opener).locator("textarea.code").last
    assert 100 < len(box.input_value()) < 100_000


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        (None, "answered 404. Serve the application's OpenAPI document there, beside this page."),
        (b"<html>", "is not JSON: "),
        (b'{"swagger": "2.0"}', "is not an OpenAPI 3 document"),
        (b"[]", "is not an OpenAPI 3 document"),
        (b"null", "is not an OpenAPI 3 document"),
        (b'{"openapi": "3.1.0"}', "describes no operations"),
    ],
)
def test_a_missing_or_broken_document_is_told_with_what_to_do(
    opened: Open,
    described: Callable[[bytes | None], Site],
    description: bytes | None,
    sentence: str,
) -> None:
    page = opened(described(description))
    assert sentence in page.locator(".notice").inner_text()


def test_try_again_reads_the_document_anew(
    opened: Open, described: Callable[[bytes | None], Site]
) -> None:
    page = opened(described(None))
    described(b'{"openapi": "3.1.0", "info": {"title": "Mended"}}')
    page.get_by_role("button", name="Try again").click()
    page.locator("h1", has_text="Mended").wait_for()


def test_the_page_can_be_used_by_keyboard_alone(opened: Open, shop: Site) -> None:
    page = opened(shop)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the operations"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    # A browser goes to a place in the page when it has time: before that, Tab goes elsewhere.
    page.wait_for_function("document.activeElement.id === 'main'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("#operation-listItems .opener[aria-expanded=true]").wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if page.evaluate("document.activeElement.className") == "send":
            break
    page.keyboard.press("Enter")
    page.locator("#operation-listItems .reply .status strong").wait_for()
    assert [each.target for each in shop.requests] == ["/items/7"]


def test_each_control_has_a_name_and_headings_go_down_by_one(opened: Open, shop: Site) -> None:
    page = opened(shop)
    page.evaluate(UNFOLD)
    controls = page.locator("input, select, textarea")
    assert controls.count() > 30
    unnamed = controls.evaluate_all(
        "all => all.filter((each) => !each.labels.length).map((e) => e.id)"
    )
    assert unnamed == []
    ids = page.locator("[id]").evaluate_all("all => all.map((each) => each.id)")
    assert len(ids) == len(set(ids))
    tags = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map((each) => each.tagName)")
    levels = [int(tag[1]) for tag in tags]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
