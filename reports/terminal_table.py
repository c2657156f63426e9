"""A document's table for the terminal: original | as documented | fair | verdict | why. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.document import Document, Table
from reports.original_table import OriginalTable, Scenario, left_out, original_table
from reports.quantity import DASH, NO_BREAK, Figure
from reports.result import Run
from reports.row_reason import row_reason
from reports.ruling import Ruling, ruling_on
from reports.table_column import places
from reports.text_table import GAP, TextColumn, text_table, wrapped
from reports.verdict_chip import Chip

WIDEST, NARROWEST = 100, 90  # narrower, a row is a paragraph
TITLE, ORIGINAL, MEASURED, VERDICT = 11, 9, 15, 16
NOT_STATED = "\N{MIDDLE DOT} not stated"
NOT_JUDGED = "\N{MIDDLE DOT} not judged"
TIMES = "\N{MULTIPLICATION SIGN}"
PLAIN = str.maketrans(
    {
        "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
        TIMES: "x",
        "\N{DIVISION SIGN}": "/",
        "\N{CHECK MARK}": "+",
        "\N{EN DASH}": "-",
        "\N{WHITE CIRCLE}": "o",
        "\N{MIDDLE DOT}": ".",
        "\N{NO-BREAK SPACE}": " ",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    }
)


def terminal_table(
    run: Run,
    document: Document,
    table: Table,
    rulings: tuple[Ruling, ...],
    runs: Mapping[str, Run],
    width: int,
) -> str:
    """Return the table as text of `width` columns at most; `runs` are those of the host by plan."""
    width = min(width, WIDEST)
    view = original_table(run, document, table, rulings)
    rows = (*table.rows, *left_out(run, table))
    loads = [tuple(place.load for place in places(run, table, row)) for row in rows]
    whys = [
        row_reason(run, row, each, ruling_on(row, table, rulings), runs)
        for row, each in zip(rows, loads, strict=True)
    ]
    lines = [
        *_head(view, width),
        *(_wide if width >= NARROWEST else _narrow)(view, whys, width),
        *_foot(view, run, width),
    ]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def plain_text(text: str, encoding: str | None) -> str:
    """Return the text as an output of this encoding can show it."""
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return text.translate(PLAIN).encode("ascii", "replace").decode("ascii")
    return text


def _head(view: OriginalTable, width: int) -> list[str]:
    pairs = dict.fromkeys(each.ratio.label for each in view.scenarios if each.ratio)
    what = f"How many times as fast: {', '.join(pairs)}." if pairs else "Requests per second."
    return ["", *wrapped(view.title, width), *wrapped(f"{view.source}. {what}", width), ""]


def _wide(view: OriginalTable, whys: Sequence[str], width: int) -> list[str]:
    count = len(view.columns)
    taken = TITLE + ORIGINAL + MEASURED * count + VERDICT + len(GAP) * (count + 3)
    heads = (
        TextColumn("", TITLE),
        TextColumn("original", ORIGINAL, is_right=True),
        *(TextColumn(name.lower(), MEASURED) for name in view.columns),
        TextColumn("verdict", VERDICT),
        TextColumn("why", width - taken),
    )
    return text_table(
        heads,
        [
            (
                scenario.title,
                _original(scenario),
                *(_cell(each, _unit(scenario)) for each in _measured(scenario, count)),
                _verdict(scenario),
                why,
            )
            for scenario, why in zip(view.scenarios, whys, strict=True)
        ],
    )


def _narrow(view: OriginalTable, whys: Sequence[str], width: int) -> list[str]:
    lines = []
    for scenario, why in zip(view.scenarios, whys, strict=True):
        lines += wrapped(scenario.title, width)
        figures = _measured(scenario, len(view.columns))
        texts = (
            ("original", _original(scenario)),
            *(
                (name.lower(), _cell(each, _unit(scenario)).replace("\n", ", "))
                for name, each in zip(view.columns, figures, strict=True)
            ),
            ("verdict", _verdict(scenario)),
            ("why", why),
        )
        for name, text in texts:
            first, *rest = wrapped(text, max(width - 17, 20))
            lines += [f"  {name:<15}{first}", *(f"{'':17}{line}" for line in rest)]
        lines.append("")
    return lines


def _unit(scenario: Scenario) -> str:
    return TIMES if scenario.ratio else ""


def _original(scenario: Scenario) -> str:
    if scenario.ratio:
        return f"{scenario.ratio.original.text}{TIMES}"
    return scenario.best.original.text if scenario.best else DASH


def _measured(scenario: Scenario, count: int) -> tuple[Figure, ...]:
    """Return the figures of the columns: ratio, or level of the row's one baseline at its best."""
    if scenario.ratio:
        return scenario.ratio.measured
    if scenario.best:
        return scenario.best.measured
    rates = [line for line in scenario.lines if any(not each.reason for each in line.measured)]
    return tuple(_one_of([line.measured[index] for line in rates]) for index in range(count))


def _one_of(figures: Sequence[Figure]) -> Figure:
    """Return the one figure that there is; of several, how many the page has."""
    shown = [figure for figure in figures if figure.text != DASH]
    if len(shown) < 2:
        return shown[0] if shown else Figure(DASH)
    return Figure(f"{len(shown)} rates on the page")


def _cell(figure: Figure, unit: str) -> str:
    name = f"{figure.name}:{NO_BREAK}" if figure.name else ""
    parts = (
        f"{name}{figure.text} {figure.reason}" if figure.reason else f"{name}{figure.text}{unit}",
        figure.interval,
        figure.note,
        f"! {figure.caution}" if figure.caution else "",
        _cell(figure.second, unit) if figure.second else "",
    )
    return "\n".join(part for part in parts if part)


def _verdict(scenario: Scenario) -> str:
    if scenario.ruling is None:
        return NOT_JUDGED if scenario.best else NOT_STATED
    chip: Chip = scenario.ruling.chip
    return f"{chip.sign} {chip.word}"


def _foot(view: OriginalTable, run: Run, width: int) -> list[str]:
    blocks = f"{run.blocks_done} of {run.blocks} blocks"
    texts = (
        f"Original: {view.original_machine}. Measured: {view.measured_machine}, {blocks}; under a "
        "figure its 95 % interval.",
        *(f"{text}." for text in view.loads),
    )
    return [*(line for text in texts for line in wrapped(text, width)), ""]
