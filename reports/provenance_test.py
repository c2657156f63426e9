"""Machine, program and sources are told as a reader can check them."""

from __future__ import annotations

from dataclasses import replace

from reports.invented_run import HOST, OURS, THEIRS, invented_run
from reports.provenance import host_facts, program_facts

RUN = invented_run("p", {("json", OURS, "close-20"): (1.0,), ("json", THEIRS, "close-20"): (1.0,)})


def test_the_settings_of_a_host_follow_what_it_is_by_name() -> None:
    settings = {"microcode": "0xa1", "huge pages": "madvise"}
    facts = host_facts(replace(RUN, host=replace(HOST, settings=settings)))
    assert facts[-3:] == (("Host", "h"), ("Huge pages", "madvise"), ("Microcode", "0xa1"))


def test_a_program_is_told_with_its_flags_sources_and_environment() -> None:
    source = replace(
        RUN.provenance,
        flags="-O3 -DNDEBUG",
        server_sha256="5" * 64,
        assay_sha256="6" * 64,
        sources={"workloads/json": "ab" * 32, "baselines/gone": ""},
        environment={"LANG": "C.UTF-8", "GOGC": "50"},
    )
    facts = dict(program_facts(replace(RUN, provenance=source)))
    assert facts["Compiled with"] == "-O3 -DNDEBUG"
    assert facts["Server binary"] == f"SHA-256 {'5' * 64}"
    assert facts["Laboratory and client"] == f"SHA-256 {'6' * 64}"
    assert facts["Sources, SHA-256"] == "baselines/gone missing, workloads/json abababababab"
    assert facts["Environment"] == "GOGC=50, LANG=C.UTF-8"


def test_what_an_older_result_does_not_tell_is_left_out() -> None:
    names = [name for name, _ in program_facts(RUN)]
    assert "Compiled with" not in names
    assert "Environment" not in names
    assert dict(program_facts(RUN))["Server binary"] == "unknown"
