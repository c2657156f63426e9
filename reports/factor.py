"""How each factors- plan makes its factor equal: another load, or another variant. Pure.

A new plan, or a new variant that turns a factor, is a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports.result import Load


@dataclass(frozen=True)
class LoadStep:
    """The same cells under another load: `before` holds for the one, and `after` for the other."""

    before: Callable[[Load], bool]
    after: Callable[[Load], bool]
    same: Callable[[Load], object]


@dataclass(frozen=True)
class VariantStep:
    """One baseline in two variants, which differ in the factor alone."""

    before: str
    after: str


LOADS: Mapping[str, LoadStep] = {
    "factors-client": LoadStep(
        before=lambda load: not load.is_native,
        after=lambda load: load.is_native,
        same=lambda load: (load.connections, load.keep_alive),
    ),
    "factors-keep-alive": LoadStep(
        before=lambda load: not load.keep_alive,
        after=lambda load: load.keep_alive,
        same=lambda load: (load.client, load.connections),
    ),
    "factors-requests": LoadStep(
        before=lambda load: bool(load.requests),
        after=lambda load: not load.requests,
        same=lambda load: (load.client, load.connections, load.keep_alive),
    ),
}
# Several where a plan may hold any of them: the first that it holds is taken. No variant turns the
# database policy alone yet: fastapi@threads turns the style of its handlers with it.
VARIANTS: Mapping[str, tuple[VariantStep, ...]] = {
    "factors-log": (VariantStep("fastapi@as-documented", "fastapi@no-access-log"),),
    "factors-parser": (
        VariantStep("fastapi@ordinary-python", "fastapi@httptools-uvloop"),
        VariantStep("fastapi@ordinary-python", "fastapi@httptools"),
    ),
    "factors-interpreter": (VariantStep("fastapi@as-documented", "fastapi@ordinary-python"),),
    "factors-workers": (VariantStep("karak@workers-4", "karak@workers-1"),),
}
