"""A fit gives back the law that its points were made from."""

from __future__ import annotations

import math

import pytest

from reports.result import Estimate
from reports.scaling_fit import fitted


def rates(sigma: float, kappa: float, workers: tuple[int, ...]) -> list[tuple[float, float]]:
    """Return points on the law with 100 requests a second for one worker."""
    return [(n, 100 * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))) for n in workers]


def test_a_parallel_share_is_what_amdahls_law_leaves() -> None:
    # 4 workers at sigma 0.2: 100 * 4 / 1.6 = 250; 8: 100 * 8 / 2.4 = 333.3.
    blocks = [[(1, 100.0), (4, 250.0), (8, 1000 / 3)]] * 7
    found = fitted("parallel_share", blocks)
    assert found is not None
    assert (found.median, found.low, found.high) == pytest.approx((0.8, 0.8, 0.8))


def test_the_peak_lies_where_the_law_turns_down() -> None:
    # sqrt((1 - 0.1) / 0.009) = 10
    found = fitted("peak_workers", [rates(0.1, 0.009, (1, 4, 8, 16))] * 7)
    assert found is not None
    assert (found.median, found.low, found.high) == pytest.approx((10, 10, 10))


def test_where_more_workers_never_cost_there_is_no_peak() -> None:
    assert fitted("peak_workers", [rates(0.1, -0.001, (1, 4, 8))] * 7) == Estimate(
        math.inf, math.inf, math.inf
    )


@pytest.mark.parametrize(("sigma", "kappa"), [(1.2, 0.0), (1.2, -0.001), (1.0, 0.01)])
def test_where_a_second_worker_already_costs_the_peak_is_at_one(sigma: float, kappa: float) -> None:
    found = fitted("peak_workers", [rates(sigma, kappa, (1, 4, 8))] * 7)
    assert found is not None
    assert (found.median, found.low, found.high) == pytest.approx((1, 1, 1), abs=0.01)


def test_blocks_that_differ_make_an_interval_around_the_fit() -> None:
    blocks = [rates(sigma / 100, 0, (1, 4, 8)) for sigma in (17, 18, 19, 20, 21, 22, 23)]
    found = fitted("parallel_share", blocks)
    assert found is not None and found.low is not None and found.high is not None
    assert 0.77 <= found.low < found.median < found.high <= 0.83
    assert found.median == pytest.approx(0.8, abs=0.005)


def test_too_few_numbers_of_workers_have_no_fit() -> None:
    assert fitted("parallel_share", [[(4, 100.0)]] * 7) is None
    assert fitted("peak_workers", [[(1, 100.0), (4, 300.0)]] * 7) is None
    assert fitted("parallel_share", []) is None
