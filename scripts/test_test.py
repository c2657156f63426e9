"""The counting of tests over all languages, with small suites that pass, fail and break down."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command_file import load

test_command = load("test")
Tally = test_command.Tally


def suite(folder: Path, code: str, **settings: object) -> object:
    """Return a suite that runs `code`, which finds the place of its report in `report`."""
    report = folder / "report.xml"
    program = f"from pathlib import Path; import sys\nreport = Path({str(report)!r})\n{code}"
    command = (sys.executable, "-c", program)
    return test_command.Suite("fake", command, report, folder, "make build", **settings)


def cases(*lines: str) -> str:
    """Return code that writes a JUnit file of these test cases."""
    text = f"<testsuites><testsuite>{''.join(lines)}</testsuite></testsuites>"
    return f"report.write_text({text!r})\n"


GOOD = '<testcase name="a"/>'
BAD = '<testcase name="b"><failure message="no"/></testcase>'
SKIPPED = '<testcase name="c"><skipped message="no browser"/></testcase>'
NOT_BUILT = '<testcase status="notrun"><skipped message="Unable to find executable"/></testcase>'
CTEST_SKIP = (
    '<testcase status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/></testcase>'
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (cases(GOOD, GOOD, SKIPPED), Tally(passed=2, skipped=1)),
        (cases(GOOD, BAD) + "sys.exit(1)", Tally(passed=1, failed=1)),
        (cases(GOOD, CTEST_SKIP), Tally(passed=1, skipped=1)),
        (cases(GOOD, NOT_BUILT) + "sys.exit(8)", Tally(passed=1, failed=1)),
    ],
)
def test_outcomes_come_from_the_report(tmp_path: Path, code: str, expected: object) -> None:
    assert test_command.run(suite(tmp_path, code)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sys.exit(3)", Tally(failed=1)),
        ("pass", Tally(failed=1)),
        ("report.write_text('<testsuite><testc')", Tally(failed=1)),
        (cases(GOOD) + "sys.exit(139)", Tally(passed=1, failed=1)),
        (cases(), Tally(failed=1)),
    ],
)
def test_a_suite_that_breaks_down_or_runs_nothing_fails(
    tmp_path: Path, code: str, expected: object
) -> None:
    assert test_command.run(suite(tmp_path, code)) == expected


def test_a_report_of_an_earlier_run_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(f"<testsuite>{GOOD}</testsuite>")
    assert test_command.run(suite(tmp_path, "sys.exit(2)")) == Tally(failed=1)


def test_a_filter_may_leave_a_suite_empty_but_not_all_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = suite(tmp_path, cases() + "sys.exit(5)", may_be_empty=True)
    assert test_command.run_all([empty, suite(tmp_path, cases(GOOD))]) == 0
    assert test_command.run_all([empty]) == 1
    assert capsys.readouterr().out.endswith("no test has this name\nassay: 0 passed, 0 failed\n")


def test_a_check_without_a_report_counts_as_one_test(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "print('34 files')")
    check = test_command.Suite("macos", command, None, tmp_path, "")
    assert test_command.run(check) == Tally(passed=1)


def test_the_last_line_adds_all_suites_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suites = [suite(tmp_path, cases(GOOD, BAD)), suite(tmp_path, cases(GOOD, SKIPPED))]
    assert test_command.run_all(suites) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "assay: 2 passed, 1 failed, 1 skipped"


def test_passing_lines_of_ctest_are_left_out_and_failing_ones_kept() -> None:
    noise = test_command.CTEST_NOISE
    assert noise.match("      Start  1: Connection.ReadsNothingAfterAnError\n")
    assert noise.match("  1/34 Test  #1: Connection.Reads .......   Passed    0.01 sec\n")
    assert not noise.match("  2/34 Test  #2: Connection.Closes .......***Failed    0.01 sec\n")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("release", None, ""), ["cpp", "python", "reports", "macos"]),
        (("release", None, "Connection"), ["cpp", "python", "reports"]),
        (("release", "macos", "server/wire"), ["macos"]),
        (("asan", None, ""), ["cpp"]),
    ],
)
def test_the_command_line_chooses_the_suites(arguments: tuple[str, ...], names: list[str]) -> None:
    assert [chosen.name for chosen in test_command.suites_of(*arguments)] == names
