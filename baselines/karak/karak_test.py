"""What is known of Karak beyond its replies, seen on the real package.

Skipped where the Python of the variant is not there, with the reason that the set-up wrote down.
"""

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READY = "listening on http://127.0.0.1:"


def interpreter(environment: str) -> str:
    """Return the Python of an environment, or skip the test."""
    record = ROOT / ".venv" / f"{environment}.json"
    if not record.exists():
        pytest.skip(f"{environment}: not set up yet: scripts/setup bench")
    found = json.loads(record.read_text(encoding="utf-8"))
    if found["python"] is None:
        pytest.skip(f"{environment}: {found['reason']}")
    return found["python"]


def announced_port(process: subprocess.Popen) -> int:
    """Return the port that the server says; it may warn of something before."""
    lines = []
    for line in process.stderr:
        lines.append(line)
        if line.startswith(READY):
            return int(line.removeprefix(READY))
    raise AssertionError("the server did not listen:\n" + "".join(lines))


@contextmanager
def running(environment: str) -> Iterator[int]:
    """Serve the workloads on two threads; give the port."""
    serve = str(Path(__file__).parent / "serve.py")
    line = [interpreter(environment), serve, "--port", "0", "--workers", "2"]
    with subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield announced_port(process)
        finally:
            process.kill()


def facts(port: int) -> dict:
    """Return what the server says of itself."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /__assay__ HTTP/1.1\r\nConnection: close\r\n\r\n")
        text = b"".join(iter(lambda: client.recv(65536), b""))
    return json.loads(text.partition(b"\r\n\r\n")[2])


def hello(client: socket.socket) -> bytes:
    """Ask on a connection and leave it open; return the end of the reply."""
    client.settimeout(10)
    client.sendall(b"GET /hello HTTP/1.1\r\nHost: assay\r\n\r\n")
    return client.recv(65536)[-13:]


def test_as_many_open_connections_as_workers_keep_the_next_waiting() -> None:
    with running("karak") as port:
        address = ("127.0.0.1", port)
        with (
            socket.create_connection(address) as first,
            socket.create_connection(address) as second,
            socket.create_connection(address) as third,
        ):
            assert (hello(first), hello(second)) == (b"Hello, World!", b"Hello, World!")
            third.sendall(b"GET /hello HTTP/1.1\r\nHost: assay\r\n\r\n")
            third.settimeout(0.3)
            with pytest.raises(TimeoutError):
                third.recv(1)
            first.close()
            third.settimeout(10)
            assert third.recv(65536)[-13:] == b"Hello, World!"


def test_karak_by_itself_leaves_the_lock_off() -> None:
    with running("karak") as port:
        said = facts(port)
        assert (said["gil_before"], said["gil"], said["json"]) == (False, False, "json")


def test_orjson_turns_the_lock_on() -> None:
    with running("karak-fast") as port:
        said = facts(port)
        assert (said["gil_before"], said["gil"], said["json"]) == (False, True, "orjson")
        assert said["packages"]["orjson"] == "3.11.7"
