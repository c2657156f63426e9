"""Two facts of a bare Python interpreter: is its lock on, and how long does one loop take?

The loop is the one of the workload `cpu`. Its processor time calibrates that workload's variant in
other languages, so it is measured where the baselines run, with nothing imported.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

PROGRAM = """
import json, sys, time

def loop():
    total = 0
    for i in range(100000):
        total += i * i
    return total

def thread_us():
    before = time.thread_time_ns()
    loop()
    return (time.thread_time_ns() - before) / 1000

thread_us()
gil = sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True
print(json.dumps({"loop_us": sorted(thread_us() for _ in range(11))[5], "gil_before": gil}))
"""


@dataclass(frozen=True)
class InterpreterFacts:
    """The median of eleven loops in microseconds of thread time; None where nothing answered."""

    loop_us: float | None
    gil_before: bool | None


FactsOf = Callable[[str], InterpreterFacts]


def interpreter_facts(python: str) -> InterpreterFacts:
    """Ask the interpreter itself; takes about a tenth of a second."""
    try:
        # -I: no variable of the user's and no site folder of the user's changes what is measured.
        done = subprocess.run(
            [python, "-I", "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
        )
        answer = json.loads(done.stdout)
        return InterpreterFacts(answer["loop_us"], answer["gil_before"])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return InterpreterFacts(None, None)
