"""What is asked of a bare interpreter, on the one that runs the tests."""

import sys
from pathlib import Path

import pytest
from interpreter_facts import PROGRAM, InterpreterFacts, interpreter_facts

GIL = sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True


def test_an_interpreter_says_how_long_the_loop_takes_and_whether_its_lock_is_on() -> None:
    facts = interpreter_facts(sys.executable)
    assert facts.gil_before is GIL
    # Between 1 ns and 10 us an addition: a Python's, not a compiled loop's and not one per request.
    assert facts.loop_us is not None and 100 < facts.loop_us < 1_000_000


def test_the_loop_is_the_one_of_the_workload_cpu() -> None:
    names: dict[str, object] = {}
    exec(PROGRAM.partition("def thread_us")[0], names)
    assert names["loop"]() == 333328333350000


def test_an_interpreter_that_does_not_answer_has_no_facts(tmp_path: Path) -> None:
    assert interpreter_facts(str(tmp_path / "python")) == InterpreterFacts(None, None)


@pytest.mark.parametrize("script", ["exit 1", "echo '{}'", "echo nothing"])
def test_an_answer_that_is_none_is_no_fact(tmp_path: Path, script: str) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    assert interpreter_facts(str(program)) == InterpreterFacts(None, None)
