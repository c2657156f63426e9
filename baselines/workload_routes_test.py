"""What is found in the workloads' folder, and what is said of a file that does not load."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from baselines.workload_routes import ROOT, WorkloadError, add_routes, workload_files

ADDS_ITS_NAME = "def routes(app: list) -> None:\n    app.append(__name__)\n"


def workload(folder: Path, name: str, framework: str, text: str) -> Path:
    """Write one workload's file for one framework."""
    file = folder / name / f"{framework}.py"
    file.parent.mkdir()
    file.write_text(text)
    return file


def sentence(folder: Path) -> str:
    """Return what is said when the workloads of `folder` cannot be served."""
    with pytest.raises(WorkloadError) as caught:
        add_routes([], "karak", folder)
    return str(caught.value)


def test_a_workload_without_a_file_for_the_framework_is_left_out(tmp_path: Path) -> None:
    workload(tmp_path, "json", "karak", ADDS_ITS_NAME)
    workload(tmp_path, "db", "fastapi", ADDS_ITS_NAME)
    assert workload_files(tmp_path, "karak") == [tmp_path / "json" / "karak.py"]


def test_workloads_add_their_routes_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("json", "cpu", "db"):
        workload(tmp_path, name, "karak", ADDS_ITS_NAME)
    app: list[str] = []
    add_routes(app, "karak", tmp_path)
    assert app == ["workload_cpu_karak", "workload_db_karak", "workload_json_karak"]


def test_a_workload_may_import_the_package_that_its_file_is_named_after(tmp_path: Path) -> None:
    text = "import colorsys\n\ndef routes(app: list) -> None:\n    app.append(colorsys.ONE_THIRD)\n"
    workload(tmp_path, "json", "colorsys", text)
    app: list[float] = []
    add_routes(app, "colorsys", tmp_path)
    assert app == [1 / 3]


def test_a_model_finds_the_types_that_its_file_defines(tmp_path: Path) -> None:
    text = "import sys\n\ndef routes(app: list) -> None:\n    app.append(sys.modules[__name__])\n"
    file = workload(tmp_path, "json", "karak", text)
    app: list[ModuleType] = []
    add_routes(app, "karak", tmp_path)
    assert app[0].__file__ == str(file)


def test_a_file_that_is_not_python_is_named_with_its_line(tmp_path: Path) -> None:
    file = workload(tmp_path, "json", "karak", "import json\ndef routes(app:\n")
    assert sentence(tmp_path).startswith(f"{file}, line 2: SyntaxError: ")


def test_a_file_that_raises_while_it_loads_is_named_with_its_line(tmp_path: Path) -> None:
    file = workload(tmp_path, "json", "karak", "\n\nimport no_such_package\n")
    assert sentence(tmp_path) == (
        f"{file}, line 3: ModuleNotFoundError: No module named 'no_such_package': "
        "correct it, or take the file away"
    )


def test_a_file_whose_routes_raise_is_named_with_its_line(tmp_path: Path) -> None:
    text = "def routes(app: list) -> None:\n    app.get('/json')\n"
    file = workload(tmp_path, "json", "karak", text)
    assert sentence(tmp_path).startswith(f"{file}, line 2: AttributeError: 'list' object")


def test_a_file_without_routes_is_named(tmp_path: Path) -> None:
    file = workload(tmp_path, "json", "karak", "def route(app): pass\n")
    assert sentence(tmp_path) == (
        f"{file} has no function routes(app): add it, or take the file away"
    )


def test_a_folder_that_is_not_there_is_named_with_the_option(tmp_path: Path) -> None:
    text = sentence(tmp_path / "none")
    assert str(tmp_path / "none") in text
    assert "--workloads" in text


TWO_STYLES = (
    "def routes(app: list) -> None:\n    app.append('first')\n"
    "def routes_threads(app: list) -> None:\n    app.append('threads')\n"
)


@pytest.mark.parametrize(
    ("style", "used"),
    [("", "first"), ("threads", "threads"), ("tuned", "first"), ("tuned,threads", "threads")],
)
def test_a_style_that_a_workload_lacks_is_its_next_and_at_last_its_first(
    tmp_path: Path, style: str, used: str
) -> None:
    workload(tmp_path, "json", "karak", TWO_STYLES)
    app: list[str] = []
    add_routes(app, "karak", tmp_path, style)
    assert app == [used]


def test_a_workload_may_import_what_frameworks_share_and_no_folder_of_ours_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [entry for entry in sys.path if entry != str(ROOT)])
    text = "from workloads.cpu.sum_of_squares import sum_of_squares\n" + ADDS_ITS_NAME
    workload(tmp_path, "cpu", "karak", text)
    add_routes([], "karak", tmp_path)
    assert sys.path[-1] == str(ROOT)
