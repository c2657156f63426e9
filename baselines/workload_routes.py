"""The routes that the workloads add to a framework's application.

A workload takes part by having a file for the framework: workloads/NAME/FRAMEWORK.py with a
function `routes(app)`, and with `routes_STYLE(app)` where a variant wants the handlers written
otherwise. They are found here and listed nowhere. Called once per process, before it listens; a
file that does not load ends the start, because a server without one of its routes would only fail
later, in the middle of a run.
"""

import sys
import traceback
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]


class WorkloadError(Exception):
    """A workload file that cannot be served; the text is a sentence for the user."""

    @classmethod
    def no_folder(cls, folder: Path) -> "WorkloadError":
        """The folder of the workloads is not there."""
        return cls(f"there is no folder {folder}: name the workloads' folder with --workloads")

    @classmethod
    def broken(cls, file: Path, error: Exception) -> "WorkloadError":
        """The file raised `error`, while it was loaded or while it added its routes."""
        place = f"{file}, line {line}" if (line := failing_line(file, error)) else f"{file}"
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return cls(f"{place}: {type(error).__name__}: {text}: correct it, or take the file away")

    @classmethod
    def without_routes(cls, file: Path) -> "WorkloadError":
        """The file loads, but adds nothing."""
        return cls(f"{file} has no function routes(app): add it, or take the file away")


def failing_line(file: Path, error: Exception) -> int | None:
    """Return the last line of `file` that the error passed through, or None if it was elsewhere."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file)]
    return lines[-1] if lines else None


def workload_files(folder: Path, framework: str) -> list[Path]:
    """Return the files that the workloads in `folder` have for a framework, by workload name."""
    if not folder.is_dir():
        raise WorkloadError.no_folder(folder)
    return sorted(folder.glob(f"*/{framework}.py"))


def add_routes(app: object, framework: str, folder: Path, style: str = "") -> None:
    """Let every workload with a file for `framework` add its routes to `app`, in a style."""
    make_importable(ROOT)
    for file in workload_files(folder, framework):
        try:
            module = loaded(file)
            if not hasattr(module, "routes"):
                raise WorkloadError.without_routes(file)
            routes_of(module, style)(app)
        except WorkloadError:
            raise
        except Exception as error:
            raise WorkloadError.broken(file, error) from error


def make_importable(root: Path) -> None:
    """Let a workload's file import what frameworks share, `from workloads.kv... import`.

    At the end of the path, so that no folder of ours stands before a package of the same name.
    """
    if str(root) not in sys.path:
        sys.path.append(str(root))


def routes_of(module: ModuleType, style: str) -> Callable[[object], None]:
    """Return the function that adds a workload's routes: of the styles asked for, the first."""
    for name in style.split(","):
        if name and hasattr(module, f"routes_{name}"):
            return getattr(module, f"routes_{name}")
    return module.routes


def loaded(file: Path) -> ModuleType:
    """Load a workload's file as a module of its own.

    By path, never by name: with its folder on sys.path, a file called after its framework would
    be found in place of the package that it imports.
    """
    spec = spec_from_file_location(f"workload_{file.parent.name}_{file.stem}", file)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # pydantic looks up the types of a model's fields there
    spec.loader.exec_module(module)
    return module
