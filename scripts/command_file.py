"""Imports a command that has no .py in its name, so that its functions can be tested."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType


def load(name: str) -> ModuleType:
    """Return scripts/`name` as a module."""
    loader = SourceFileLoader(name.replace("-", "_"), str(Path(__file__).parent / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    if spec is None:
        raise ImportError(f"scripts/{name} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    # Where dataclasses look up the module of a class.
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module
