"""The page as text: views and templates in, one self-contained HTML file out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.run_view import RunView

HERE = Path(__file__).parent
STYLES = ("page", "table", "figure", "narrow", "print")


def page(
    views: tuple[RunView, ...],
    earlier: tuple[tuple[str, str, str], ...],
    notices: tuple[str, ...],
) -> str:
    """Return the page; `earlier` are runs that are only listed: moment, plan, folder."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["path"] = quote
    # Ours from end to end, so it is the one text that may pass unescaped (with the figures).
    style = Markup("\n".join(_style(name) for name in STYLES))
    return environment.get_template("page.html").render(
        views=views, earlier=earlier, notices=notices, style=style
    )


def _style(name: str) -> str:
    return (HERE / "styles" / f"{name}.css").read_text(encoding="utf-8")
