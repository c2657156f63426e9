"""Makes matplotlib's SVG fit to stand inside the page. Pure: text in, text out.

Colours become the page's own CSS variables, so that dark mode and print need no second figure;
text takes the page's font; identifiers get a prefix, because a page holds several figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

# Colours that nothing else draws with: matplotlib writes them, this module replaces them.
INK, MUTED, LINE, REFERENCE, OTHER = "#000101", "#000202", "#000303", "#000404", "#000505"
SERIES = tuple(f"#0006{number:02x}" for number in range(1, 7))  # of lines that stand together
VARIABLES = {INK: "ink", MUTED: "muted", LINE: "line", REFERENCE: "accent", OTHER: "other"} | {
    colour: f"series-{number}" for number, colour in enumerate(SERIES, start=1)
}


@dataclass(frozen=True)
class Words:
    """What a reader who does not see the figure gets instead."""

    title: str
    description: str


def inlined(svg: str, prefix: str, words: Words) -> str:
    """Return the `<svg>` element with page colours, own identifiers, title and description."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)
    # Inline, a style element of the figure would be one of the whole page: ours is in figure.css.
    body = re.sub(r"<style.*?</style>", "", body, flags=re.DOTALL)
    body = _with_page_colours(_with_page_font(_with_prefix(body, prefix)))
    return re.sub(r"<svg[^>]*>", _opening(body, prefix, words), body, count=1).strip()


def _with_prefix(body: str, prefix: str) -> str:
    body = re.sub(r'\bid="', f'id="{prefix}-', body)
    return re.sub(r'(url\(#|xlink:href="#)', rf"\g<1>{prefix}-", body)


def _with_page_font(body: str) -> str:
    return re.sub(
        r"font-family: [^;\"]*;? ?", "", re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", body)
    )


def _with_page_colours(body: str) -> str:
    for colour, variable in VARIABLES.items():
        body = body.replace(colour, f"var(--{variable})")
    return body


def _opening(body: str, prefix: str, words: Words) -> str:
    found = re.search(r'viewBox="([^"]+)"', body)
    box = found.group(1) if found else "0 0 100 100"
    return (
        f'<svg class="figure" viewBox="{box}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-description" '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<title id="{prefix}-title">{escape(words.title)}</title>'
        f'<desc id="{prefix}-description">{escape(words.description)}</desc>'
    )
