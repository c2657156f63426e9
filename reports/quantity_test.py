"""Numbers print short, with their unit, and a missing one as a dash."""

from __future__ import annotations

import pytest

from reports import quantity
from reports.result import Estimate


def plain(text: str) -> str:
    return text.replace(quantity.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("rate", "text"), [(41012.4, "41,012"), (264, "264"), (25.3, "25.3"), (0.5, "0.50")]
)
def test_a_rate_has_decimals_only_where_they_matter(rate: float, text: str) -> None:
    assert quantity.rate_text(rate) == text


@pytest.mark.parametrize(
    ("microseconds", "text"),
    [(0.36, "0.36 µs"), (88, "88.0 µs"), (412, "412 µs"), (4980, "4.98 ms"), (2.5e6, "2.50 s")],
)
def test_a_duration_takes_the_unit_that_keeps_it_short(microseconds: float, text: str) -> None:
    assert plain(quantity.duration_text(microseconds)) == text


def test_sizes_are_binary() -> None:
    assert plain(quantity.bytes_text(48_758_784)) == "46.5 MiB"
    assert plain(quantity.bytes_text(526)) == "526 B"


def test_an_axis_names_large_rates_short() -> None:
    assert [plain(quantity.tick_text(rate)) for rate in (50, 20_000, 5e6, 2e9, 1e12)] == [
        "50.0", "20,000", "5 M", "2 G", "1 T",
    ]  # fmt: skip


def test_what_was_not_measured_is_a_dash() -> None:
    missing = (quantity.duration_text, quantity.bytes_text, quantity.share_text)
    assert [text(None) for text in missing] == [quantity.DASH, quantity.DASH, quantity.DASH]


def test_an_interval_names_its_unit_once() -> None:
    estimate = Estimate(970.0, 895.0, 1015.0)
    assert plain(quantity.duration_interval_text(estimate)) == "895 to 1,015 µs"


def test_no_interval_is_no_text() -> None:
    assert quantity.interval_text(Estimate(3.0, None, None), quantity.ratio_text) == ""
    assert quantity.duration_interval_text(Estimate(3.0, None, None)) == ""


def test_a_long_span_is_told_in_minutes() -> None:
    assert plain(quantity.seconds_text(261)) == "4 min 21 s"
    assert plain(quantity.seconds_text(0.5)) == "0.5 s"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.00042, "0.042"), (0.0517, "5.2"), (0.994, "99"), (0.998, "100"), (0, "0")],
)
def test_a_fine_share_has_two_digits_and_no_power_of_ten(share: float, text: str) -> None:
    assert plain(quantity.fine_share_text(share)) == f"{text} %"
