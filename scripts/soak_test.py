"""What soak takes for lost, and that nothing is: a few kills of each model."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sources
from command_file import load
from kill_clients import SHARED, Client, Labels, Ledger, Move, MoveLedger, Note, moved
from kill_loop import POLICIES, Manner, Trial, kill_once

soak = load("soak")


def test_a_write_that_was_acknowledged_has_to_be_there() -> None:
    ledger = Ledger()
    ledger.sent("a", Note("one", 0))
    assert ledger.answered("a", Note("one", 0)) is None
    assert ledger.fault("a", Note("one", 0)) is None
    assert "was acknowledged as" in ledger.fault("a", None)
    assert "was acknowledged as" in ledger.fault("a", Note("one", 1))
    assert ledger.acknowledged == 1


@pytest.mark.parametrize("found", [Note("one", 0), Note("two", 1)])
def test_a_write_in_doubt_is_there_or_not_and_then_it_is_certain(found: Note) -> None:
    ledger = Ledger()
    ledger.sent("a", Note("one", 0))
    assert ledger.answered("a", Note("one", 0)) is None
    ledger.sent("a", Note("two", 1))
    assert ledger.fault("a", Note("two", 0)) is not None
    assert ledger.fault("a", found) is None
    other = Note("one", 0) if found.counter else Note("two", 1)
    assert ledger.fault("a", other) is not None


def test_a_new_note_has_a_counter_that_its_name_never_had() -> None:
    ledger = Ledger()
    ledger.sent("a", Note("one", None))
    assert ledger.answered("a", Note("one", 5)) is None
    ledger.sent("a", None)
    assert ledger.answered("a", None) is None
    ledger.sent("a", Note("two", None))
    assert "was acknowledged as" in ledger.fault("a", Note("two", 5))
    assert "was acknowledged as" in ledger.fault("a", Note("one", 6))
    assert ledger.fault("a", Note("two", 6)) is None


def test_labels_of_which_one_is_missing_are_a_fault() -> None:
    ledger = Ledger()
    ledger.sent("/labels/a", Labels(("one", "two")))
    assert ledger.fault("/labels/a", Labels(("one",))) is not None
    assert ledger.answered("/labels/a", Labels(("one", "two"))) is None
    ledger.sent("/labels/a", None)
    ledger.refused("/labels/a")
    assert "was acknowledged as 2 labels from" in ledger.fault("/labels/a", None)
    assert ledger.fault("/labels/a", Labels(("one", "two"))) is None


def test_each_model_meets_each_policy() -> None:
    for models in (["loop"], ["loop", "pool"], ["loop", "pool", "thread", "fork"]):
        number = len(models) * len(POLICIES)
        met = set(itertools.islice(soak.manners_of(models), number))
        assert met == {Manner(model, policy) for model in models for policy in POLICIES}


def test_a_write_that_was_refused_must_not_be_there() -> None:
    ledger = Ledger()
    ledger.sent("a", Note("one", 0))
    ledger.refused("a")
    assert ledger.fault("a", None) is None
    assert ledger.fault("a", Note("one", 0)) is not None


MOVES = [Move(1, SHARED[0], SHARED[1]), Move(2, SHARED[1], SHARED[2])]


def clients_that_moved(acknowledged: list[Move], in_doubt: int) -> list[Client]:
    """Return a client with these moves."""
    client = Client("c", 1)
    client.moves, client.moves_in_doubt = list(acknowledged), in_doubt
    return [client]


def test_moves_go_on_from_what_was_found_before() -> None:
    ledger = MoveLedger()
    assert ledger.faults(MOVES[:1], moved(MOVES[:1]), clients_that_moved(MOVES[:1], 0)) == []
    assert ledger.faults(MOVES, moved(MOVES), clients_that_moved([], 1)) == []
    assert moved(MOVES)[SHARED[2]].text.endswith("\nshared-a 19")


def test_a_move_that_was_acknowledged_has_to_be_there() -> None:
    faults = MoveLedger().faults(MOVES[:1], moved(MOVES[:1]), clients_that_moved(MOVES, 0))
    assert faults == [f"{MOVES[1]}: was acknowledged and is not there"]


def test_a_move_that_nobody_sent_is_a_fault() -> None:
    faults = MoveLedger().faults(MOVES, moved(MOVES), clients_that_moved(MOVES[:1], 0))
    assert faults == ["2 moves, where 1 and 0 in doubt were sent"]


def test_half_a_move_is_a_fault() -> None:
    notes = moved(MOVES)
    half = notes | {SHARED[1]: replace(notes[SHARED[1]], counter=1)}
    faults = MoveLedger().faults(MOVES, half, clients_that_moved(MOVES, 0))
    assert [fault.split(":")[0] for fault in faults] == [SHARED[1]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kills", "0"], "not a number from 1 on"),
        (["--models", "loop,none"], "there is no model 'none'"),
    ],
)
def test_wrong_usage_is_said(
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["soak", *arguments])
    with pytest.raises(SystemExit) as end:
        soak.main()
    assert end.value.code == 2
    assert said in capsys.readouterr().err


def test_without_the_program_it_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["soak"])
    assert soak.main(tmp_path) == 2
    assert "make build" in capsys.readouterr().err


@pytest.mark.parametrize("model", ["loop", "pool", "thread", "fork"])
def test_a_kill_loses_nothing_that_was_acknowledged(model: str, tmp_path: Path) -> None:
    trial = Trial(sources.ROOT / soak.PROGRAM, tmp_path, seed=1)
    for kill, manner in enumerate(itertools.islice(soak.manners_of([model]), 5), start=1):
        assert kill_once(trial, manner) == [], f"kill {kill}: {manner}"
    assert trial.acknowledged > 0
