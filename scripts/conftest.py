"""What the tests of several scripts stand on."""

from __future__ import annotations

from invented_machine import machine, ready

__all__ = ["machine", "ready"]
