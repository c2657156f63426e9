"""The language of workload.toml: what is asked, and which replies are accepted."""

import random
from pathlib import Path

import pytest

from baselines.expected_reply import Exchange, Question, Reply, complaint, drawn, exchanges


def folder_with(tmp_path: Path, toml: str, **files: str) -> Path:
    """Write a workload named `w`."""
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "workload.toml").write_text(toml)
    for name, text in files.items():
        (folder / name.replace("__", "-").replace("_", ".")).write_text(text)
    return folder


def wrong(reply: Reply, question: Question | None = None, **accepted: object) -> str:
    """Return the complaint about a reply to a GET; a reply of JSON unless told otherwise."""
    wish = {"statuses": (200,), "reply_type": "application/json", **accepted}
    asked = Exchange("GET", "/", None, b"", **wish)
    return complaint(asked, question or Question("GET", "/", None, b"", ()), reply)


def json_reply(text: str) -> Reply:
    """Return a good reply."""
    return Reply(200, "application/json", text.encode())


def test_a_workload_of_one_request_has_its_own_name(tmp_path: Path) -> None:
    toml = """
request = { method = "GET", path = "/json" }
reply = { status = 200, type = "application/json", body = "reply.json" }
"""
    found = exchanges(folder_with(tmp_path, toml, reply_json="{}"), "karak")
    expected = Exchange("GET", "/json", None, b"", (200,), "application/json", literal=b"{}")
    assert found == {"w": [expected]}


def test_a_variant_with_a_check_asks_both(tmp_path: Path) -> None:
    toml = """
[variants.v]
request = { method = "POST", path = "/e", type = "application/json", body = "a.json" }
reply = { status = 200, type = "application/json", body = "a.json" }
check = { path = "/f", body = "check-a.json", reply = "echo" }
"""
    folder = folder_with(tmp_path, toml, a_json="[1]", check__a_json="[{random:1:9}]")
    found = exchanges(folder, "karak")
    kind = "application/json"
    assert found == {
        "w@v": [
            Exchange("POST", "/e", kind, b"[1]", (200,), kind, literal=b"[1]"),
            Exchange("POST", "/f", kind, b"[{random:1:9}]", (200,), kind, is_echo=True),
        ]
    }


@pytest.mark.parametrize("wish", ["text = 'n={1}'", "reply = 'n.txt'"])
def test_the_reply_to_a_check_is_a_text_or_a_file_of_text(tmp_path: Path, wish: str) -> None:
    toml = f"""
[variants.v]
request = {{ method = "GET", path = "/5" }}
reply = {{ status = 200, type = "text/plain", text = "n=5" }}
check = {{ path = "/{{random:1:9}}", {wish} }}
"""
    _, asked = exchanges(folder_with(tmp_path, toml, n_txt="n={1}"), "karak")["w@v"]
    assert asked.texts == ("n={1}",)
    assert asked.literal is None


def test_a_mix_asks_each_of_its_parts(tmp_path: Path) -> None:
    toml = """
[[mix]]
weight = 1
request = { method = "DELETE", path = "/a" }
reply = { status = [200, 404], type = "text/plain", texts = ["yes", "no"] }
[[mix]]
weight = 2
request = { method = "POST", path = "/b" }
reply = { status = 204 }
"""
    assert exchanges(folder_with(tmp_path, toml), "karak") == {
        "w": [
            Exchange("DELETE", "/a", None, b"", (200, 404), "text/plain", texts=("yes", "no")),
            Exchange("POST", "/b", None, b"", (204,), None),
        ]
    }


def test_a_variant_for_some_implementations_is_asked_of_no_other(tmp_path: Path) -> None:
    toml = """
[variants.all]
request = { method = "GET", path = "/a" }
reply = { status = 200 }
[variants.some]
only = ["reference"]
request = { method = "GET", path = "/b" }
reply = { status = 200 }
"""
    folder = folder_with(tmp_path, toml)
    assert list(exchanges(folder, "karak")) == ["w@all"]
    assert list(exchanges(folder, "reference")) == ["w@all", "w@some"]


def test_numbers_are_drawn_from_the_path_first_and_within_their_bounds() -> None:
    asked = Exchange("GET", "/{random:7:7}", None, b'{"a":{random:1:3}}', (200,), None)
    questions = [drawn(asked, random.Random(seed)) for seed in range(40)]
    assert {question.path for question in questions} == {"/7"}
    assert {question.body for question in questions} == {b'{"a":1}', b'{"a":2}', b'{"a":3}'}
    assert {question.numbers for question in questions} == {(7, 1), (7, 2), (7, 3)}


def test_bytes_that_are_no_text_are_sent_as_they_are() -> None:
    body = bytes(range(256))
    assert drawn(Exchange("POST", "/", None, body, (200,), None), random.Random(1)).body == body


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (Reply(500, "application/json", b"{}"), "status 500, expected (200,): b'{}'"),
        (Reply(200, "text/html", b"{}"), "type text/html, expected application/json"),
        (json_reply("[]"), "body b'[]', expected b'{}'"),
        (json_reply("{}"), ""),
    ],
)
def test_a_complaint_says_what_came_and_what_was_expected(reply: Reply, text: str) -> None:
    assert wrong(reply, literal=b"{}") == text


@pytest.mark.parametrize("body", ['{"b": 1.0, "a": 42}', '{"a":42.0,"b":1}', '{ "a":42,"b":1}'])
def test_json_that_is_written_otherwise_is_the_same(body: str) -> None:
    assert wrong(json_reply(body), literal=b'{"a":42.0,"b":1}') == ""


@pytest.mark.parametrize("body", ['{"a":"42"}', '{"a":42,"b":1}', "{}", "", '{"a":42}}'])
def test_other_json_is_not(body: str) -> None:
    assert wrong(json_reply(body), literal=b'{"a":42}').startswith("body ")


def test_true_is_not_1() -> None:
    assert wrong(json_reply("[true]"), literal=b"[1]").startswith("body ")


def test_spaces_in_what_is_not_json_are_a_difference() -> None:
    reply = Reply(200, "text/plain", b"[1, 2]")
    for accepted in ({"literal": b"[1,2]"}, {"texts": ("[1,2]",)}):
        assert wrong(reply, reply_type="text/plain", **accepted).startswith("body ")


ASKED_FOR_7_AND_8 = Question("GET", "/7/8", None, b"", (7, 8))


@pytest.mark.parametrize(
    "body", ['{"id":7,"n":8,"c":0}', '{"id": 7, "n": 8, "c": 12345}', '{"c":5,"id":7.0,"n":8}']
)
def test_a_text_has_the_numbers_that_were_drawn_and_any_digits(body: str) -> None:
    texts = ('{"id":{1},"n":{2},"c":{digits}}',)
    assert wrong(json_reply(body), ASKED_FOR_7_AND_8, texts=texts) == ""


@pytest.mark.parametrize(
    "body", ['{"id":8,"n":7,"c":0}', '{"id":7,"n":8,"c":}', '{"id":7,"n":8,"c":-1}', "x", "\xff"]
)
def test_a_text_with_other_numbers_is_refused(body: str) -> None:
    reply = Reply(200, "application/json", body.encode("latin-1"))
    texts = ('{"id":{1},"n":{2},"c":{digits}}',)
    assert wrong(reply, ASKED_FOR_7_AND_8, texts=texts).startswith("body ")


def test_one_of_several_texts_is_enough_and_its_signs_are_literal() -> None:
    accepted = {"texts": ("Found: {1}.\n", "Created: {1}.\n"), "reply_type": "text/plain"}
    for body, is_fine in (
        (b"Created: 7.\n", True),
        (b"Created: 7!\n", False),
        (b"Found: 7.\n\n", False),
    ):
        reply = Reply(200, "text/plain", body)
        assert (wrong(reply, ASKED_FOR_7_AND_8, **accepted) == "") is is_fine


def test_an_echo_repeats_the_body_that_was_sent() -> None:
    question = Question("POST", "/", None, b'{"a":5.5}', (5,))
    assert wrong(json_reply('{"a":5.5}'), question, is_echo=True) == ""
    assert wrong(json_reply('{"a":6.5}'), question, is_echo=True).startswith("body ")


def test_a_reply_of_which_only_the_status_is_told_may_say_anything() -> None:
    reply = Reply(422, "application/problem+json", b"anything")
    assert wrong(reply, statuses=(422,), reply_type=None) == ""
