"""The command: python -m reports. Prints the page's path last, after the table that was asked for.

Exit 1 when a run had to be left out of the page, 2 when there is no page.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from reports.claim_file import read_claims
from reports.document_file import read_documents
from reports.input_error import InputError
from reports.result_file import Results, read_results
from reports.site import write_site
from reports.table_of_plan import table_of_plan
from reports.terminal_table import WIDEST, plain_text

ABOUT = """Make the report from every run found.
  python -m reports                             results/hosts -> build/report/index.html
  python -m reports --results R --output O      other results, another place
  python -m reports --table karak-standard      and print the document's table of its newest run
Next: open build/report/index.html in a browser; it needs no network."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _options(arguments)
    try:
        results = read_results(options.results)
        path = _report(results, options)
    except InputError as error:
        _say(str(error))
        return 2
    print(path)
    return 1 if results.left_out else 0


def _report(results: Results, options: argparse.Namespace) -> Path:
    count = len(results.files)
    _say(f"reading {options.results}: {count} run{'s' if count > 1 else ''}")
    for notice in results.notices:
        _say(notice)
    documents, claims = read_documents(options.documents), read_claims(options.documents)
    if options.table:
        width = shutil.get_terminal_size((WIDEST, 24)).columns
        text = table_of_plan(options.table, results, documents, claims, width)
        if text:
            print(plain_text(text, sys.stdout.encoding))
    return write_site(results, documents, claims, options.output, _say)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, default, meaning in (
        ("results", "results/hosts", "folder with <host>/<run>/result.json"),
        ("documents", "results/documents", "folder with the documents' figures"),
        ("output", "build/report", "folder to write"),
    ):
        parser.add_argument(
            f"--{name}", type=Path, default=Path(default), help=f"{meaning} (default: {default})"
        )
    parser.add_argument("--table", metavar="PLAN", help="print the document's table of this plan")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
