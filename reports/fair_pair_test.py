"""Between equals each side has its best variant, and itself where no other was run."""

from __future__ import annotations

from reports.fair_pair import fair_pair
from reports.invented_run import CLOSE, OURS, THEIRS, around, invented_run

RUN = invented_run(
    "p",
    {
        ("cpu", label, CLOSE.name): around(rate)
        for label, rate in ((OURS, 500), ("fastapi@tuned", 600), ("fastapi@threads", 700))
    },
)


def test_each_side_has_the_fastest_of_its_variants() -> None:
    assert fair_pair(RUN, "cpu", CLOSE, (OURS, THEIRS)) == (OURS, "fastapi@threads")


def test_a_side_that_was_not_run_stays_what_the_row_names() -> None:
    assert fair_pair(RUN, "json", CLOSE, (OURS, THEIRS)) == (OURS, THEIRS)
    assert fair_pair(RUN, "cpu", None, (OURS, THEIRS)) == (OURS, THEIRS)
