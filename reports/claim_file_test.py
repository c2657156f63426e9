"""The claims in results/documents/claims.toml are whole, and state what the documents publish."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.claim import PLANS, VERDICTS, Claim, ClaimTest
from reports.claim_file import read_claims
from reports.conftest import DOCUMENTS
from reports.document import Document, Row
from reports.document_file import read_documents
from reports.document_file_test import numbers_in
from reports.input_error import InputError

CLAIMS = read_claims(DOCUMENTS)
PUBLISHED = read_documents(DOCUMENTS)
TABLE_OF = {
    "barq-optimal": ("barq-v1", "optimal"),
    "barq-multiprocess": ("barq-v1", "multiprocess"),
    "karak-high-concurrency": ("karak", "high-concurrency"),
    "karak-standard": ("karak", "standard"),
    "karak-thread-scaling": ("karak", "thread-scaling"),
    "freetser-keep-alive": ("freetser", "keep-alive"),
    "spikard-json": ("spikard", "json"),
}
SMALLEST = """
[rule]
text = "r"
blocks = 7
tolerance = 0.2
errors_at_most = 0.001
client_cpu_at_most = 0.85
[[claims]]
id = "fast"
number = 1
documents = ["karak"]
where = "w"
statement = "s"
kind = "rate-ratio"
experiment = "e"
metric = "m"
tests = [{ kind = "ratio", plan = "karak-standard", client = "native", over = "a@b", under = "c@d", workload = "json", stated = 2 }]
"""  # noqa: E501
SECOND = SMALLEST[SMALLEST.index("[[claims]]") :]


def claim(number: int) -> Claim:
    return next(each for each in CLAIMS.claims if each.number == number)


def stating() -> Iterator[ClaimTest]:
    """Yield the tests that repeat a table as documented and expect its figure."""
    for each in CLAIMS.claims:
        for test in (*each.tests, *each.fair):
            if test.client == "as-documented" and (test.stated or test.stated_range):
                yield test


def rows_of(test: ClaimTest) -> list[Row]:
    document, table = TABLE_OF[test.plan]
    found = PUBLISHED[document].table(table)
    assert found is not None
    return list(found.rows)


def figure(
    rows: list[Row], baseline: str, workload: str, metric: str, clients: int | None
) -> float:
    """Return the one figure that the rows have for this cell."""
    found = [
        row.figures[baseline] if metric == "rate" else row.also[metric]
        for row in rows
        if baseline in row.figures
        and row.workload == workload
        and clients in (None, row.clients)
        and (metric == "rate" or metric in row.also)
    ]
    assert len(found) == 1, (baseline, workload, metric, clients)
    return found[0]


def published(test: ClaimTest) -> float:
    """Return what the document's figures give for a test."""
    rows = rows_of(test)
    if test.kind == "ratio":
        over, under = (
            figure(rows, side, test.workload, "rate", None) for side in (test.over, test.under)
        )
        return over / under
    if test.kind == "change" and test.by == "workload":
        before, after = (
            figure(rows, test.baseline, each, test.metric, None)
            for each in (test.before, test.after)
        )
        return after / before
    if test.kind == "change":
        before, after = (
            figure(rows, test.baseline, test.workload, test.metric, int(each))
            for each in (test.before, test.after)
        )
        return after / before
    assert test.kind == "level"
    return figure(rows, test.baseline, test.workload, test.metric, test.connections)


def is_rounded(stated: float, exact: float) -> bool:
    """Say whether `stated` is `exact` to the digits that it is written with."""
    digits = len(f"{stated:g}".partition(".")[2])
    return abs(stated - exact) <= 0.5 * 10**-digits + 1e-9


def numbers_of(document: Document) -> set[float]:
    """Return every number that the document's rows and sentences say."""
    texts = [sentence.words for sentence in document.sentences]
    for table in document.tables:
        texts += [f"{row.words} {row.claim}" for row in table.rows]
    return {number for text in texts for number in numbers_in(text)}


def refusal(folder: Path, text: str) -> str:
    shutil.copy(DOCUMENTS / "karak.toml", folder)
    (folder / "claims.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        read_claims(folder)
    return str(caught.value)


def test_there_are_fifty_two_claims_in_order() -> None:
    assert [each.number for each in CLAIMS.claims] == list(range(1, 53))
    assert len({each.id for each in CLAIMS.claims}) == 52
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.id) for each in CLAIMS.claims)


@pytest.mark.parametrize("each", CLAIMS.claims, ids=lambda each: each.id)
def test_a_claim_is_one_sentence_that_something_decides(each: Claim) -> None:
    assert each.statement.endswith(".")
    assert ". " not in each.statement
    assert each.tests or (each.evidence is not None and each.evidence.verdict in VERDICTS)
    assert set(each.documents) <= set(PUBLISHED)


@pytest.mark.parametrize("each", CLAIMS.claims, ids=lambda each: each.id)
def test_the_figures_of_a_claim_stand_in_its_documents(each: Claim) -> None:
    said = set().union(*(numbers_of(PUBLISHED[name]) for name in each.documents))
    assert each.figure is None or set(each.figure.values) <= said


def test_every_plan_tests_a_claim() -> None:
    assert {plan for each in CLAIMS.claims for plan in each.plans} == set(PLANS)


@pytest.mark.parametrize(
    "test",
    [test for test in stating() if test.stated and test.metric != "memory_mb"],
    ids=lambda test: f"{test.plan} {test.kind} {test.metric} {test.over or test.baseline}",
)
def test_what_is_stated_follows_from_the_documents_table_unless_the_claim_says_why_not(
    test: ClaimTest,
) -> None:
    assert test.stated is not None
    assert is_rounded(test.stated, published(test)) != bool(test.correction)


def test_the_memory_that_is_stated_is_that_of_spikards_averages() -> None:
    averages = PUBLISHED["spikard"].table("averages")
    assert averages is not None
    stated = [test.stated for test in claim(39).tests if test.kind == "level"]
    assert stated == [averages.rows[0].also["memory_mb"]]


def test_a_stated_range_is_that_of_the_document() -> None:
    row = rows_of(claim(26).tests[0])[0]
    assert claim(26).tests[0].stated_range == (
        row.also["latency_low_ms"],
        row.also["latency_high_ms"],
    )
    assert claim(17).tests[0].stated_range == PUBLISHED["karak"].sentences[0].figures


def test_karaks_json_ratio_is_decided_by_its_own_table() -> None:
    test = claim(1).tests[3]
    assert (test.kind, test.plan, test.client, test.workload, test.over, test.under) == (
        "ratio",
        "karak-standard",
        "as-documented",
        "json",
        "karak@workers-4",
        "fastapi@as-documented",
    )
    assert test.stated == 2.12


def test_latencies_are_compared_at_the_same_rates() -> None:
    # The plan also asks each side at shares of its own rate, and as fast as replies come.
    tests = (*claim(21).tests, *claim(21).fair)
    assert {test.pace for test in tests} == {"rate"}


@pytest.mark.parametrize("number", [1, 3])
def test_between_equals_a_ratio_must_keep_four_fifths_of_what_is_stated(number: int) -> None:
    stated = [test.stated * 0.8 for test in claim(number).tests if test.stated]
    bounds = [test.at_least for test in claim(number).fair if test.kind == "ratio"]
    assert bounds
    assert all(any(abs(bound - each) < 0.005 for each in stated) for bound in bounds if bound)


def test_the_miscomputed_difference_keeps_its_figure_and_says_what_it_should_be() -> None:
    test = claim(4).tests[0]
    assert test.stated == 1.29
    assert "1.40" in test.correction


def test_the_general_rule_says_its_numbers_in_words_too() -> None:
    rule = CLAIMS.rule
    assert (rule.blocks, rule.tolerance, rule.errors_at_most, rule.client_cpu_at_most) == (
        7,
        0.2,
        0.001,
        0.85,
    )
    for words in ("At least 7 ", "minus 20 %", "0.1 % of errors", "85 % of a core"):
        assert words in rule.text


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('"ratio", plan', '"quotient", plan', "kind is 'quotient', which is not one of level, "),
        ("karak-standard", "karak-normal", "plan is 'karak-normal', which is not one of barq-"),
        ('"native"', '"curl"', "client is 'curl', which is not one of as-documented, native"),
        ("stated = 2", "metric = 'speed', stated = 2", "metric is 'speed', which is not one of"),
        ('workload = "json", ', "", "workload is missing, and a ratio needs it"),
        ("stated = 2", "pace = 'fast', stated = 2", "pace is 'fast', which is not one of closed,"),
        ("stated = 2", "baseline = 'a@b', stated = 2", "baseline has no meaning for a ratio"),
        (", stated = 2", "", "needs exactly one of stated, stated_range, at_least, at_most"),
        ("stated = 2", "stated = 2, at_most = 3", "at_most and has 2"),
        ("stated = 2", "stated_range = [3, 2]", "stated_range is not a lower and a higher"),
        ("stated = 2", "sated = 2", "tests[0].sated is not one of after, at_least,"),
        ('"ratio", plan', '"share", plan', "plan is 'karak-standard', and only a factors- plan"),
        ('"rate-ratio"', '"guess"', "kind is 'guess', which is not one of rate-ratio,"),
        ("tests =", "enough = 'some'\ntests =", "enough is 'some', which is not one of all, any"),
        ('["karak"]', '["kaark"]', "documents names 'kaark', and there is no kaark.toml"),
        ("tests =", "fair =", "has neither tests nor evidence"),
        ("tests =", "evidence = { finding = 'f', verdict = 'true' }\nfair =", "verdict is 'true'"),
        ("tests =", "evidence = { finding = 'f', verdict = 'refuted' }\ntests =", "beside tests"),
        ("[[claims]]", SECOND + "[[claims]]", "has the id or the number of fast, claim 1"),
    ],
)
def test_a_malformed_claim_is_named_with_its_field(
    tmp_path: Path, old: str, new: str, part: str
) -> None:
    assert old in SMALLEST
    sentence = refusal(tmp_path, SMALLEST.replace(old, new))
    assert str(tmp_path / "claims.toml") in sentence
    assert part in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ("by = 'moon', before = '1', after = '2', workload = 'json'", "by is 'moon', which is not"),
        ("by = 'connections', before = '1', after = '2'", "workload is missing, and a change"),
        ("by = 'workload', before = 'a', after = 'b', workload = 'c'", "workload has no meaning"),
    ],
)
def test_a_change_says_what_changes(tmp_path: Path, fields: str, part: str) -> None:
    test = f"kind = 'change', plan = 'scaling', client = 'native', baseline = 'a@b', {fields}"
    text = SMALLEST[: SMALLEST.index("tests =")] + f"tests = [{{ {test}, at_most = 1 }}]\n"
    assert part in refusal(tmp_path, text)


def test_a_fit_names_a_parameter_that_is_known(tmp_path: Path) -> None:
    test = "kind = 'fit', plan = 'scaling', client = 'native', workload = 'cpu', parameter = 'x'"
    text = SMALLEST[: SMALLEST.index("tests =")]
    text += f"tests = [{{ {test}, baselines = ['a@b'], at_least = 1 }}]\n"
    assert "parameter is 'x', which is not one of parallel_share" in refusal(tmp_path, text)
