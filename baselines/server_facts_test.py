"""What requirements.txt pins, and what a process says of itself."""

import platform
from pathlib import Path

import pytest

from baselines.server_facts import build_text, environment_packages, pinned_packages, server_facts


def test_comments_and_empty_lines_pin_nothing() -> None:
    text = "# all of it\n\nh11==0.16.0\nclick==8.3.1  # for uvicorn\n"
    assert pinned_packages(text) == {"h11": "0.16.0", "click": "8.3.1"}


def test_options_behind_a_pin_are_no_part_of_it() -> None:
    text = 'orjson==3.11.7 --config-settings="build=x"\n'
    assert pinned_packages(text) == {"orjson": "3.11.7"}


def test_the_versions_are_the_installed_ones_whatever_is_pinned(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pytest==0.0.1\n")
    packages = environment_packages(tmp_path)
    assert list(packages) == ["pytest"]
    assert packages["pytest"] != "0.0.1"


def test_an_environment_without_a_lock_has_no_packages(tmp_path: Path) -> None:
    assert environment_packages(tmp_path) == {}


def test_the_packages_are_those_of_the_environment_that_runs_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    (tmp_path / "requirements.txt").write_text("pytest==0.0.1\n")
    assert list(server_facts(Path("fastapi"))["packages"]) == ["pytest"]


def test_the_baseline_is_named_after_its_folder_and_settings_are_kept(tmp_path: Path) -> None:
    facts = server_facts(tmp_path, workers=16, loop="asyncio")
    assert facts["baseline"] == tmp_path.name
    assert facts["python"] == platform.python_version()
    assert (facts["workers"], facts["loop"]) == (16, "asyncio")


def test_the_lock_is_told_as_it_was_at_the_import_and_as_it_is_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys._is_gil_enabled", lambda: False, raising=False)
    monkeypatch.setattr("baselines.server_facts.GIL_BEFORE", True)
    facts = server_facts(Path("fastapi"))
    assert (facts["gil_before"], facts["gil"]) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            "'--disable-gil' '--enable-optimizations' '--with-lto'",
            "with profile, with link-time optimization",
        ),
        ("'--disable-gil'", "without profile, without link-time optimization"),
    ],
)
def test_the_build_says_what_makes_an_interpreter_fast(arguments: str, text: str) -> None:
    assert build_text(arguments) == text
