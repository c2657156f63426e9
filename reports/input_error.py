"""What is wrong with the input, in one sentence. Every text stands here; only `__main__` prints."""

from __future__ import annotations

from pathlib import Path


class InputError(Exception):
    """One cause with one remedy."""

    @classmethod
    def no_results(cls, folder: Path) -> InputError:
        return cls(f"no results in {folder}: run make bench")

    @classmethod
    def no_run_of(cls, plan: str) -> InputError:
        return cls(f"no run of plan {plan}: run make bench PLAN={plan}")

    @classmethod
    def none_readable(cls, faults: tuple[InputError, ...]) -> InputError:
        return cls("\n".join(str(fault) for fault in faults))

    @classmethod
    def no_summary(cls, folder: Path) -> InputError:
        return cls(
            f"no summary: {folder}: the run ended, or is not over, before it wrote result.json; "
            "its trials are in journal.ndjson"
        )

    @classmethod
    def no_folder(cls, folder: Path, option: str) -> InputError:
        return cls(f"{folder} is not a folder: name one with {option}")

    @classmethod
    def not_readable(cls, file: Path, reason: str) -> InputError:
        return cls(f"{file}: cannot be read ({reason}): mend it or move it away")

    @classmethod
    def not_writable(cls, path: Path, reason: str) -> InputError:
        return cls(f"{path} cannot be written ({reason}): name another folder with --output")

    @classmethod
    def malformed(cls, file: Path, field: str, found: str) -> InputError:
        return cls(
            f"{file}: {field} {found}: write the file again with make bench, or move it away"
        )

    @classmethod
    def malformed_document(cls, file: Path, field: str, found: str) -> InputError:
        return cls(f"{file}: {field} {found}: see results/documents/README.md for its form")

    @classmethod
    def other_schema(cls, file: Path, found: object, known: int) -> InputError:
        return cls(
            f"{file}: schema is {found!r} and this report reads {known}: "
            "use the report of the commit that wrote it, or move the file away"
        )
