"""The intervals are those of harness/statistics, on the literals of its tests."""

from __future__ import annotations

import math

import pytest

from reports.interval import median_interval, paired_ratio, ratio_of_logarithms
from reports.result import Estimate

TWELVE = [12.0, 11.0, 13.5, 12.2, 11.8, 12.9, 12.4]
TEN = [10.0, 10.1, 9.9, 10.3, 9.8, 10.2, 10.0]


def ends(estimate: Estimate | None) -> tuple[float, float, float]:
    assert estimate is not None
    assert estimate.low is not None and estimate.high is not None
    return estimate.median, estimate.low, estimate.high


def test_a_ratio_is_the_centre_of_the_ratios_in_logarithms() -> None:
    # Of the 21 means of two exponents the middle one is 3.5; the interval ends (0.025 - 1/64) /
    # (1/64) = 0.6 of the way from the outermost mean to the next.
    found = paired_ratio([2, 64, 8, 4, 32, 16], [1] * 6)
    assert ends(found) == pytest.approx((2**3.5, 2**1.3, 2**5.7))


def test_a_ratio_turns_over_when_the_sides_are_exchanged() -> None:
    median, low, high = ends(paired_ratio(TWELVE, TEN))
    assert ends(paired_ratio(TEN, TWELVE)) == pytest.approx((1 / median, 1 / high, 1 / low))


def test_what_slows_a_whole_block_does_not_disturb_a_ratio() -> None:
    found = paired_ratio([200, 100, 200, 200, 40, 200], [100, 50, 100, 100, 20, 100])
    assert ends(found) == pytest.approx((2, 2, 2))


def test_five_blocks_give_a_ratio_without_an_interval() -> None:
    assert paired_ratio([2, 8, 2, 2, 2], [1] * 5) == Estimate(2, None, None)


@pytest.mark.parametrize("wrong", [0.0, -1.0, math.nan])
def test_a_value_that_is_not_positive_has_no_ratio(wrong: float) -> None:
    assert paired_ratio([1, 2, wrong, 4, 5, 6], [1] * 6) is None
    assert paired_ratio([1] * 6, [1, 2, wrong, 4, 5, 6]) is None


def test_a_block_without_a_partner_has_no_ratio() -> None:
    assert paired_ratio([1] * 7, [1] * 6) is None
    assert ratio_of_logarithms([]) is None


def test_the_interval_of_a_median_ends_where_95_per_cent_lies() -> None:
    # Of eight values: 0 or 8 below has a chance of 1/256, 1 or 7 of 8/256, so the end lies
    # (0.025 - 1/256) / (8/256) = 0.675 of the way in chance, which is 7 * 0.675 / (1 + 6 * 0.675)
    # = 0.93564 of the way from the first value to the second.
    assert ends(median_interval([8, 1, 7, 2, 6, 3, 5, 4])) == pytest.approx(
        (4.5, 1.93564, 7.06436), abs=1e-5
    )


def test_five_values_give_a_median_without_an_interval() -> None:
    assert median_interval([5, 1, 4, 2, 3]) == Estimate(3, None, None)
    assert median_interval([]) is None
