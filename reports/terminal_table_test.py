"""The document's table in a terminal: every column, no line too long, a verdict for each row."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.claim_file import read_claims
from reports.conftest import DOCUMENTS, judged_runs
from reports.document_file import read_documents
from reports.input_error import InputError
from reports.invented_factors import client_run, log_run, table_run
from reports.invented_run import DOCUMENT, HOST, OURS, THEIRS, around, invented_run
from reports.result import Estimate, Ratio, Run
from reports.result_file import ResultFile, Results
from reports.table_of_plan import table_of_plan
from reports.terminal_table import TIMES, plain_text
from reports.text_table import wrapped

CLAIMS, PUBLISHED = read_claims(DOCUMENTS), read_documents(DOCUMENTS)


def printed(width: int, *runs: Run, plan: str = "karak-standard") -> str:
    files = tuple(ResultFile(Path(HOST.id, run.run, "result.json"), "", run) for run in runs)
    return table_of_plan(plan, Results(files, (), ()), PUBLISHED, CLAIMS, width)


@pytest.mark.parametrize("width", [200, 100, 80, 60, 40])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = printed(width, table_run(), client_run(), log_run())
    assert max(map(len, text.splitlines())) <= min(width, 100)


def test_a_row_has_original_documented_fair_verdict_and_why() -> None:
    lines = printed(100, table_run(), client_run(), log_run()).splitlines()
    head = next(line for line in lines if "verdict" in line)
    assert head.split() == ["original", "as", "documented", "fair", "verdict", "why"]
    row = next(line for line in lines if line.startswith("JSON"))
    for part in (
        f"2.12{TIMES}",
        f"1.90{TIMES}",
        f"1.15{TIMES}",
        "✓ reproduced",
        "of the lead: log",
    ):
        assert part in row
    text = " ".join(" ".join(lines).split())
    assert "÷ fastapi@tuned" in text
    narrow = " ".join(printed(60, table_run(), client_run(), log_run()).split())
    assert re.search(r"of the lead: log \d+ % \(documented end only\), client -\d+ %, ", narrow)
    assert "1.88 to 1.92" in text


def test_without_a_run_of_factors_the_plan_that_would_tell_is_named() -> None:
    text = printed(100, table_run())
    assert text.count("PLAN=factors-client") == 1
    assert text.count("PLAN=factors-database") == 1


@pytest.mark.parametrize("width", [100, 60])
def test_fair_figures_of_both_ways_with_connections_are_printed(width: int) -> None:
    karak, freetser = judged_runs()
    lines = printed(width, karak).splitlines()
    assert max(map(len, lines)) <= width
    assert any(re.search(f"time: +3.00{TIMES}", line) for line in lines)
    text = " ".join(printed(width, freetser, plan="freetser-keep-alive").split())
    assert "freetser@newest" in text
    assert "closed, 20 at a time: 700" in text


def test_a_ratio_without_an_order_is_marked_in_the_terminal_too() -> None:
    karak, _ = judged_runs()
    ratio = Ratio("json", DOCUMENT.name, OURS, THEIRS, Estimate(0.5, 0.4, 0.6), "client-bound")
    text = printed(60, replace(karak, ratios=(ratio,)))
    assert f"0.50{TIMES}, 0.40 to 0.60, ! client-bound" in " ".join(text.split())
    assert "no order is known" in " ".join(text.split())


def test_a_long_label_is_broken_before_its_variant() -> None:
    assert wrapped("karak@workers-cores \N{DIVISION SIGN} fastapi@tuned", 15) == [
        "karak",
        "@workers-cores",
        "\N{DIVISION SIGN} fastapi@tuned",
    ]


def test_a_factor_of_another_build_is_named_as_left_out() -> None:
    first, second, third = (
        replace(each, provenance=replace(each.provenance, assay_sha256=name))
        for each, name in ((table_run(), "a1"), (client_run(), "a1"), (log_run(), "a2"))
    )
    text = " ".join(printed(60, first, second, third).split())
    assert "stays between equals; log left out: from another build" in text


def test_a_document_s_client_at_its_limit_reproduces_and_does_not_refute() -> None:
    run = table_run()
    slower = tuple(
        replace(each, rate=each.rate / 4) if each.baseline == OURS else each for each in run.trials
    )
    bound = tuple(replace(cell, client_cpu=0.99) for cell in run.cells)
    run = replace(run, trials=slower)
    assert " ".join(printed(100, run).split()).count(" refuted ") == 3
    text = " ".join(printed(100, replace(run, cells=bound)).split())
    assert text.count("! invalid") == 3
    assert "the client used" in " ".join(printed(60, replace(run, cells=bound)).split())


def test_what_the_document_leaves_out_has_a_row_that_says_so() -> None:
    cells = {
        ("json", "karak@workers-16", "as-documented"): around(80),
        ("json", "fastapi@as-documented", "as-documented"): around(40),
        ("db", "karak@workers-16", "as-documented"): around(70),
    }
    load = replace(table_run().loads[0], connections=100)
    run = invented_run("karak-high-concurrency", cells, (load,))
    run = replace(run, document="karak", table="high-concurrency")
    text = printed(100, run, plan=run.plan)
    row = next(line for line in text.splitlines() if line.startswith("db"))
    assert "· not stated" in row


def test_a_plan_without_a_document_prints_nothing_and_one_without_a_run_is_refused() -> None:
    assert printed(100, replace(table_run(), document=""), plan="karak-standard") == ""
    with pytest.raises(InputError, match="no run of plan quick: run make bench PLAN=quick"):
        printed(100, table_run(), plan="quick")


def test_an_output_that_knows_only_ascii_gets_signs_that_it_can_show() -> None:
    text = plain_text(printed(100, table_run()), "ascii")
    assert text.isascii()
    assert "2.12x" in text
    assert "+ reproduced" in text
    assert plain_text(TIMES, "utf-8") == TIMES
