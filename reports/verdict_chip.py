"""A verdict as the page prints it: a word, and a sign for those who do not see its colour. Pure."""

from __future__ import annotations

from dataclasses import dataclass

SIGNS = {
    "reproduced": "\N{CHECK MARK}",
    "direction only": "~",
    "refuted": "\N{MULTIPLICATION SIGN}",
    "invalid": "!",
    "not run here": "\N{WHITE CIRCLE}",
    "not measurable": "\N{EN DASH}",
}


@dataclass(frozen=True)
class Chip:
    """One of the words of `verdict`."""

    word: str

    @property
    def sign(self) -> str:
        return SIGNS[self.word]

    @property
    def style(self) -> str:
        return self.word.replace(" ", "-")
