"""Servers that the tests of these clients ask: the floor, the truth, and one that listens in."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = Path(__file__).resolve().parent


@contextmanager
def serving(program: str, *options: str) -> Iterator[str]:
    """Run assay-floor or assay-truth on a free port; give its URL, and see it end cleanly."""
    command = [str(ROOT / "build" / "bin" / program), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        url = re.search(r"http://\S+", said)
        assert url, said
        try:
            yield url.group()
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=60) == 0


def forecast(requests: int, *options: str) -> dict[str, int]:
    """Return what assay-truth says will become of the first requests."""
    command = [str(ROOT / "build" / "bin" / "assay-truth"), "--forecast", str(requests), *options]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    return json.loads(said)["fates"]


def served(url: str) -> int:
    """Return how many requests a server of known truth has had."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"{url}/__truth__", timeout=60) as reply:
        return json.load(reply)["requests"]


class Listener(ThreadingHTTPServer):
    """Notes of each request its path, its fields and the port it came from."""

    def __init__(self, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), Listening)
        self.status = status
        self.heard: list[tuple[str, dict[str, str], int]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Listening(BaseHTTPRequestHandler):
    """One connection of a Listener."""

    protocol_version = "HTTP/1.1"
    server: Listener

    def do_GET(self) -> None:
        """Note the request and answer it."""
        self.server.heard.append((self.path, dict(self.headers.items()), self.client_address[1]))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"heard")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(status: int = 200) -> Iterator[Listener]:
    """Run a listener in a thread."""
    with Listener(status) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def heed_interrupts() -> None:
    """Let what is started from here be interrupted, also where a shell runs this in the background.

    Such a process ignores SIGINT, and so does all that it starts.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def client_command(script: str, *arguments: str) -> list[str]:
    """Return the command that runs a client as a user would."""
    return [sys.executable, str(CLIENTS / script), *arguments]


def run_client(script: str, *arguments: str) -> tuple[int, str, str]:
    """Run a client; return its exit status, and what it printed and said."""
    ended = subprocess.run(
        client_command(script, *arguments), capture_output=True, text=True, timeout=110
    )
    return ended.returncode, ended.stdout, ended.stderr


def figures_of(script: str, *arguments: str) -> tuple[int, dict]:
    """Run a client; return its exit status and its JSON."""
    status, printed, said = run_client(script, *arguments, "--json")
    assert not said, said
    return status, json.loads(printed)
