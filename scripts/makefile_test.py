"""What is typed after `make`: wrong input is one sentence and exit status 2, before any work."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """Run make as a dry run: it reads its input and prints what it would do."""
    # What the make that runs the tests was given is none of its business.
    own = {name: text for name, text in os.environ.items() if "MAKE" not in name}
    command = ["make", "--dry-run", *words]
    return subprocess.run(
        command, cwd=CHECKOUT, env=own, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("bench", "PLAN=qiuck"), 'there is no plan "qiuck"; there are: '),
        (("bench", "BLOCKS=many"), 'BLOCKS is a number from 1 to 99, not "many"'),
        (("bench", "RESUME=yes"), 'RESUME is 1 or nothing, not "yes"'),
        (("bench", "BLOCK=7"), "there is no variable BLOCK; there are: "),
        (("bench", "PYTHON_BUILD=slow"), 'PYTHON_BUILD is fast or full, not "slow"'),
        (("bench", "WORKLOAD=jason"), 'there is no workload "jason"; there are: '),
        (("bench", "BASELINE=karak"), "BASELINE is for make verify; a plan names its own"),
        (("test", "ONLY=ruby"), 'there is no suite "ruby"; there are: '),
        (("compare", "A=quick"), "two runs are compared; type: make compare A=<run> B=<run>"),
    ],
)
def test_wrong_input_is_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    made = make(*words)
    assert made.returncode == 2
    assert sentence in made.stderr
    assert made.stdout == ""


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("bench",), ["assay", "run", "quick"]),
        (("bench", "PLAN=full", "RESUME=1"), ["assay", "run", "full", "--resume"]),
        (("bench", "BLOCKS=9"), ["assay", "run", "quick", "--blocks", "9"]),
    ],
)
def test_bench_runs_what_was_asked_for(words: tuple[str, ...], command: list[str]) -> None:
    lines = (line.split() for line in make(*words).stdout.splitlines())
    assert ["build/bin/assay", *command[1:]] in list(lines)
