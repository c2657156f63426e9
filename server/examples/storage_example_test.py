"""The program of docs/storage.md, with the calls that its page shows."""

import json
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "build" / "release" / "examples" / "assay-storage-example"
PAGE = (ROOT / "docs" / "storage.md").read_text()


@contextmanager
def serving(database: str) -> Iterator[str]:
    """Run it; see it end cleanly."""
    command = [EXAMPLE, "--port", "0", "--database", database]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        said = server.stderr.readline()
        try:
            yield said.removeprefix("listening on ").strip()
        finally:
            server.send_signal(signal.SIGTERM)
    assert server.returncode == 0


def ask(method: str, address: str, body: str | None = None) -> tuple[int, str]:
    """Ask once; return the status and the body."""
    data = None if body is None else body.encode()
    kind = {"Content-Type": "application/json"} if body is not None else {}
    request = urllib.request.Request(address, data, kind, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def test_what_was_put_is_there_after_a_restart(tmp_path: Path) -> None:
    """The page's PUT and GET, by two servers."""
    database = str(tmp_path / "pages.db")
    assert """-d '"black or green"'""" in PAGE
    with serving(database) as address:
        assert ask("GET", f"{address}/pages/tea")[0] == 404
        assert ask("PUT", f"{address}/pages/tea", '"black or green"') == (204, "")
    with serving(database) as address:
        assert ask("GET", f"{address}/pages/tea") == (200, "black or green")


def test_it_counts_by_sql_and_tells_of_its_writer() -> None:
    """The most visited come first; what the writer did is told."""
    with serving(":memory:") as address:
        for name in ("milk", "tea", "tea"):
            assert ask("POST", f"{address}/visits/{name}")[0] == 204
        status, body = ask("GET", f"{address}/visits")
        visits = [{"page": "tea", "times": 2}, {"page": "milk", "times": 1}]
        assert (status, json.loads(body)) == (200, visits)
        assert json.loads(ask("GET", f"{address}/__assay__/storage")[1])["operations"] >= 3


def test_the_build_command_names_its_target() -> None:
    """Whoever pastes it gets the program."""
    assert f"--target {EXAMPLE.name}" in PAGE
