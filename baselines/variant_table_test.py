"""The tables of README.md: what they are made from, and that they are what the files say."""

from pathlib import Path

from sources import listed_by_git

from baselines.variant_table import ROOT, Workload, table_lines, workloads_of

TOML = """
title = "Falcon"
about = "a server"
language = "Python"
interpreter = "free-threaded"
adapted = ["one way"]

[variants.plain]
title = "as it comes"
model = "a thread"
lacks = ["kv@get"]

[variants.tuned]
title = "fast"
model = "a process"
interpreter = "system"
lacks = ["hello", "kv@get"]
finding = { workload = "kv@put", status = 500 }

[variants.locked]
title = "with C"
model = "a thread"
lock = "on"
"""
WORKLOADS = [
    Workload("hello", ("hello",), frozenset({"falcon", "workload"})),
    Workload("kv", ("kv@get", "kv@put"), frozenset({"falcon", "workload"})),
    Workload("stream", ("stream@lines",), frozenset({"workload"})),
]


def lines_of(tmp_path: Path, toml: str, workloads: list[Workload] = WORKLOADS) -> list[str]:
    """Return the rows of a baseline named falcon, without the tables' heads."""
    folder = tmp_path / "falcon"
    folder.mkdir()
    (folder / "baseline.toml").write_text(toml)
    return [line for line in table_lines([folder], workloads) if "`" in line]


def test_a_baseline_is_without_the_workloads_that_have_no_file_for_it(tmp_path: Path) -> None:
    first, *_ = lines_of(tmp_path, TOML)
    assert first == "| `falcon` | a server | [1 way](falcon/baseline.toml) | stream |"


def test_a_variant_says_its_own_interpreter_what_it_lacks_and_its_finding(tmp_path: Path) -> None:
    workloads = WORKLOADS[:2]
    assert lines_of(tmp_path, TOML, workloads)[1:] == [
        "| `falcon@plain` | as it comes | Python, free-threaded | a thread | without kv@get |",
        "| `falcon@tuned` | fast | Python | a process | kv@put only; finding: kv@put answers 500 |",
        "| `falcon@locked` | with C | Python, free-threaded with its lock on | a thread | |",
    ]


def test_what_is_asked_of_some_baselines_only_is_no_lack_of_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "workloads" / "cpu"
    folder.mkdir(parents=True)
    toml = 'request = { path = "/cpu" }\n[variants.more]\n[variants.own]\nonly = ["reference"]\n'
    (folder / "workload.toml").write_text(toml)
    (folder / "karak.py").touch()
    assert workloads_of(tmp_path) == [
        Workload("cpu", ("cpu", "cpu@more"), frozenset({"workload", "karak"}))
    ]


def test_the_readme_has_the_tables_that_the_files_make() -> None:
    # A baseline that is not committed yet owes nobody a line.
    tracked = listed_by_git(ROOT, "--cached", "baselines/*/baseline.toml")
    expected = table_lines([(ROOT / file).parent for file in tracked], workloads_of(ROOT))
    written = (ROOT / "baselines" / "README.md").read_text(encoding="utf-8").splitlines()
    missing = [line for line in expected if line not in written]
    assert not missing, "python3 baselines/variant_table.py prints what README.md should have"
    rows = [line for line in written if line.startswith("| `")]
    assert rows == [line for line in expected if line.startswith("| `")]
