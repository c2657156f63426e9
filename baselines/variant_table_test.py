"""README.md says of the baselines what their files say, and no dash is without its reason."""

import tomllib
from pathlib import Path

import pytest
from sources import listed_by_git

from baselines.variant_table import (
    NO_ORIGIN,
    ROOT,
    Workload,
    origins_of,
    read_baselines,
    readme_lines,
    reason_faults,
    workloads_of,
)

TOML = """
title = "Falcon 4.2"
about = "A server."
language = "Python"
interpreter = "free-threaded"
adapted = ["One way."]

[without]
stream = "it has no streaming reply"

[variants.plain]
title = "as it comes"
model = "a thread"
lacks = { "kv@get" = "it is mute", "hello" = "it is mute", "kv@put" = "it cannot put" }

[variants.tuned]
title = "fast"
model = "a process"
interpreter = "system"
only = ["kv@put"]
finding = { workload = "kv@put", status = 500 }
adapted = ["kv: another."]

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


def lines_of(toml: str, origins: dict[str, str] | None = None) -> list[str]:
    """Return the lines of a baseline named falcon."""
    return readme_lines({"falcon": tomllib.loads(toml)}, WORKLOADS, origins or {})


def faults_of(old: str = "", new: str = "") -> list[str]:
    """Return what is wrong with falcon's reasons once a part of its file is another."""
    return reason_faults("falcon", tomllib.loads(TOML.replace(old, new)), WORKLOADS)


def tracked_baselines() -> dict[str, dict]:
    """Read the baselines; one that is not committed yet owes nobody a line."""
    tracked = listed_by_git(ROOT, "--cached", "baselines/*/baseline.toml")
    return read_baselines([ROOT / file for file in tracked])


def test_a_baseline_is_without_the_workloads_that_have_no_file_for_it() -> None:
    assert "| [`falcon`](#falcon) | Falcon 4.2 | 1 way | stream |" in lines_of(TOML)


def test_a_variant_says_its_own_interpreter_what_it_lacks_and_its_finding() -> None:
    assert [line for line in lines_of(TOML) if line.startswith("| `falcon@")] == [
        "| `falcon@plain` | as it comes | Python, free-threaded | a thread "
        "| without kv@get, hello, kv@put |",
        "| `falcon@tuned` | fast | Python | a process | kv@put only; finding: kv@put answers 500 |",
        "| `falcon@locked` | with C | Python, free-threaded with its lock on | a thread | |",
    ]


def test_a_baseline_has_a_section_with_all_adaptions_and_the_reason_of_each_dash() -> None:
    lines = lines_of(TOML, {"falcon": "Settings: its manual's."})
    assert lines[lines.index("### falcon") :] == [
        "### falcon",
        "A server.",
        "",
        "Settings: its manual's.",
        "",
        "Adapted:",
        "",
        "- One way.",
        "- `falcon@tuned`: kv: another.",
        "",
        "Without:",
        "",
        "- `stream`: it has no streaming reply.",
        "- `falcon@plain`: `kv@get`, `hello`: it is mute.",
        "- `falcon@plain`: `kv@put`: it cannot put.",
    ]


def test_where_settings_come_from_is_kept_from_the_readme() -> None:
    readme = "### falcon\nA server.\n\nSettings: its manual's.\n### hawk\n## All\nSettings: none.\n"
    assert origins_of(readme)["falcon"] == "Settings: its manual's."
    assert "hawk" not in origins_of(readme)
    assert NO_ORIGIN in lines_of(TOML)


def test_each_dash_has_its_reason() -> None:
    assert faults_of() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('stream = "it has no streaming reply"', "", "falcon: [without] has no 'stream'"),
        ('"it has no streaming reply"', '""', "falcon: [without] has no 'stream'"),
        ("[without]", '[without]\nhello = "it is rude"', "falcon: [without] has 'hello'"),
        ('"kv@get" =', '"kv@git" =', "falcon@plain: lacks has 'kv@git'"),
        ('"kv@get" =', '"stream" =', "falcon@plain: lacks has 'stream'"),
        ('"it cannot put"', '""', "falcon@plain: lacks has 'kv@put'"),
        ('only = ["kv@put"]', 'only = ["kv@pot"]', "falcon@tuned: only has 'kv@pot'"),
    ],
)
def test_a_reason_that_is_missing_or_too_many_is_named(old: str, new: str, fault: str) -> None:
    assert faults_of(old, new) == [fault]


def test_what_is_asked_of_some_baselines_only_is_no_lack_of_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "workloads" / "cpu"
    folder.mkdir(parents=True)
    toml = 'request = { path = "/cpu" }\n[variants.more]\n[variants.own]\nonly = ["reference"]\n'
    (folder / "workload.toml").write_text(toml)
    (folder / "karak.py").touch()
    assert workloads_of(tmp_path) == [
        Workload("cpu", ("cpu", "cpu@more"), frozenset({"workload", "karak"}))
    ]


def test_no_baseline_has_a_dash_without_a_reason_or_a_reason_too_many() -> None:
    tracked = {Path(file).parts[1] for file in listed_by_git(ROOT, "--cached", "workloads/*/*")}
    workloads = [each for each in workloads_of(ROOT) if each.folder in tracked]
    baselines = tracked_baselines().items()
    faults = [f for name, settings in baselines for f in reason_faults(name, settings, workloads)]
    assert faults == []


def test_the_readme_has_what_the_files_make() -> None:
    readme = (ROOT / "baselines" / "README.md").read_text(encoding="utf-8")
    expected = readme_lines(tracked_baselines(), workloads_of(ROOT), origins_of(readme))
    missing = [line for line in expected if line not in readme.splitlines()]
    assert not missing, "python3 baselines/variant_table.py prints what README.md should have"
    assert "\n".join(expected) in readme


def test_the_readme_says_where_the_settings_of_each_baseline_come_from() -> None:
    readme = (ROOT / "baselines" / "README.md").read_text(encoding="utf-8")
    origins = origins_of(readme)
    assert [name for name in tracked_baselines() if name not in origins] == []
    assert NO_ORIGIN not in readme.splitlines()
