"""Which workloads a variant runs, by what its baseline.toml says."""

from pathlib import Path

import pytest

from baselines.python_baseline import Variant

ALL = ["echo@large", "echo@small", "kv@get", "stream"]


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        ({}, ALL),
        ({"lacks": {"stream": "it cannot", "echo@large": "it will not"}}, ["echo@small", "kv@get"]),
        ({"lacks": {"echo": "it is mute"}}, ["kv@get", "stream"]),
        ({"only": ["echo@small"]}, ["echo@small"]),
        ({"only": ["echo"], "lacks": {"echo@large": "it will not"}}, ["echo@small"]),
    ],
)
def test_a_variant_runs_what_it_does_not_lack_or_only_what_it_names(
    settings: dict, runs: list[str]
) -> None:
    variant = Variant(Path("baselines/falcon"), "plain", settings)
    assert [name for name in ALL if variant.runs(name)] == runs
