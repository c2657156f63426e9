"""slowhttptest against the running server: slow heads, slow bodies, slow readers, one good client.

The good client asks all the while. Each of its requests must be answered, under each model that has
more connections than workers.
"""

import csv
import http.client
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / "build" / "bin" / "assay-server"
ATTACKS = {
    "heads": ["-H", "-i", "1"],
    "bodies": ["-B", "-i", "1", "-s", "8192"],
    "readers": ["-X", "-k", "10", "-n", "1", "-w", "10", "-y", "20", "-z", "5"],
}


@pytest.fixture(params=["loop", "pool", "thread", "fork"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """Start a server under a model, and end it: which must be clean, whatever was done to it."""
    command = [str(SERVER), "--port", "0", "--workers", "2", "--model", request.param]
    command += ["--header-timeout", "2", "--body-timeout", "2", "--drain-timeout", "2"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield int(re.search(r":(\d+)$", server.stderr.readline().strip()).group(1))
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0


class GoodClient(threading.Thread):
    """Asks again and again until it is stopped, on connections of its own."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.over = threading.Event()
        self.answered = 0
        self.faults: list[str] = []

    def run(self) -> None:
        """Note each request that is not answered well."""
        while not self.over.wait(0.02):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/json", headers={"Connection": "close"})
                reply = connection.getresponse()
                size = len(reply.read())
                connection.close()
                self.answered += 1
                if (reply.status, size) != (200, 526):
                    self.faults.append(f"status {reply.status}, {size} bytes")
            except OSError as error:
                self.faults.append(repr(error))


def attacked_for(seconds: int, port: int, attack: list[str], folder: Path) -> list[dict]:
    """Run slowhttptest with 400 connections; return what it saw in each second."""
    command = ["slowhttptest", "-c", "400", "-r", "400", "-l", str(seconds), *attack]
    command += ["-u", f"http://127.0.0.1:{port}/json", "-p", "3", "-g", "-o", "seen"]
    subprocess.run(command, capture_output=True, timeout=60, cwd=folder)
    with (folder / "seen.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_slow_peers_stop_nobody_else(port: int, attack: str, tmp_path: Path) -> None:
    good = GoodClient(port)
    good.start()
    try:
        seconds = attacked_for(3, port, ATTACKS[attack], tmp_path)
    finally:
        good.over.set()
        good.join()
    assert good.faults == []
    assert good.answered > 20
    assert max(int(second["Connected"]) for second in seconds) > 300, "it was no attack"
    assert "0" not in {second["Service Available"] for second in seconds}, "its own probe failed"
