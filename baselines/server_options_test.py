"""The command line of a serve.py: its defaults, and what it says of a value that is none."""

import os

import pytest

from baselines.server_options import server_options, workers


def test_the_default_is_the_documents_port_and_this_checkout_s_workloads() -> None:
    options = server_options("a server").parse_args([])
    assert (options.host, options.port) == ("127.0.0.1", 8001)
    assert (options.workloads / "json" / "workload.toml").exists()


@pytest.mark.parametrize("text", ["65536", "-1", "http", "", "8001.0", "²"])
def test_a_value_that_is_no_port_ends_with_status_2(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        server_options("a server").parse_args([f"--port={text}"])
    assert caught.value.code == 2
    assert f"{text!r} is not a port: give a number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "-4", "many"])
def test_a_value_that_is_no_number_of_workers_ends_with_status_2(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = server_options("a server")
    parser.add_argument("--workers", type=workers)
    with pytest.raises(SystemExit) as caught:
        parser.parse_args([f"--workers={text}"])
    assert caught.value.code == 2
    expected = f"{text!r} is not a number of workers: give 1 or more, or `cores`"
    assert expected in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system does not pin")
def test_cores_are_those_that_the_process_may_use_not_all_of_the_machine() -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        assert workers("cores") == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert workers("cores") == len(allowed)


def test_the_style_is_the_workloads_first_unless_another_is_asked_for() -> None:
    parser = server_options("a server")
    assert parser.parse_args([]).style == ""
    assert parser.parse_args(["--style", "threads"]).style == "threads"
