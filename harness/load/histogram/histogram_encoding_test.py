"""Histograms as text and as a log, read and written beside the Python package hdrhistogram."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

histogram_module = pytest.importorskip(
    "hdrh.histogram", reason="hdrhistogram has no wheel for this system"
)
log_module = pytest.importorskip("hdrh.log")
HdrHistogram = histogram_module.HdrHistogram

PROGRAM = Path(__file__).resolve().parents[3] / "build/release/tests/histogram_text"
HOUR = 3_600_000_000_000
Ask = Callable[[str], str]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Return a function that gives an order to our program and returns its answer."""
    with subprocess.Popen(
        [PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:

        def answer(order: str) -> str:
            program.stdin.write(order + "\n")
            program.stdin.flush()
            return program.stdout.readline().rstrip("\n")

        yield answer
        program.stdin.close()


def latencies(seed: int, count: int = 20_000) -> list[int]:
    """Return times as a server has them: around 300 us, with a tail up to an hour, and edges."""
    chance = random.Random(seed)
    times = [int(chance.lognormvariate(12.6, 1.2)) for _ in range(count)]
    return [*times, 0, 1, 2047, 2048, HOUR]


def theirs(times: list[int]) -> HdrHistogram:
    """Return their histogram of the times."""
    histogram = HdrHistogram(1, HOUR, 3)
    for time in times:
        histogram.record_value(time)
    return histogram


def ours(ask: Ask, times: list[int]) -> str:
    """Return our text of the times."""
    return ask("encode " + " ".join(map(str, times)))


def counts(histogram: HdrHistogram) -> dict[int, int]:
    """Return the counts of the places that are not empty."""
    return {i: histogram.counts[i] for i in range(histogram.counts_len) if histogram.counts[i]}


def places(answer: str) -> dict[int, int]:
    """Return the same of what our program says."""
    pairs = (place.split(":") for place in answer.split())
    return {int(index): int(count) for index, count in pairs}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_we_write_they_read_as_what_they_would_have_recorded(ask: Ask, seed: int) -> None:
    times = latencies(seed)
    read, expected = HdrHistogram.decode(ours(ask, times)), theirs(times)
    assert counts(read) == counts(expected)
    assert read.get_total_count() == len(times)
    assert read.get_min_value() == expected.get_min_value()
    assert read.get_max_value() == expected.get_max_value()
    assert read.get_mean_value() == expected.get_mean_value()
    for percentile in (0, 1, 50, 90, 99, 99.9, 99.99, 100):
        assert read.get_value_at_percentile(percentile) == expected.get_value_at_percentile(
            percentile
        )


def test_they_add_ours_to_what_one_histogram_would_hold(ask: Ask) -> None:
    one, other = latencies(4), latencies(5, 3000)
    both = HdrHistogram.decode(ours(ask, one))
    both.decode_and_add(ours(ask, other))
    assert counts(both) == counts(theirs(one + other))
    assert both.get_total_count() == len(one) + len(other)


def test_what_they_write_we_read(ask: Ask) -> None:
    for times in (latencies(6), [7], [7] * 1000, [HOUR], []):
        histogram = theirs(times)
        assert places(ask(f"decode {histogram.encode().decode()}")) == counts(histogram)


def test_nothing_is_nothing_to_them(ask: Ask) -> None:
    assert HdrHistogram.decode(ours(ask, [])).get_total_count() == 0


def test_we_refuse_what_is_none_of_ours(ask: Ask) -> None:
    other_digits = HdrHistogram(1, HOUR, 2)
    other_digits.record_value(1000)
    for text in (other_digits.encode().decode(), theirs([1]).encode().decode()[:-4], "HISTFAAA"):
        assert ask(f"decode {text}") == "refused"


def test_they_read_our_log_second_by_second(ask: Ask, tmp_path: Path) -> None:
    seconds = [latencies(7), [], latencies(8, 500)]
    path = tmp_path / "run.hlog"
    texts = " ".join(ours(ask, second) for second in seconds)
    assert ask(f"log {path} {texts}") == "written"
    reader = log_module.HistogramLogReader(str(path), HdrHistogram(1, HOUR, 3))
    for number, second in enumerate(seconds):
        read = reader.get_next_interval_histogram()
        assert counts(read) == counts(theirs(second))
        begin_ms = 1_441_812_279_474 + 1000 * number
        assert read.get_start_time_stamp() == pytest.approx(begin_ms, abs=1)
        assert read.get_end_time_stamp() == pytest.approx(begin_ms + 1000, abs=1)
    assert reader.get_next_interval_histogram() is None
    reader.close()


def test_the_seconds_of_a_log_add_up_to_the_run(ask: Ask, tmp_path: Path) -> None:
    seconds = [latencies(9, 300), latencies(10, 700)]
    path = tmp_path / "run.hlog"
    ask(f"log {path} " + " ".join(ours(ask, second) for second in seconds))
    reader = log_module.HistogramLogReader(str(path), HdrHistogram(1, HOUR, 3))
    whole = HdrHistogram(1, HOUR, 3)
    while reader.add_next_interval_histogram(whole):
        pass
    reader.close()
    assert counts(whole) == counts(theirs(seconds[0] + seconds[1]))
