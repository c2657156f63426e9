"""The documents in results/documents hold what was published, figure by figure."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import pytest

from reports.conftest import DOCUMENTS
from reports.document import Document, Row, Table
from reports.document_file import read_documents
from reports.input_error import InputError

PUBLISHED = read_documents(DOCUMENTS)
ROWS = [
    pytest.param(table, row, id=f"{name} {table.id} {row.scenario}")
    for name, document in PUBLISHED.items()
    for table in document.tables
    for row in table.rows
]
# The one published difference that its own figures do not give: 1,231 is 1.40 times 879.
MISCOMPUTED = [("multiprocess", "CPU Bound")]
SMALLEST = """
[document]
name = "x"
title = "X"
version = "1"
date = 2026-01-02
text = "a page"
[machine]
cpu = "C"
cores = 2
python = "3"
platform = "P"
[[tables]]
id = "t"
title = "T"
client = "c"
[[tables.rows]]
scenario = "S"
workload = "json"
words = "7 req/s"
figures = { "a@b" = 7 }
unit = "requests/s"
"""


def figures(document: Document, table: str) -> list[tuple[str, tuple[float, ...], str]]:
    found = document.table(table)
    assert found is not None
    return [(row.scenario, tuple(row.figures.values()), row.claim) for row in found.rows]


def numbers_in(text: str) -> list[float]:
    """Return the numbers as people write them; the 95 of P95 is none."""
    found = re.findall(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?", text)
    return [float(each.rstrip(",").replace(",", "")) for each in found]


def cells_of(row: Row) -> list[str]:
    """Return the cells of the row's words without its name and its claim; prose is one cell."""
    if not row.words.startswith("|"):
        return [row.words]
    cells = [cell.strip().strip("*") for cell in row.words.strip("|").split("|")]
    assert row.scenario.startswith(cells[0])
    assert not row.claim or cells.pop() == row.claim
    return cells[1:]


def refusal(folder: Path, text: str) -> str:
    (folder / "x.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        read_documents(folder)
    return str(caught.value)


def test_barq_holds_both_tables_of_its_first_readme() -> None:
    barq = PUBLISHED["barq-v1"]
    assert figures(barq, "optimal") == [
        ("JSON", (10009, 3829), "Barq: +161%"),
        ("DB Query", (8501, 1996), "Barq: +326%"),
        ("CPU Bound", (866, 260), "Barq: +232%"),
    ]
    assert figures(barq, "multiprocess") == [
        ("JSON", (10114, 5665), "Barq: +79%"),
        ("DB Query", (9962, 1015), "Barq: +881%"),
        ("CPU Bound", (879, 1231), "FastAPI: +29%"),
    ]


def test_karak_holds_all_three_tables_of_its_description(karak: Document) -> None:
    assert figures(karak, "high-concurrency") == [
        ("JSON", (8418, 4509), "Free Threaded: +87%"),
        ("CPU Bound", (1425, 266), "Free Threaded: +435%"),
    ]
    assert figures(karak, "standard") == [
        ("JSON", (9287, 4377), "Free Threaded: +112%"),
        ("DB Query", (8284, 2302), "Free Threaded: +260%"),
        ("CPU Bound", (880, 264), "Free Threaded: +233%"),
    ]
    assert figures(karak, "thread-scaling") == [
        ("4 workers", (608,), "1.0x"),
        ("8 workers", (1172,), "1.9x"),
        ("16 workers", (1297,), "2.1x"),
        ("32 workers", (1391,), "2.3x"),
    ]


def test_barqs_second_readme_has_the_figures_of_karak_and_says_so(karak: Document) -> None:
    barq = PUBLISHED["barq-v2"]
    assert (barq.tables, barq.sentences, barq.machine) == (
        karak.tables,
        karak.sentences,
        karak.machine,
    )
    assert barq.document.title == "Barq 0.1.0, second README"
    assert "captions of its three tables are lost" in barq.document.note


def test_freetser_holds_five_data_points_with_their_threads_and_latencies() -> None:
    table = PUBLISHED["freetser"].table("keep-alive")
    assert table is not None
    assert [(table.clients_of(row), *row.figures.values(), row.also) for row in table.rows] == [
        (1, 25, {"latency_low_ms": 41, "latency_high_ms": 42}),
        (300, 5500, {"latency_mean_ms": 43, "latency_max_ms": 160}),
        (750, 10000, {"latency_mean_ms": 53}),
        (1000, 10900, {}),
        (1200, {}),
    ]


def test_spikard_holds_four_rows_and_their_averages() -> None:
    spikard = PUBLISHED["spikard"]
    table, averages = spikard.table("json"), spikard.table("averages")
    assert table is not None and averages is not None
    assert [(*row.figures.values(), *row.also.values()) for row in table.rows] == [
        (17699, 5.65, 9.78),
        (17904, 5.58, 9.86),
        (17775, 5.62, 9.59),
        (16958, 5.90, 9.80),
    ]
    average = averages.rows[0]
    assert (*average.figures.values(), *average.also.values()) == (17584, 5.69, 8.14, 9.76, 26.8)


def test_spikards_p99_is_the_mean_of_four_percentiles() -> None:
    table, averages = (PUBLISHED["spikard"].table(each) for each in ("json", "averages"))
    assert table is not None and averages is not None
    assert mean(row.figures["spikard@first"] for row in table.rows) == 17584
    for metric in ("latency_mean_ms", "latency_p99_ms"):
        published = averages.rows[0].also[metric]
        assert mean(row.also[metric] for row in table.rows) == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_the_figures_of_a_row_are_the_numbers_in_the_documents_words(
    table: Table, row: Row
) -> None:
    words = [number for cell in cells_of(row) for number in numbers_in(cell)]
    stated = [*row.figures.values(), *row.also.values()]
    clients = [] if row.clients is None else [row.clients]
    assert sorted(words) in (sorted(stated), sorted([*stated, *clients]))
    assert set(row.figures) <= set(table.columns)


@pytest.mark.parametrize(("table", "row"), [each for each in ROWS if "%" in each.values[1].claim])
def test_a_published_difference_follows_from_its_figures(table: Table, row: Row) -> None:
    ours, theirs = row.figures.values()
    if row.claim.startswith("FastAPI"):
        ours, theirs = theirs, ours
    # Each figure was rounded to a whole number, and so was the difference.
    least = ((ours - 0.5) / (theirs + 0.5) - 1) * 100 - 0.5
    most = ((ours + 0.5) / (theirs - 0.5) - 1) * 100 + 0.5
    follows = least <= numbers_in(row.claim)[0] <= most
    assert follows != ((table.id, row.scenario) in MISCOMPUTED)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_the_figures_of_a_sentence_are_the_numbers_in_it(name: str) -> None:
    for sentence in PUBLISHED[name].sentences:
        assert numbers_in(sentence.words) == list(sentence.figures), sentence.words


def test_what_karak_does_not_say_is_left_out(karak: Document) -> None:
    scaling = karak.table("thread-scaling")
    assert scaling is not None
    assert (scaling.requests, scaling.clients, scaling.threads) == (None, None, None)


def test_a_table_tells_what_is_missing_contradictory_and_known_from_elsewhere() -> None:
    table = PUBLISHED["barq-v1"].table("multiprocess")
    assert table is not None
    assert table.notes == (*table.missing, *table.contradictory, *table.elsewhere)
    assert any("40 % faster" in note for note in table.contradictory)
    assert any("under 1000 requests" in note for note in table.elsewhere)


def test_the_claims_beside_the_documents_are_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(SMALLEST)
    (tmp_path / "claims.toml").write_text("[[claims]]\nnumber = 1\n")
    assert list(read_documents(tmp_path)) == ["x"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[document", "is not TOML"),
        ("[document]\nname = 'x'", "title is missing"),
        (SMALLEST.replace("client = ", "cleint = "), "tables[0].cleint is not one of client,"),
        (SMALLEST + "also = { speed = 3 }", "t, S: also has speed, which is not one of latency_"),
        (SMALLEST.replace("[machine]", "same_as = 'x'\n[machine]"), "same_as is 'x', which is no"),
        (SMALLEST.replace("[machine]", "same_as = 'y'\n[machine]"), "same_as is 'y', which is no"),
    ],
)
def test_a_malformed_document_is_named_with_its_field(tmp_path: Path, text: str, part: str) -> None:
    sentence = refusal(tmp_path, text)
    assert str(tmp_path / "x.toml") in sentence
    assert part in sentence


def test_a_document_with_anothers_figures_has_none_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SMALLEST.replace('name = "x"', 'name = "a"'))
    sentence = refusal(tmp_path, SMALLEST.replace("[machine]", "same_as = 'a'\n[machine]"))
    assert "same_as stands beside figures: a document has its own or another's" in sentence
