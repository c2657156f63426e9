"""assay-server as a user starts it: every kind of socket, every model, and what it refuses."""

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / "build" / "bin" / "assay-server"
MODELS = ["loop", "pool", "pinned", "per-request", "thread", "fork"]


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run a server with two workers; give the address that it announces, and see it end cleanly."""
    command = [str(SERVER), "--workers", "2", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        announced = server.stderr.readline().removeprefix("listening on ").strip()
        try:
            yield announced
        finally:
            server.send_signal(signal.SIGTERM)
            said = server.stderr.read()
        assert (server.wait(timeout=20), said) == (0, "")


def refused(*options: str) -> tuple[int, str]:
    """Return the exit status of a server that does not start, and what it says."""
    ended = subprocess.run([SERVER, *options], capture_output=True, text=True, timeout=20)
    return ended.returncode, ended.stderr


def port_of(address: str) -> int:
    """Return the port at the end of an address."""
    return int(re.search(r":(\d+)$", address).group(1))


def reply_over(connection: socket.socket, path: str = "/json") -> http.client.HTTPResponse:
    """Ask once on a connection that is there."""
    connection.settimeout(10)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n".encode())
    reply = http.client.HTTPResponse(connection)
    reply.begin()
    return reply


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Make a certificate for this machine and its key."""
    folder = tmp_path_factory.mktemp("tls")
    files = (str(folder / "certificate.pem"), str(folder / "key.pem"))
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext"]
    command += ["subjectAltName=IP:127.0.0.1", "-out", files[0], "-keyout", files[1]]
    subprocess.run(command, check=True, capture_output=True)
    return files


@pytest.mark.parametrize("model", MODELS)
def test_a_unix_socket_answers_and_is_gone_afterwards(model: str, tmp_path: Path) -> None:
    path = tmp_path / "assay.sock"
    with serving("--unix", str(path), "--model", model) as address:
        assert address == f"unix:{path}"
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            assert len(reply_over(connection).read()) == 526
    assert not path.exists()


@pytest.mark.parametrize("model", MODELS)
def test_tls_is_spoken_to_who_trusts_the_certificate(model: str, certificate: tuple) -> None:
    options = ["--tls-certificate", certificate[0], "--tls-key", certificate[1]]
    with serving("--port", "0", "--model", model, *options) as address:
        assert address.startswith("https://127.0.0.1:")
        trust = ssl.create_default_context(cafile=certificate[0])
        plain = socket.create_connection(("127.0.0.1", port_of(address)))
        with trust.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
            assert connection.version() == "TLSv1.3"
            assert len(reply_over(connection).read()) == 526


def test_plain_http_on_a_port_of_tls_is_told_so(certificate: tuple) -> None:
    options = ["--tls-certificate", certificate[0], "--tls-key", certificate[1]]
    with (
        serving("--port", "0", *options) as address,
        socket.create_connection(("127.0.0.1", port_of(address))) as connection,
    ):
        reply = reply_over(connection)
        assert (reply.status, b"TLS" in reply.read()) == (400, True)


@pytest.mark.parametrize("model", MODELS)
def test_an_access_log_has_what_was_asked_inside_tls_and_beside_it(
    model: str, certificate: tuple, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    options = ["--tls-certificate", certificate[0], "--tls-key", certificate[1]]
    options += ["--access-log", str(log), "--model", model, "--host", "::1"]
    with serving("--port", "0", *options) as address:
        at = ("::1", port_of(address))
        trust = ssl.create_default_context(cafile=certificate[0])
        trust.check_hostname = False
        with trust.wrap_socket(socket.create_connection(at)) as connection:
            reply_over(connection).read()
        with socket.create_connection(at) as connection:
            told = len(reply_over(connection).read())
    lines = [re.sub(r"\[\d\d/[A-Z][a-z]{2}/[^]]* \+0000\]", "[]", line) for line in log.open()]
    assert sorted(lines) == [
        '::1 - - [] "GET /json HTTP/1.1" 200 526\n',
        f'::1 - - [] "GET /json HTTP/1.1" 400 {told}\n',
    ]


def test_a_path_that_a_killed_server_left_is_taken_over(tmp_path: Path) -> None:
    path = str(tmp_path / "assay.sock")
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(path)
    with serving("--unix", path) as address:
        assert address == f"unix:{path}"


def test_a_path_that_another_server_has_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "assay.sock"
    with serving("--unix", str(path)):
        status, said = refused("--unix", str(path))
        assert (status, "is in use: stop its owner" in said) == (1, True)
        assert path.exists()


def test_a_file_that_is_no_socket_is_not_removed(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    status, said = refused("--unix", str(path))
    assert (status, "is there and is no socket" in said) == (1, True)
    assert path.read_text() == "mine"


def test_wrong_options_are_refused_with_what_is_right() -> None:
    assert refused("--host", "nowhere")[0] == 2
    assert refused("--model", "fibers")[0] == 2
    assert refused("--unix", "/tmp/x", "--port", "1")[0] == 2
    status, said = refused("--tls-certificate", "/nowhere.pem", "--tls-key", "/nowhere.pem")
    assert (status, "/nowhere.pem" in said) == (1, True)


def test_an_access_log_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "nowhere" / "access.log")
    status, said = refused("--port", "0", "--access-log", path)
    assert (status, f"cannot write the access log {path}: No such file" in said) == (1, True)


def test_an_access_log_wants_a_standard_output_that_can_be_written() -> None:
    command = f"{SERVER} --port 0 --access-log - </dev/null 1<&0"
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=20)
    assert (ended.returncode, "name a file for the access log" in ended.stderr) == (1, True)


@pytest.mark.parametrize("model", MODELS)
def test_a_full_pipe_for_all_that_it_says_does_not_keep_it_from_its_end(model: str) -> None:
    reading, writing = os.pipe()
    command = [str(SERVER), "--port", "0", "--access-log", "-", "--drain-timeout", "1"]
    command += ["--model", model]
    with subprocess.Popen(command, stdout=writing, stderr=writing) as server:
        announced = os.read(reading, 100).decode()
        for _ in range(60):  # a pipe holds 64 KiB
            with socket.create_connection(("127.0.0.1", port_of(announced.strip()))) as connection:
                reply_over(connection, "/" + 4000 * "x").read()
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    os.close(writing)
    os.close(reading)


def test_a_port_in_use_is_named() -> None:
    with serving("--port", "0") as address:
        status, said = refused("--port", str(port_of(address)))
        assert (status, said.count("\n")) == (1, 1)
        assert "is in use: stop its owner" in said


@pytest.mark.parametrize("model", MODELS)
def test_too_few_files_are_said_in_one_sentence(model: str) -> None:
    limited = f'ulimit -n {14 if model == "fork" else 8}; exec "$0" "$@"'
    command = ["bash", "-c", limited, str(SERVER), "--port", "0", "--model", model]
    ended = subprocess.run([*command, "--workers", "8"], capture_output=True, text=True, timeout=20)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "ulimit" in ended.stderr


@pytest.mark.parametrize("model", MODELS)
def test_who_listens_has_a_file_for_a_connection(model: str) -> None:
    for files in range(7, 24):
        limited = f'ulimit -n {files}; exec "$0" "$@"'
        command = ["bash", "-c", limited, str(SERVER), "--port", "0", "--model", model]
        with subprocess.Popen(
            [*command, "--workers", "2"], stderr=subprocess.PIPE, text=True
        ) as server:
            said = server.stderr.readline()
            if said.startswith("listening on "):
                with socket.create_connection(("127.0.0.1", port_of(said.strip()))) as connection:
                    assert reply_over(connection, "/hello").status == 200, files
                server.send_signal(signal.SIGTERM)
                assert server.wait(timeout=20) == 0
                break
            assert (server.wait(timeout=20), "ulimit" in said) == (1, True), said
    else:
        pytest.fail("it never starts")


def test_a_split_reply_is_the_same_reply() -> None:
    with (
        serving("--port", "0", "--split-write", "--no-tcp-nodelay") as address,
        socket.create_connection(("127.0.0.1", port_of(address))) as connection,
    ):
        assert len(reply_over(connection).read()) == 526


@pytest.mark.parametrize("model", MODELS)
def test_a_database_tells_its_counts(model: str, tmp_path: Path) -> None:
    path = tmp_path / "assay.db"
    with (
        serving("--port", "0", "--model", model, "--database", str(path)) as address,
        socket.create_connection(("127.0.0.1", port_of(address))) as connection,
    ):
        told = json.load(reply_over(connection, "/__assay__/storage"))
    whose = "process" if model == "fork" else "server"
    assert (told["counts_of"], told["policy"], told["queue_length"]) == (whose, "per-thread", 0)
    assert told["database_bytes"] > 0
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_database_that_cannot_be_opened_is_named_before_it_listens(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine, and no database" * 100)
    for wrong, why in [(path, "no SQLite database"), (tmp_path / "no" / "a.db", "No such file")]:
        status, said = refused("--port", "0", "--database", str(wrong))
        assert (status, said.count("\n")) == (1, 1)
        assert why in said
        assert str(wrong) in said
    assert path.read_text().startswith("mine")


def test_options_of_the_database_are_refused_with_what_is_right() -> None:
    assert "not in {per-request" in refused("--database-policy", "each")[1]
    assert refused("--database-pool", "0")[0] == 2
