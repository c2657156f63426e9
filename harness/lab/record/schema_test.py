"""The committed schemas, tried on the files of a real run by a reader that is not ours."""

from __future__ import annotations

import copy
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = ROOT / "build" / "bin" / "assay"
SCHEMAS = ROOT / "results" / "schema"
BASELINE = """
title = "T"
about = "A"
language = "L"
adapted = []
interpreter = "none"
command = ["{server}", "--host", "{host}", "--port", "{port}"]
[variants.one]
title = "one"
model = "M"
arguments = []
"""
PLAN = """
title = "P"
blocks = 6
warm_up_s = 0.0
measure_s = 0.1
ours = "reference@one"
twin = true
workloads = ["json"]
baselines = ["reference@one"]
[[loads]]
name = "two"
title = "two"
connections = 2
keep_alive = true
"""


def validator(name: str) -> Draft202012Validator:
    """Read one of the schemas; it has to be one itself."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def places(name: str, document: object) -> list[str]:
    """Return where a document is not as its schema says."""
    return [error.json_path for error in validator(name).iter_errors(document)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run a tiny plan in a checkout of its own; return the folder that it leaves."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name, text in {
        "harness/plans/tiny.toml": PLAN,
        "baselines/reference/baseline.toml": BASELINE,
    }.items():
        (checkout / name).parent.mkdir(parents=True)
        (checkout / name).write_text(text)
    (checkout / "workloads").mkdir()
    (checkout / "workloads" / "json").symlink_to(ROOT / "workloads" / "json")
    (checkout / "build" / "bin").mkdir(parents=True)
    (checkout / "build" / "bin" / "assay-server").symlink_to(PROGRAM.with_name("assay-server"))
    # With a lock of its own: it measures nothing that is kept, and may run beside another.
    environment = os.environ | {"TMPDIR": str(checkout)}
    subprocess.run(
        [PROGRAM, "run", "tiny"],
        cwd=checkout,
        env=environment,
        check=True,
        timeout=100,
        stdout=subprocess.PIPE,
    )
    (folder,) = (checkout / "results" / "hosts").glob("*/*-tiny")
    return folder


@pytest.fixture(scope="module")
def result(run: Path) -> dict:
    """Return what the run's result says."""
    return json.loads((run / "result.json").read_text())


def test_a_real_run_is_as_the_schemas_say(run: Path, result: dict) -> None:
    assert places("result", result) == []
    assert result["cells"][0]["rate"]["low"] is not None
    lines = (run / "journal.ndjson").read_text().splitlines()
    assert len(lines) == len(result["trials"])
    # One that the host spoilt is made once more.
    assert len([trial for trial in result["trials"] if trial["attempt"] == 0]) == 12
    assert [place for line in lines for place in places("journal-line", json.loads(line))] == []
    assert places("run-beginning", json.loads((run / "run.json").read_text())) == []


def a_rate_in_words(result: dict) -> None:
    result["cells"][0]["rate"]["median"] = "fast"


def half_a_trial(result: dict) -> None:
    result["trials"][3]["requests"] = 0.5


def a_negative_seed(result: dict) -> None:
    result["seed"] = -1


def another_number(result: dict) -> None:
    result["schema"] += 1


def no_host(result: dict) -> None:
    del result["host"]


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (a_rate_in_words, "$.cells[0].rate"),
        (half_a_trial, "$.trials[3].requests"),
        (a_negative_seed, "$.seed"),
        (another_number, "$.schema"),
        (no_host, "$"),
    ],
)
def test_what_a_reader_would_misread_is_refused_where_it_stands(
    result: dict, spoil: Callable[[dict], None], place: str
) -> None:
    spoilt = copy.deepcopy(result)
    spoil(spoilt)
    assert places("result", spoilt) == [place]


def test_a_member_that_a_reader_does_not_know_is_passed_over(result: dict) -> None:
    assert places("result", result | {"news": 1}) == []


@pytest.mark.parametrize(
    ("option", "name"),
    [([], "result"), (["--journal"], "journal-line"), (["--beginning"], "run-beginning")],
)
def test_the_program_prints_the_schema_that_is_committed(option: list[str], name: str) -> None:
    printed = subprocess.run(
        [PROGRAM, "schema", *option], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    assert printed == (SCHEMAS / f"{name}.schema.json").read_text()


def test_the_program_compares_a_run_with_itself(run: Path) -> None:
    def compare(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, "compare", *arguments],
            cwd=run.parents[3],
            capture_output=True,
            text=True,
        )

    by_name = compare(run.name, run.name, "--json")
    assert (by_name.returncode, by_name.stderr) == (0, "")
    (cell,) = json.loads(by_name.stdout)["cells"]
    assert (cell["ratio"]["median"], cell["verdict"]) == (1, "tie")
    by_path = compare("--fail-if-slower", str(run), str(run / "result.json"))
    assert by_path.returncode == 0, by_path.stderr
    assert "one build of the reference" in by_path.stdout
    unknown = compare(run.name, "no-such-run")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr.startswith('error: there is no run "no-such-run"\n')
