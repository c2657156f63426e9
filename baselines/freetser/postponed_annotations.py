"""Imports a package as if each of its modules began with `from __future__ import annotations`.

freetser is written for Python 3.14, which looks at an annotation only when asked; 3.13 looks at
once, and stops at a class that is defined further down. The files stay as they were installed.
"""

from __future__ import annotations as postponed

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType


class PostponingLoader(SourceFileLoader):
    """Loads a module from its source, with its annotations left as text."""

    def get_code(self, fullname: str) -> CodeType:
        """Compile the source; never take a cached file, which may be compiled otherwise."""
        path = self.get_filename(fullname)
        flags = postponed.compiler_flag
        return compile(self.get_data(path), path, "exec", flags=flags, dont_inherit=True)


class PostponingFinder:
    """Finds the modules of one package where Python would, and has them loaded so."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how a module of the package is loaded, and nothing for any other."""
        if fullname.partition(".")[0] != self.package:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = PostponingLoader(spec.loader.name, spec.loader.path)
        return spec


def postpone_annotations(package: str) -> None:
    """Have a package imported so; REQUIRES: called before its first import."""
    sys.meta_path.insert(0, PostponingFinder(package))
