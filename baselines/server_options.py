"""The command line that every serve.py understands."""

import argparse
import os
from pathlib import Path

WORKLOADS = Path(__file__).resolve().parents[1] / "workloads"


def server_options(about: str) -> argparse.ArgumentParser:
    """Return a parser for the options that all servers share; a wrong one ends with status 2."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1", help="IPv4 address to listen on")
    parser.add_argument("--port", type=port, default=8001, help="port; 0 picks a free one")
    parser.add_argument("--workloads", type=Path, default=WORKLOADS, help="folder to serve")
    parser.add_argument(
        "--style",
        default="",
        help="which of a workload's ways to write its handlers: routes_STYLE, where it has that; "
        "of several, a,b, the first that it has",
    )
    return parser


def port(text: str) -> int:
    """Read a port number."""
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")
    return number


def workers(text: str) -> int:
    """Read a number of workers; `cores` is one for each core that this process may use."""
    if text == "cores":
        return cores()
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of workers: give 1 or more, or `cores`"
        )
    return number


def cores() -> int:
    """Return how many cores this process may use, which are fewer than all where it is pinned."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
