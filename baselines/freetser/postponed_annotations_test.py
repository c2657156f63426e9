"""A package that Python 3.13 and older refuse as it is, imported with its annotations postponed."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from baselines.freetser.postponed_annotations import PostponingFinder, postpone_annotations

LOOKS_AHEAD = "class Context:\n    queue: Queue\n\nclass Queue:\n    pass\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Make a package with a module that names a class before it is defined."""
    folder = tmp_path / "looks_ahead"
    folder.mkdir()
    (folder / "__init__.py").write_text("from looks_ahead.server import Context\n")
    (folder / "server.py").write_text(LOOKS_AHEAD)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("sys.meta_path", list(sys.meta_path))
    yield "looks_ahead"
    for name in ("looks_ahead", "looks_ahead.server"):
        sys.modules.pop(name, None)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="since 3.14 Python postpones by itself")
def test_without_it_the_package_stops_at_the_class_that_comes_later(package: str) -> None:
    with pytest.raises(NameError, match="Queue"):
        importlib.import_module(package)


def test_with_it_the_package_is_imported_and_its_annotations_are_text(package: str) -> None:
    postpone_annotations(package)
    context = importlib.import_module(package).Context
    assert context.__annotations__ == {"queue": "Queue"}


def test_a_cached_file_that_was_compiled_otherwise_is_not_taken(package: str) -> None:
    with pytest.raises(NameError, match="Queue"):
        importlib.import_module(package)  # leaves __pycache__/server.*.pyc
    postpone_annotations(package)
    assert importlib.import_module(package).Context.__annotations__ == {"queue": "Queue"}


def test_other_packages_are_left_to_python() -> None:
    assert PostponingFinder("looks_ahead").find_spec("json") is None
