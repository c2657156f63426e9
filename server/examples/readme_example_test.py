"""The first C++ example of README.md, as its reader would try it."""

import json
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "build" / "release" / "examples" / "assay-readme-example"
ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(scope="module", autouse=True)
def example() -> Iterator[None]:
    """Run it; it has a port of its own choice, which has to be free."""
    with subprocess.Popen([EXAMPLE], stderr=subprocess.PIPE, text=True) as server:
        said = server.stderr.readline()
        if "in use" in said:
            pytest.skip(f"port 8000 is taken here: {said}")
        assert said == f"listening on {ADDRESS}\n"
        yield
        server.send_signal(signal.SIGTERM)
    assert server.returncode == 0


def answer(path: str, body: object, **fields: str) -> tuple[int, object]:
    """Post JSON; return the status and what the reply's body says."""
    request = urllib.request.Request(f"{ADDRESS}{path}", json.dumps(body).encode(), fields)
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_it_takes_what_is_right() -> None:
    """A good item is given back, with 201."""
    item = {"name": "tea", "price": 3.5, "tax": None}
    status, body = answer("/items/7?dry_run=false", item, **{"X-User": "ann"})
    assert (status, body) == (201, item)


def test_it_tells_all_that_is_wrong_as_the_readme_shows() -> None:
    """The three problems of the README's call, each in its place."""
    status, body = answer("/items/7?dry_run=maybe", {"price": -1}, **{"X-User": "ann"})
    places = [tuple(problem["loc"]) for problem in body["detail"]]
    assert status == 422
    assert places == [("query", "dry_run"), ("body", "price"), ("body", "name")]


def test_it_describes_itself() -> None:
    """The description and its page are there."""
    with urllib.request.urlopen(f"{ADDRESS}/openapi.json", timeout=10) as reply:
        assert "/items/{shop}" in json.load(reply)["paths"]
    with urllib.request.urlopen(f"{ADDRESS}/docs", timeout=10) as reply:
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
