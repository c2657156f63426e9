"""What Barq's first version is known to do, asked of the package here over a socket.

The server is started as always, by serve.py, with one workload that is written for these tests.
Skipped where the baseline's Python is not there.
"""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READY = "listening on http://127.0.0.1:"

APPLICATION = """
from typing import Annotated

from barq import Barq, Depends, HTTPException, Request, Response
from pydantic import BaseModel, field_validator

calls = []


class Item(BaseModel):
    name: str
    price: float


class Even(BaseModel):
    number: int

    @field_validator("number")
    @classmethod
    def is_even(cls, number: int) -> int:
        if number % 2:
            raise ValueError("odd")
        return number


def call() -> int:
    calls.append("call")
    return len(calls)


def one(number: Annotated[int, Depends(call)]) -> int:
    return number


def other(number: Annotated[int, Depends(call)]) -> int:
    return number


def teapot(number: int) -> None:
    raise HTTPException(418, f"pot {number}")


def shared(first: Annotated[int, Depends(one)], second: Annotated[int, Depends(other)]) -> list:
    return [first, second]


def level(first: Annotated[int, Depends(call)], second: Annotated[int, Depends(call)]) -> dict:
    return {"same": first == second}


def routes(app: Barq) -> None:
    app.on_startup(lambda: calls.append("startup"))
    app.get("/text")(lambda: "hello")
    app.get("/model")(lambda: Item(name="nut", price=2))
    app.get("/models")(lambda: [Item(name="nut", price=2), 7])
    app.get("/nothing")(lambda: None)
    app.get("/response")(lambda: Response(201, {"x-mark": "1"}, b"made"))
    app.get("/names/{name}")(lambda name: f"first {name}")
    app.get("/names/ann")(lambda: "second")
    app.get("/a.b")(lambda: "dot")
    app.get("/shared")(shared)
    app.get("/level")(level)
    app.get("/teapot/{number}")(teapot)
    app.get("/started")(lambda: calls[0])
    app.get("/missing")(lambda name: f"got {name}")

    @app.get("/add/{left}/{right}")
    def add(left: int, right: float) -> float:
        return left + right

    @app.get("/query")
    def query(text: str, on: bool = False, size: float = 1.5) -> dict:
        return {"text": text, "on": on, "size": size}

    @app.get("/header")
    def header(request: Request) -> str:
        return request.headers["x-mark"]

    @app.put("/items/{name}")
    @app.post("/items")
    def item(body: Item, name: str = "") -> Item:
        return body

    @app.post("/even")
    def even(body: Even) -> Even:
        return body

    @app.delete("/size")
    def size(request: Request) -> int:
        return len(request.body)
"""


@dataclass(frozen=True)
class Reply:
    """What came back before the server closed."""

    status_line: str
    headers: dict[str, str]
    body: str


def interpreter() -> str:
    """Return the baseline's Python, or skip the test with the reason why there is none."""
    record = ROOT / ".venv" / "barq.json"
    if not record.exists():
        pytest.skip("barq: not set up yet: scripts/setup bench")
    found = json.loads(record.read_text(encoding="utf-8"))
    if found["python"] is None:
        pytest.skip(f"barq: {found['reason']}")
    return found["python"]


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    """Serve the application above on two threads; give the process and its port."""
    file = folder / "rules" / "barq.py"
    file.parent.mkdir()
    file.write_text(APPLICATION)
    serve = str(Path(__file__).parent / "serve.py")
    line = [interpreter(), serve, "--port", "0", "--workloads", str(folder), "--workers", "2"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        try:
            announced = process.stderr.readline()
            assert announced.startswith(READY), announced
            yield process, int(announced.removeprefix(READY))
        finally:
            process.kill()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run one server for all tests that only ask it something."""
    with running(tmp_path_factory.mktemp("barq")) as (_, port):
        yield port


def received(client: socket.socket) -> bytes:
    """Read until the server closes."""
    client.settimeout(10)
    return b"".join(iter(lambda: client.recv(65536), b""))


def answer(port: int, *pieces: bytes) -> bytes:
    """Send a request on a connection of its own."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            client.sendall(piece)
        return received(client)


def reply(port: int, method: str, target: str, body: str = "") -> Reply:
    """Ask for something."""
    head = f"{method} {target} HTTP/1.1\r\nHost: assay\r\nContent-Length: {len(body)}\r\n\r\n"
    head, _, text = answer(port, (head + body).encode()).decode().partition("\r\n\r\n")
    status_line, *lines = head.split("\r\n")
    return Reply(status_line, dict(line.split(": ") for line in lines), text)


def body_of(port: int, target: str) -> str:
    """Ask for something that is there."""
    found = reply(port, "GET", target)
    assert found.status_line == "HTTP/1.1 200 OK"
    return found.body


def test_a_reply_has_two_headers_and_ends_the_connection(port: int) -> None:
    assert answer(port, b"GET /text HTTP/1.1\r\nConnection: keep-alive\r\n\r\n") == (
        b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nhello"
    )


def test_a_model_is_written_compactly_and_a_list_with_spaces(port: int) -> None:
    assert body_of(port, "/model") == '{"name":"nut","price":2.0}'
    assert body_of(port, "/models") == '[{"name": "nut", "price": 2.0}, 7]'


def test_none_is_no_content_and_a_response_is_sent_as_it_is(port: int) -> None:
    nothing = Reply("HTTP/1.1 204 No Content", {"content-length": "0"}, "")
    assert reply(port, "GET", "/nothing") == nothing
    made = Reply("HTTP/1.1 201 Created", {"x-mark": "1"}, "made")
    assert reply(port, "GET", "/response") == made


def test_the_first_route_that_matches_wins(port: int) -> None:
    assert body_of(port, "/names/ann") == "first ann"


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/none"),
        ("GET", "/text/"),
        ("GET", "/axb"),
        ("GET", "/names/ann/x"),
        ("GET", "/names/"),
        ("POST", "/text"),
        ("HEAD", "/text"),
    ],
)
def test_another_path_or_method_is_not_found(port: int, method: str, target: str) -> None:
    found = reply(port, method, target)
    assert found.status_line == "HTTP/1.1 404 Not Found"
    assert found.body == '{"detail": "Not Found"}'


def test_percent_signs_are_decoded_in_the_query_only(port: int) -> None:
    assert body_of(port, "/names/a%20b") == "first a%20b"
    assert json.loads(body_of(port, "/query?text=a%20b"))["text"] == "a b"


def test_numbers_and_truth_values_are_converted(port: int) -> None:
    assert body_of(port, "/add/2/0.5") == "2.5"
    texts = {"true": True, "TRUE": True, "1": True, "yes": False, "false": False}
    for text, value in texts.items():
        query = json.loads(body_of(port, f"/query?text=7&on={text}&size=2"))
        assert query == {"text": "7", "on": value, "size": 2.0}


def test_of_a_repeated_name_the_query_has_the_first_and_the_headers_the_last(port: int) -> None:
    query = json.loads(body_of(port, "/query?text=a&text=b"))
    assert query == {"text": "a", "on": False, "size": 1.5}
    sent = b"GET /header HTTP/1.1\r\nX-Mark: a\r\nx-mark:  b \r\n\r\n"
    assert answer(port, sent).endswith(b"\r\n\r\nb")


@pytest.mark.parametrize("target", ["/add/two/3", "/missing"])
def test_a_wrong_number_or_a_missing_value_is_an_error_of_the_server(
    port: int, target: str
) -> None:
    found = reply(port, "GET", target)
    assert found.status_line == "HTTP/1.1 500 Internal Server Error"
    assert found.body == '{"detail": "Internal Server Error"}'


def test_a_body_is_a_model_by_post_and_put(port: int) -> None:
    for method, target in (("POST", "/items"), ("PUT", "/items/bolt")):
        found = reply(port, method, target, '{"price": "3", "name": "nut", "x": 1}')
        assert (found.status_line, found.body) == (
            "HTTP/1.1 200 OK",
            '{"name":"nut","price":3.0}',
        )


@pytest.mark.parametrize("body", ['{"name": "nut", "price": "dear"}', '{"name": "nut"}'])
def test_a_body_that_does_not_fit_is_422_with_the_place(port: int, body: str) -> None:
    found = reply(port, "POST", "/items", body)
    assert found.status_line == "HTTP/1.1 422 Unprocessable Entity"
    assert [error["loc"] for error in json.loads(found.body)["detail"]] == [["price"]]


def test_a_body_that_is_no_json_is_an_error_of_the_server(port: int) -> None:
    found = reply(port, "POST", "/items", '{"name":')
    assert found.status_line == "HTTP/1.1 500 Internal Server Error"
    assert found.body == '{"detail": "Internal Server Error"}'


def test_an_error_that_json_cannot_write_has_no_body(port: int) -> None:
    bare = Reply("HTTP/1.1 500 Internal Server Error", {"content-length": "0"}, "")
    assert reply(port, "POST", "/even", '{"number": 3}') == bare
    assert reply(port, "POST", "/even", '{"number": 4}').body == '{"number":4}'


def test_an_exception_with_a_status_is_a_reply_and_an_unusual_status_unknown(port: int) -> None:
    found = reply(port, "GET", "/teapot/3")
    assert (found.status_line, found.body) == ("HTTP/1.1 418 Unknown", '{"detail": "pot 3"}')


def test_a_dependency_runs_once_for_a_function_and_twice_for_two_others(port: int) -> None:
    first, second = json.loads(body_of(port, "/shared"))
    assert second == first + 1
    assert body_of(port, "/level") == '{"same": true}'


def test_what_is_to_run_at_the_start_has_run_before_the_first_request(port: int) -> None:
    assert body_of(port, "/started") == "startup"


def test_a_body_longer_than_a_piece_is_read_to_its_end(port: int) -> None:
    head = b"DELETE /size HTTP/1.1\r\nContent-Length: 10000\r\n\r"
    assert answer(port, head, b"\n" + b"x" * 4000, b"y" * 6000).endswith(b"\r\n\r\n10000")


@pytest.mark.parametrize("sent", [b"GET /text\r\n\r\n", b"GET /text HTTP/1.1\r\nHost\r\n\r\n"])
def test_what_is_no_request_is_an_error_of_the_server(port: int, sent: bytes) -> None:
    bare = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n"
    assert answer(port, sent).startswith(bare)


def test_as_many_silent_clients_as_workers_keep_the_next_waiting(port: int) -> None:
    with (
        socket.create_connection(("127.0.0.1", port)) as silent,
        socket.create_connection(("127.0.0.1", port)),
        socket.create_connection(("127.0.0.1", port)) as third,
    ):
        third.sendall(b"GET /text HTTP/1.1\r\n\r\n")
        third.settimeout(0.3)
        with pytest.raises(TimeoutError):
            third.recv(1)
        silent.close()
        assert received(third).endswith(b"hello")


def test_ctrl_c_ends_it_when_the_workers_are_done(tmp_path: Path) -> None:
    # Where the tests run in the background SIGINT is ignored, also by what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with running(tmp_path) as (process, port):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET /text HTTP/1.1\r\n")
            body_of(port, "/text")  # accepted later, so that the first one was accepted
            time.sleep(0.2)  # within the pool's own steps an interruption could cut one of them
            process.send_signal(signal.SIGINT)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=0.3)
            client.sendall(b"\r\n")
            assert received(client).endswith(b"hello")
        assert process.wait(timeout=10) == 0
