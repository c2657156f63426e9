"""The figures stand in the page as it is: its colours, its font, identifiers of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from reports.inline_svg import VARIABLES
from reports.rate_figure import description, heading, marks, rate_figure, span
from reports.result import Run


def figure(run: Run, prefix: str = "run-1-json-close-20") -> str:
    rows = marks(run, run.workloads[0], run.loads[0])
    ends = span(rows)
    assert ends is not None
    return rate_figure(rows, ends, prefix, "Rates of json")


def test_the_same_run_gives_the_same_bytes(whole: Run) -> None:
    assert figure(whole) == figure(whole)


def test_two_figures_of_a_page_share_no_identifier(whole: Run) -> None:
    first, second = (
        set(re.findall(r'\bid="([^"]+)"', figure(whole, prefix))) for prefix in ("a", "b")
    )
    assert first
    assert not first & second


def test_each_reference_within_the_figure_has_its_target(whole: Run) -> None:
    svg = figure(whole)
    targets = set(re.findall(r'\bid="([^"]+)"', svg))
    used = set(re.findall(r'(?:url\(#|xlink:href="#)([^)"]+)', svg))
    assert used
    assert used <= targets


def test_colours_and_font_are_the_page_s(whole: Run) -> None:
    svg = figure(whole)
    assert "var(--accent)" in svg
    assert not any(colour in svg for colour in VARIABLES)
    assert "font-family" not in svg


def test_a_figure_brings_no_style_sheet_that_would_be_the_whole_page_s(whole: Run) -> None:
    assert "<style" not in figure(whole)


def test_text_stays_text_and_the_figure_is_described(whole: Run) -> None:
    svg = figure(whole)
    assert ">karak@workers-4</text>" in svg
    assert 'role="img"' in svg
    assert "<desc" in svg
    assert "karak@workers-4: 1,739 requests/s (1,699 to 1,849)" in svg


def test_nothing_in_it_names_a_time_or_a_place_to_fetch(whole: Run) -> None:
    svg = re.sub(r'xmlns(:xlink)?="[^"]+"', "", figure(whole))
    assert "http" not in svg
    assert "<metadata" not in svg


def test_a_missing_cell_stands_in_the_figure_and_its_description(partial: Run) -> None:
    assert "not measured</text>" in figure(partial)
    rows = marks(partial, partial.workloads[0], partial.loads[0])
    assert "karak@workers-4: not measured, no free-threaded interpreter" in description(rows)


def test_a_label_and_a_value_that_do_not_fit_a_line_are_shortened(extremes: Run) -> None:
    rows = marks(extremes, extremes.workloads[0], extremes.loads[0])
    label, value = heading(rows[1])
    assert (label, value) == ("fastapi@a-variant-with-a-name-as…", "1,234,567,890,123")
    assert rows[1].label in description(rows)


def test_a_rate_of_zero_has_no_place_on_a_log_axis(whole: Run) -> None:
    cell = whole.cells[0]
    assert cell.rate is not None
    nothing = replace(cell, rate=replace(cell.rate, median=0.0, low=0.0, high=0.0))
    rows = marks(replace(whole, cells=(nothing,), trials=()), whole.workloads[0], whole.loads[0])
    assert span(rows) is None
    assert "not measured, no request was answered" in description(rows)
