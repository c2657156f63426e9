"""The page's forms in a real browser: a request arrives as it was described and filled in."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from server.docs_page.docs_site import Request, Site

Open = Callable[..., Page]
UUID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


def form_of(page: Page, operation: str) -> Locator:
    """Return the form of an operation that the address has opened."""
    return page.locator(f"#operation-{operation} form.try")


def sent(form: Locator, site: Site) -> Request:
    """Send a form, wait for the reply's body, and return what arrived."""
    before = len(site.requests)
    form.locator(".send").click()
    form.locator(".reply .status strong").wait_for()
    form.locator(".send:not([aria-disabled])").wait_for()
    assert len(site.requests) == before + 1
    return site.requests[-1]


def repeated(form: Locator, site: Site, folder: Path | None = None) -> Request:
    """Run the form's curl line in a shell and return what arrived."""
    before = len(site.requests)
    line = form.locator(".curl").inner_text()
    subprocess.run(["bash", "-c", line], check=True, capture_output=True, cwd=folder)
    assert len(site.requests) == before + 1
    return site.requests[-1]


def parts_of(request: Request) -> list[tuple[str, str | None, str, bytes]]:
    """Return name, file name, type and bytes of each part of a multipart body."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    whole = message_from_bytes(head + request.body, policy=HTTP)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in whole.iter_parts()
    ]


def test_path_query_header_and_cookie_arrive_as_they_were_filled_in(
    opened: Open, shop: Site
) -> None:
    form = form_of(opened(shop, "#operation-listItems"), "listItems")
    form.get_by_label("shop").fill("a/b ü")
    form.get_by_label("limit").fill("5")
    form.get_by_label("colour").fill("red\nblue & green")
    form.get_by_label("price").fill('{"from": 1.5, "to": 2}')
    form.get_by_label("sold_out").select_option("true")
    form.get_by_label("X-Request-Id").fill("abc-1")
    form.get_by_label("session").fill("31d4; x")
    for request in (sent(form, shop), repeated(form, shop)):
        assert (request.method, request.target) == (
            "GET",
            "/items/a%2Fb%20%C3%BC?limit=5&colour=red&colour=blue%20%26%20green"
            "&price%5Bfrom%5D=1.5&price%5Bto%5D=2&sold_out=true",
        )
        assert request.headers["x-request-id"] == "abc-1"
        assert request.headers["cookie"] == "session=31d4%3B%20x"


def test_a_cookie_lasts_no_longer_than_its_request(opened: Open, shop: Site) -> None:
    page = opened(shop, "#operation-listItems")
    form = form_of(page, "listItems")
    form.get_by_label("session").fill("31d4")
    assert sent(form, shop).headers["cookie"] == "session=31d4"
    form.get_by_label("session").fill("")
    assert "cookie" not in sent(form, shop).headers


def test_what_is_left_empty_is_left_out(opened: Open, shop: Site) -> None:
    form = form_of(opened(shop, "#operation-listItems"), "listItems")
    request = sent(form, shop)
    assert request.target == "/items/7"
    assert "cookie" not in request.headers


def test_every_style_of_a_parameter_is_written_as_openapi_says(opened: Open, shop: Site) -> None:
    form = form_of(opened(shop, "#operation-styles"), "styles")
    for request in (sent(form, shop), repeated(form, shop)):
        assert request.target == (
            "/health/a%20b,c%2Fd.x.y;r=1;g=2?pipes=1%7C2&spaces=3%204"
            "&commas=5,6&filter=%7B%22a%22%3A1%7D&path=/a/b?c"
        )
        assert request.headers["x-tags"] == "p,q"


def test_a_header_that_a_page_may_not_set_is_told_and_in_the_curl_line(
    opened: Open, shop: Site
) -> None:
    form = form_of(opened(shop, "#operation-styles"), "styles")
    form.get_by_label("Origin").fill("https://elsewhere.example")
    assert "A browser does not let a page set this header" in form.inner_text()
    assert "origin" not in sent(form, shop).headers
    assert repeated(form, shop).headers["origin"] == "https://elsewhere.example"


def test_a_json_body_starts_from_the_example_and_is_sent_as_written(
    opened: Open, shop: Site
) -> None:
    form = form_of(opened(shop, "#operation-createItem"), "createItem")
    body = form.get_by_label("Body", exact=True).last
    assert json.loads(body.input_value()) == {"name": "pear", "price": 0.4, "colour": "green"}
    form.get_by_label("Start from").select_option(label="A lamp with parts")
    assert json.loads(body.input_value())["parts"] == [{"name": "bulb", "price": 4}]
    body.fill("{'it''s': wrong\\n,}")
    for request in (sent(form, shop), repeated(form, shop)):
        assert (request.method, request.target) == ("POST", "/items/7")
        assert request.headers["content-type"] == "application/json"
        assert request.body == b"{'it''s': wrong\\n,}"


def test_an_example_is_made_of_the_schema_where_the_document_has_none(
    opened: Open, shop: Site
) -> None:
    form = form_of(opened(shop, "#operation-placeOrder"), "placeOrder")
    assert json.loads(form.locator("textarea").input_value()) == {
        "lines": [{"item": UUID, "count": 1}],
        "payment": {"kind": "card", "number": "4111111111111111"},
        "notify": "https://example.com/",
    }


def test_an_example_of_a_schema_that_holds_itself_has_an_end(opened: Open, shop: Site) -> None:
    form = form_of(opened(shop, "#operation-replaceItem"), "replaceItem")
    assert json.loads(form.locator("textarea").input_value()) == {
        "name": "pear",
        "price": 0,
        "tax": None,
        "colour": "red",
        "sizes": [0, 0],
        "labels": {"name": "string"},
        "parts": [],
    }


def test_form_fields_arrive_url_encoded(opened: Open, shop: Site) -> None:
    form = form_of(opened(shop, "#operation-searchOrders"), "searchOrders")
    form.get_by_label("customer").fill("ada & söhne")
    form.get_by_label("state").select_option("shipped")
    form.get_by_label("item").fill("1\n2")
    for request in (sent(form, shop), repeated(form, shop)):
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        assert request.body == b"customer=ada+%26+s%C3%B6hne&state=shipped&item=1&item=2"


def test_a_form_is_chosen_where_there_are_several_media_types(opened: Open, shop: Site) -> None:
    form = form_of(opened(shop, "#operation-createItem"), "createItem")
    form.get_by_label("Media type").select_option(label="application/x-www-form-urlencoded")
    form.get_by_label("price").fill("2")
    request = sent(form, shop)
    assert request.body == b"name=pear&price=2"


def test_files_and_fields_arrive_as_multipart(opened: Open, shop: Site, tmp_path: Path) -> None:
    files = {}
    for name, content in (('fr;"ont.png', b"\x89PNG\r\n\x00"), ("a.bin", b"a"), ("b.bin", b"b")):
        files[name] = tmp_path / name
        files[name].write_bytes(content)
    form = form_of(opened(shop, "#operation-addPicture"), "addPicture")
    form.get_by_label("shop").fill("7")
    form.get_by_label("title").fill('@pear; "ripe"')
    form.get_by_label("front").set_input_files(files['fr;"ont.png'])
    form.get_by_label("more").set_input_files([files["a.bin"], files["b.bin"]])
    form.get_by_label("size").fill('{"width": 3}')
    by_page, by_curl = sent(form, shop), repeated(form, shop, tmp_path)
    for request in (by_page, by_curl):
        assert request.target == f"/items/7/{UUID}/pictures"
        parts = parts_of(request)
        assert [part[0] for part in parts] == ["title", "front", "more", "more", "size"]
        assert parts[0][3] == b'@pear; "ripe"'
        assert parts[1][3] == b"\x89PNG\r\n\x00"
        assert [parts[2][1], parts[3][1]] == ["a.bin", "b.bin"]
        assert parts[4][2:] == ("application/json", b'{"width":3}')


def test_a_token_is_sent_where_the_document_asks_for_it_and_nowhere_else(
    opened: Open, shop: Site
) -> None:
    page = opened(shop, "#operation-createItem")
    page.locator("summary", has_text="Authorization").click()
    page.get_by_label("token", exact=False).first.fill("Bearer abc.def")
    form = form_of(page, "createItem")
    for request in (sent(form, shop), repeated(form, shop)):
        assert request.headers["authorization"] == "Bearer abc.def"
        assert "x-api-key" not in request.headers
    page.locator("#operation-health .opener").click()
    assert "authorization" not in sent(form_of(page, "health"), shop).headers


def test_the_second_of_two_alternatives_is_used_where_only_it_is_filled_in(
    opened: Open, shop: Site
) -> None:
    page = opened(shop, "#operation-createItem")
    page.locator("summary", has_text="Authorization").click()
    page.locator("#authorization-key").fill("k-1")
    request = sent(form_of(page, "createItem"), shop)
    assert request.headers["x-api-key"] == "k-1"
    assert "authorization" not in request.headers


def test_without_security_schemes_there_is_a_box_for_the_header(
    opened: Open, described: Callable[[bytes | None], Site]
) -> None:
    site = described(
        json.dumps({"openapi": "3.1.0", "paths": {"/a": {"delete": {"operationId": "a"}}}}).encode()
    )
    page = opened(site, "#operation-a")
    page.locator("summary", has_text="Authorization").click()
    page.locator("#authorization-Authorization").fill("Digest x")
    request = sent(form_of(page, "a"), site)
    assert (request.method, request.headers["authorization"]) == ("DELETE", "Digest x")


def test_a_reply_is_shown_with_status_time_headers_and_every_digit(
    opened: Open, shop: Site
) -> None:
    form = form_of(opened(shop, "#operation-health"), "health")
    sent(form, shop)
    assert re.fullmatch(
        r"200 OK in [\d.]+ m?s, \d+ bytes", form.locator(".reply .status").inner_text()
    )
    assert form.locator(".reply .body").inner_text() == (
        '{\n  "method": "GET",\n  "target": "/health",\n  "big": 12345678901234567890\n}'
    )
    form.locator(".reply summary").click()
    assert "content-type" in form.locator(".reply table").inner_text()


@pytest.mark.parametrize(
    ("reply", "status", "body"),
    [
        ((404, "text/plain", b"<b>no</b>"), "404 Not Found", "<b>no</b>"),
        ((500, "application/json", b"[1, {broken"), "500 Internal Server Error", "[1, {broken"),
        (
            (200, "application/json", b'{"a":[],"b":{},"c":"\\"}"}'),
            "200 OK",
            '{\n  "a": [],\n  "b": {},\n  "c": "\\"}"\n}',
        ),
        ((200, "image/png", b"\x89PNG"), "200 OK", None),
        ((204, "text/plain", b""), "204 No Content", None),
    ],
)
def test_a_reply_of_any_kind_is_shown_as_what_it_is(
    opened: Open, shop: Site, reply: tuple[int, str, bytes], status: str, body: str | None
) -> None:
    shop.reply = reply
    form = form_of(opened(shop, "#operation-health"), "health")
    sent(form, shop)
    assert form.locator(".reply .status").inner_text().startswith(f"{status} in ")
    shown = form.locator(".reply .body")
    assert (shown.inner_text() if shown.count() else None) == body


def test_a_reply_s_body_can_be_saved_byte_by_byte(opened: Open, shop: Site) -> None:
    shop.reply = (200, "image/png", b"\x89PNG\r\n\x00\xff")
    page = opened(shop, "#operation-health")
    sent(form_of(page, "health"), shop)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the body").click()
    assert saved.value.suggested_filename == "reply.png"
    assert saved.value.path().read_bytes() == b"\x89PNG\r\n\x00\xff"


def test_events_are_shown_as_they_come_and_can_be_stopped(opened: Open, shop: Site) -> None:
    form = form_of(opened(shop, "#operation-watchOrders"), "watchOrders")
    form.locator(".send").click()
    form.locator(".reply .body", has_text="data: shipped 17").wait_for()
    form.get_by_role("button", name="Stop").click()
    form.locator(".status", has_text="when stopped").wait_for()
    assert form.locator(".send").evaluate("each => each === document.activeElement")


def test_a_request_to_another_server_is_not_sent_but_written_as_curl(
    opened: Open, shop: Site
) -> None:
    page = opened(shop, "#operation-health")
    page.get_by_label("Server").select_option(index=1)
    form = form_of(page, "health")
    form.locator(".send").click()
    assert "Use the curl line." in form.locator(".notice").inner_text()
    assert shlex.split(form.locator(".curl").inner_text()) == [
        "curl",
        "-i",
        "https://eu.shop.example.com/v2/health",
    ]
    assert shop.requests == []


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("shop", "", "{shop} needs a value: it is a part of the path"),
        ("price", "{", "price is not JSON: "),
    ],
)
def test_a_value_that_cannot_be_sent_is_named(
    opened: Open, shop: Site, label: str, value: str, sentence: str
) -> None:
    form = form_of(opened(shop, "#operation-listItems"), "listItems")
    form.get_by_label(label).fill(value)
    form.locator(".send").click()
    assert sentence in form.locator(".notice").inner_text()
    assert shop.requests == []


def test_the_curl_line_is_copied(opened: Open, shop: Site) -> None:
    page = opened(shop, "#operation-health")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form_of(page, "health").get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"curl -i {shop.address}/health"
