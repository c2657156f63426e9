"""What requirements.txt pins, and what a process says of itself."""

import platform
from pathlib import Path

from baselines.server_facts import pinned_packages, server_facts


def test_comments_and_empty_lines_pin_nothing() -> None:
    text = "# all of it\n\nh11==0.16.0\nclick==8.3.1  # for uvicorn\n"
    assert pinned_packages(text) == {"h11": "0.16.0", "click": "8.3.1"}


def test_the_versions_are_the_installed_ones_whatever_is_pinned(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pytest==0.0.1\n")
    packages = server_facts(tmp_path)["packages"]
    assert list(packages) == ["pytest"]
    assert packages["pytest"] != "0.0.1"


def test_the_baseline_is_named_after_its_folder_and_settings_are_kept(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("")
    facts = server_facts(tmp_path, workers=16, loop="asyncio")
    assert facts["baseline"] == tmp_path.name
    assert facts["python"] == platform.python_version()
    assert (facts["workers"], facts["loop"]) == (16, "asyncio")
