"""The command: python -m reports. Prints the page's path last; exit 2 when the input is wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.document_file import read_documents
from reports.input_error import InputError
from reports.result_file import read_results
from reports.site import write_site

ABOUT = """Make the report from every run found.
  python -m reports                             results/hosts -> build/report/index.html
  python -m reports --results R --output O      other results, another place
Next: open build/report/index.html in a browser; it needs no network."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _options(arguments)
    try:
        path = _report(options.results, options.documents, options.output)
    except InputError as error:
        _say(str(error))
        return 2
    print(path)
    return 0


def _report(results: Path, documents: Path, output: Path) -> Path:
    files = read_results(results)
    _say(f"reading {results}: {len(files)} run{'s' if len(files) > 1 else ''}")
    return write_site(files, read_documents(documents), output, _say)


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
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
