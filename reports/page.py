"""The pages as text: views and templates in, self-contained HTML files out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.claims_view import ClaimsView
from reports.run_view import RunView

HERE = Path(__file__).parent
STYLES = ("page", "table", "figure", "claims", "narrow", "print")


def page(
    views: tuple[RunView, ...],
    earlier: tuple[tuple[str, str, str], ...],
    notices: tuple[str, ...],
) -> str:
    """Return the page of runs; `earlier` are only listed: moment, plan, folder."""
    return _rendered("page.html", views=views, earlier=earlier, notices=notices)


def claims_page(views: tuple[ClaimsView, ...], rule: str, notices: tuple[str, ...]) -> str:
    """Return the page of claims, each host's in turn; `rule` is the general one in words."""
    return _rendered("claims.html", views=views, rule=rule, notices=notices)


def _rendered(template: str, **values: object) -> str:
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
    return environment.get_template(template).render(style=style, **values)


def _style(name: str) -> str:
    return (HERE / "styles" / f"{name}.css").read_text(encoding="utf-8")
