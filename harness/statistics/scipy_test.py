"""Our statistics beside scipy's, on trials as they are and as they never should be.

Every expected value is computed here, by scipy or by numpy from the definition; none was written
down. `build/release/tests/statistics_text` answers for ours.
"""

from __future__ import annotations

import itertools
import math
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize, stats

PROGRAM = Path(__file__).resolve().parents[2] / "build/release/tests/statistics_text"
SEEDS = range(1, 6)
Sample = Sequence[float]
Ask = Callable[..., list[float] | None]
TAIL = 0.025


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Return a function that gives one of ours its numbers and returns what it gives."""
    with subprocess.Popen(
        [PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:

        def answer(name: str, *samples: Iterable[float]) -> list[float] | None:
            numbers = " | ".join(" ".join(repr(float(x)) for x in sample) for sample in samples)
            program.stdin.write(f"{name} {numbers}\n")
            program.stdin.flush()
            line = program.stdout.readline().rstrip("\n")
            return None if line == "none" else [float(word) for word in line.split()]

        yield answer
        program.stdin.close()


def trials(seed: int, size: int, centre: float = 1000.0) -> np.ndarray:
    """Return rates as a host gives them: 5 % apart, one in ten spoiled."""
    random = np.random.default_rng([seed, size, int(centre)])
    spoiled = np.where(random.random(size) < 0.1, random.uniform(0.6, 0.9, size), 1.0)
    return centre * np.exp(0.05 * random.standard_normal(size)) * spoiled


def near(expected: object, relative: float = 1e-9) -> object:
    """Return what compares equal but for the last digits."""
    return pytest.approx(expected, rel=relative, abs=1e-12)


# What the ranks say.


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("ours", "theirs"), [(5, 5), (6, 7), (7, 7), (8, 8), (3, 12), (10, 10), (20, 20), (30, 30)]
)
def test_mann_whitney_is_exact_without_ties(ask: Ask, seed: int, ours: int, theirs: int) -> None:
    a, b = trials(seed, ours), trials(seed + 100, theirs, 1030)
    expected = stats.mannwhitneyu(a, b, method="exact")
    u, p, is_exact = ask("mann_whitney", a, b)
    assert (u, p, is_exact) == near((expected.statistic, expected.pvalue, 1))


def p_of_all_deals(a: Sample, b: Sample) -> float:
    """Return the two-sided p of U over every way to deal the same values to the two sides."""
    ranks = stats.rankdata([*a, *b])
    sums = np.array([sum(deal) for deal in itertools.combinations(ranks, len(a))])
    here = sum(ranks[: len(a)])  # ranks are halves at most, so sums of them are exact
    return min(1.0, 2 * min(np.mean(sums <= here), np.mean(sums >= here)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("ours", "theirs"), [(6, 6), (7, 7), (4, 9), (8, 8)])
def test_mann_whitney_is_exact_with_ties(ask: Ask, seed: int, ours: int, theirs: int) -> None:
    a, b = np.round(trials(seed, ours) / 40), np.round(trials(seed + 9, theirs, 1030) / 40)
    assert len({*a, *b}) < ours + theirs
    u, p, is_exact = ask("mann_whitney", a, b)
    assert (u, is_exact) == (stats.mannwhitneyu(a, b).statistic, 1)
    assert p == near(p_of_all_deals(a, b))


@pytest.mark.parametrize("grain", [1e-6, 40])
def test_mann_whitney_of_many_values_is_the_corrected_normal_approximation(
    ask: Ask, grain: float
) -> None:
    a, b = np.round(trials(1, 60) / grain), np.round(trials(2, 500, 1010) / grain)
    expected = stats.mannwhitneyu(a, b, method="asymptotic")
    assert ask("mann_whitney", a, b) == near([expected.statistic, expected.pvalue, 0])


@pytest.mark.parametrize("size", [6, 7, 8, 15, 30])
def test_signed_rank_sums_fall_as_scipys_test_has_it(ask: Ask, size: int) -> None:
    up_to = np.cumsum(ask("signed_ranks", [size]))
    for below in range(size + 1):  # the ranks up to this one are of values below 0
        signed = [-i if i <= below else i for i in range(1, size + 1)]
        expected = stats.wilcoxon(signed, alternative="greater", method="exact").pvalue
        assert up_to[below * (below + 1) // 2] == near(expected)


def with_u(ours: int, theirs: int, u: int) -> tuple[list[float], list[float]]:
    """Return two samples without ties in which ours is above theirs in `u` pairs."""
    whole, rest = divmod(u, theirs)
    above = [theirs] * whole + [rest] * (ours > whole) + [0] * (ours - whole - 1)
    return [beaten + 0.5 + i / 100 for i, beaten in enumerate(above)], list(range(1, theirs + 1))


@pytest.mark.parametrize(("ours", "theirs"), [(4, 4), (5, 8), (7, 7), (12, 20)])
def test_rank_sums_fall_as_scipys_test_has_it(ask: Ask, ours: int, theirs: int) -> None:
    chances = ask("rank_sums", [ours], range(1, ours + theirs + 1))
    least = ours * (ours + 1) // 2
    assert sum(chances[:least]) == 0
    for u in range(0, ours * theirs + 1, 3):
        a, b = with_u(ours, theirs, u)
        expected = stats.mannwhitneyu(a, b, alternative="less", method="exact")
        assert expected.statistic == u
        assert sum(chances[: least + u + 1]) == near(expected.pvalue)


# Intervals, by asking scipy's test of every shift whether it doubts it.


def low_end(steps: Sample, p_above: Callable[[float], float], tail: float) -> float | None:
    """Return where p passes `tail`, in proportion between two steps; None where it begins there.

    `p_above(shift)`: by how large a chance the truth may be as low as `shift` and the sample lie
    as high as it does. It changes at the steps alone, and rises.
    """
    outer = None
    for left, right in itertools.pairwise([steps[0] - 1, *steps]):
        inner = p_above((left + right) / 2)
        if inner > tail:
            return (
                None if outer is None else left + (tail - outer) / (inner - outer) * (right - left)
            )
        outer = inner
    raise AssertionError("a test that doubts everything")


def centre_of(sample: np.ndarray, confidence: float) -> list[float] | None:
    """Return the Hodges-Lehmann centre and the ends at which the signed-rank test doubts."""

    def low(d: np.ndarray) -> float | None:
        means = sorted((x + y) / 2 for x, y in itertools.combinations_with_replacement(d, 2))

        def p_above(shift: float) -> float:
            return stats.wilcoxon(d - shift, alternative="greater", method="exact").pvalue

        return low_end(means, p_above, (1 - confidence) / 2)

    pairs = itertools.combinations_with_replacement(sample, 2)
    end, mirrored = low(sample), low(-sample)
    return None if end is None else [np.median([(x + y) / 2 for x, y in pairs]), end, -mirrored]


def shift_of(a: np.ndarray, b: np.ndarray, confidence: float) -> list[float] | None:
    """Return the Hodges-Lehmann shift and the ends at which the Mann-Whitney test doubts."""

    def low(ours: np.ndarray, theirs: np.ndarray) -> float | None:
        def p_above(shift: float) -> float:
            moved = ours - shift
            return stats.mannwhitneyu(moved, theirs, alternative="greater", method="exact").pvalue

        differences = sorted(np.subtract.outer(ours, theirs).ravel())
        return low_end(differences, p_above, (1 - confidence) / 2)

    end, mirrored = low(a, b), low(b, a)
    middle = np.median(np.subtract.outer(a, b))
    return None if end is None else [middle, end, -mirrored]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("size", "confidence"), [(6, 0.95), (7, 0.95), (7, 0.98), (8, 0.95), (10, 0.99), (20, 0.95)]
)
def test_a_centre_ends_where_the_signed_rank_test_begins_to_doubt(
    ask: Ask, seed: int, size: int, confidence: float
) -> None:
    sample = trials(seed, size)
    assert ask("centre", [confidence], sample) == near(centre_of(sample, confidence))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("ours", "theirs", "confidence"), [(4, 4, 0.95), (5, 8, 0.95), (7, 7, 0.95), (10, 10, 0.99)]
)
def test_a_shift_ends_where_the_rank_sum_test_begins_to_doubt(
    ask: Ask, seed: int, ours: int, theirs: int, confidence: float
) -> None:
    a, b = trials(seed, ours), trials(seed, theirs, 970)
    assert ask("shift", [confidence], a, b) == near(shift_of(a, b, confidence))


def test_there_is_no_interval_where_scipys_tests_never_doubt(ask: Ask) -> None:
    five, three = trials(1, 5), trials(1, 3)
    assert centre_of(five, 0.95) is None and ask("centre", [0.95], five) is None
    assert shift_of(three, three + 1, 0.95) is None
    assert ask("shift", [0.95], three, three + 1) is None
    six = trials(1, 6)  # 1 - 2 / 64 is the most that six can give
    assert centre_of(six, 0.97) is None and ask("centre", [0.97], six) is None


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("blocks", [6, 7, 10])
def test_ratios_are_those_tests_of_logarithms(ask: Ask, seed: int, blocks: int) -> None:
    a, b = trials(seed, blocks, 1200), trials(seed + 50, blocks)
    paired = centre_of(np.log(a) - np.log(b), 0.95)
    assert ask("paired_ratio", a, b) == near(np.exp(paired))
    assert ask("unpaired_ratio", a, b) == near(np.exp(shift_of(np.log(a), np.log(b), 0.95)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [6, 7, 8, 11, 30, 2000])
def test_a_median_ends_where_binomial_sums_put_it(ask: Ask, seed: int, size: int) -> None:
    sample = np.sort(trials(seed, size))
    median, low, high = ask("median_interval", sample)
    assert median == np.median(sample)
    assert (low, high) == near(tuple(stats.mstats.median_cihs(sample, 0.05)))
    # The rank from which on both ends leave out more than 5 %.
    rank = int(stats.binom.ppf(TAIL, size, 0.5))
    assert stats.binom.cdf(rank - 1, size, 0.5) <= TAIL < stats.binom.cdf(rank, size, 0.5)
    assert sample[rank - 1] <= low <= sample[rank]
    assert sample[-rank - 1] <= high <= sample[-rank]


def test_five_values_have_no_median_interval_because_their_range_holds_too_little(
    ask: Ask,
) -> None:
    assert stats.binom.cdf(0, 5, 0.5) > TAIL >= stats.binom.cdf(0, 6, 0.5)
    assert ask("median_interval", trials(1, 5)) is None


# The bootstrap.


class OurDraws(np.random.RandomState):
    """Indices as `RandomStream` draws them (SplitMix64), so that both draw the same resamples."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.state = seed

    def next(self) -> int:
        """Return the next 64 bits."""
        mask = 2**64 - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        mixed = (self.state ^ (self.state >> 30)) * 0xBF58476D1CE4E5B9 & mask
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & mask
        return mixed ^ (mixed >> 31)

    def randint(self, low: int, high: int, size: tuple[int, ...], **_: object) -> np.ndarray:
        """Return indices below `high`, one after another."""
        drawn = [(self.next() >> 32) * high >> 32 for _ in range(math.prod(size))]
        return np.array(drawn).reshape(size)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [6, 7, 10, 15])
@pytest.mark.parametrize(("name", "statistic"), [("mean", np.mean), ("median", np.median)])
def test_bca_is_scipys_to_the_digit_for_the_same_draws(
    ask: Ask, seed: int, size: int, name: str, statistic: Callable
) -> None:
    sample = np.round(trials(seed, size))  # sums of whole numbers are the same in any order
    expected = stats.bootstrap(
        (sample,), statistic, n_resamples=1000, method="BCa", random_state=OurDraws(seed)
    ).confidence_interval
    assert ask(f"bca_{name}", [seed, 1000], sample) == near([statistic(sample), *expected])


# Tables and fits.


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [1, 2, 7, 40])
def test_holm_is_the_largest_of_the_steps_so_far(ask: Ask, seed: int, size: int) -> None:
    p = np.round(np.random.default_rng(seed).random(size) ** 3, 2)  # with ties
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(np.minimum(1, (size - np.arange(size)) * p[order]))
    expected = np.empty(size)
    expected[order] = stepped
    assert ask("holm", p) == near(expected)


def verdicts(cell: np.ndarray, others: Sequence[np.ndarray], floor: float) -> list[int]:
    """Return, against each other cell, 1 for faster, -1 for slower, 0 for neither."""
    found = []
    for other in others:
        both = ~np.isnan(cell) & ~np.isnan(other)
        highest = 1 - 2.0 ** (1 - np.count_nonzero(both))
        confidence = min(1 - 0.05 / len(others), highest)
        middle, low, high = centre_of(np.log(cell[both]) - np.log(other[both]), confidence)
        is_apart = abs(middle) > math.log1p(floor) and (low > 0 or high < 0)
        found.append(int(np.sign(middle)) if is_apart else 0)
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("blocks", [7, 9])
def test_places_are_what_comparisons_at_bonferronis_confidence_leave(
    ask: Ask, seed: int, blocks: int
) -> None:
    """One trial of a cell is not valid, so that others meet it in a block less."""
    centres = (1000, 1040, 1200, 1210, 1500)
    cells = [trials(seed + i, blocks, centre) for i, centre in enumerate(centres)]
    cells[2][4] = math.nan
    expected = []
    for i, cell in enumerate(cells):
        against = verdicts(cell, [*cells[:i], *cells[i + 1 :]], 0.03)
        expected += [1 + against.count(-1), len(cells) - against.count(1)]
    assert 1 < expected.count(5) < 5  # some cells are told apart, and not all
    confidence, *places = ask("ranking", [0.03], *cells)
    assert places == expected
    # Seven blocks give 1 - 1/64 to each of three comparisons and 1 - 1/32 to that with a gap.
    fewest = 1 - (4 / 32 if blocks == 7 else 0.05)
    assert confidence == near(fewest)


def measured(seed: int, sigma: float, kappa: float) -> tuple[np.ndarray, np.ndarray]:
    """Return numbers of workers and rates with 3 % noise."""
    workers = np.repeat([1.0, 2, 3, 4, 6, 8, 12, 16], 2)
    law = workers / (1 + sigma * (workers - 1) + kappa * workers * (workers - 1))
    noise = np.random.default_rng(seed).standard_normal(workers.size)
    return workers, 1000 * law * np.exp(0.03 * noise)


def relative(rates: np.ndarray) -> Callable[..., np.ndarray]:
    """Return, for `curve_fit`, what the rates are of those that a law has: 1 if it is right."""

    def of_law(workers: np.ndarray, scale: float, sigma: float, kappa: float = 0.0) -> np.ndarray:
        cost = 1 + sigma * (workers - 1) + kappa * workers * (workers - 1)
        return rates * cost / (1000 * scale * workers)

    return of_law


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("sigma", "kappa"), [(0.1, 0.02), (0.3, 0.005), (0.05, 0.1)])
def test_scaling_laws_are_where_curve_fit_ends(
    ask: Ask, seed: int, sigma: float, kappa: float
) -> None:
    """It looks for the least squares step by step, from a first guess; ours computes them."""
    workers, rates = measured(seed, sigma, kappa)
    points = list(zip(workers, rates, strict=True))
    for name, guess in (("universal", (1, 0.1, 0.01)), ("amdahl", (1, 0.1))):
        expected, _ = optimize.curve_fit(
            relative(rates), workers, np.ones_like(rates), guess, bounds=(0, np.inf), xtol=1e-14
        )
        found = ask(name, *points)
        assert found[0] / 1000 == near(expected[0], 1e-5)
        assert found[1 : len(guess)] == pytest.approx(expected[1:], rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("sigma", "kappa"), [(0.1, 0.02), (0.0, 0.0), (0.02, 0.0), (1.1, 0.01)])
@pytest.mark.parametrize("times", [1, 60])
def test_scaling_laws_are_the_least_squares_that_are_not_below_0(
    ask: Ask, seed: int, sigma: float, kappa: float, times: int
) -> None:
    """Of 1 = x . (X/N, X/N (N - 1), X (N - 1)), also up to 960 workers."""
    workers, rates = measured(seed, sigma, kappa)
    workers = 1 + (workers - 1) * times
    share = rates / 1000 / workers
    rows = np.stack([share, share * (workers - 1), share * workers * (workers - 1)], axis=1)
    size = np.linalg.norm(rows, axis=0)
    points = list(zip(workers, rates, strict=True))

    def of(x: np.ndarray) -> list[float]:
        return [1000 / x[0], *(x[1:] / x[0])]

    ones = np.ones_like(rates)
    bounded = optimize.nnls(rows / size, ones)[0] / size
    amdahl = optimize.nnls((rows / size)[:, :2], ones)[0] / size[:2]
    free = np.linalg.lstsq(rows / size, ones)[0] / size
    assert ask("universal", *points) == near(of(bounded), 1e-7)
    assert ask("amdahl", *points) == near([*of(amdahl), 0], 1e-7)
    assert ask("unbounded", *points) == near(of(free), 1e-7)


# What all of these stand on.


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [1, 2, 7, 8, 1000])
def test_the_middle_of_a_sample_is_numpys(ask: Ask, seed: int, size: int) -> None:
    sample = trials(seed, size)
    assert ask("median", sample) == [np.median(sample)]
    assert ask("geometric_mean", sample) == near([stats.gmean(sample)])
    for share in (0, 0.05, 0.5, 0.95, 1):
        assert ask("quantile", [share], np.sort(sample)) == near([np.quantile(sample, share)])


def test_the_normal_distribution_is_scipys(ask: Ask) -> None:
    for value in (-37.5, -8, -1.96, -1e-9, 0, 0.3, 2.5, 8):
        assert ask("normal_share", [value]) == near([stats.norm.cdf(value)], 1e-12)
    for share in (1e-300, 1e-10, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999999):
        assert ask("normal_quantile", [share]) == near([stats.norm.ppf(share)], 1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_judges_a_sample_is_scipys(ask: Ask, seed: int) -> None:
    a, b = np.sort(np.round(trials(seed, 50))), np.sort(np.round(trials(seed + 7, 80, 1010)))
    assert ask("distance", a, b) == near([stats.ks_2samp(a, b).statistic])
    assert ask("slope", a, b[:50]) == near([stats.linregress(a, b[:50]).slope])
    assert ask("dispersion", a) == near([np.var(a, ddof=1) / np.mean(a)])
