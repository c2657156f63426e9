"""What the machine did beside a run, and how the run ended, in short sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from reports.quantity import NO_BREAK, duration_text, fine_share_text, seconds_text, two_digits
from reports.result import Conditions, Run, Trial

ENDS = {
    "blocks": "ended with the last block that its plan asks for",
    "precision": "ended when every figure was precise enough",
    "time": "ended when its time was spent",
    "cut": "was cut off",
}


def conditions_words(run: Run) -> tuple[str, ...]:
    """Return a sentence each on machine, trials and end; none for what is unknown."""
    parts = tuple(_machine(run))
    machine = (
        f"While it measured (median of the trials, the worst in brackets): {'; '.join(parts)}."
    )
    return (*((machine,) if parts else ()), *_trials(run), *_end(run))


def _machine(run: Run) -> Iterator[str]:
    seen = [trial.conditions for trial in run.trials if trial.conditions is not None]
    for name, number, text in _MEASURES:
        values = [value for each in seen if (value := number(each)) is not None]
        if values:
            yield f"{name} {text(median(values))} ({text(max(values))})"
    slowed = [each.throttled for each in seen if each.throttled]
    if slowed:
        yield f"slowed down for its heat in {len(slowed)} of {len(seen)} trials"


_MEASURES: tuple[tuple[str, Callable[[Conditions], float | None], Callable[[float], str]], ...] = (
    ("stolen by the hypervisor", lambda each: each.steal, fine_share_text),
    (
        "other programs",
        lambda each: each.foreign_cores,
        lambda n: f"{two_digits(n)}{NO_BREAK}cores",
    ),
    ("something waited for a core", lambda each: each.pressure, fine_share_text),
    ("processor", lambda each: each.temperature_c, lambda n: f"{n:.0f}{NO_BREAK}°C"),
)


def _trials(run: Run) -> Iterator[str]:
    again = sum(cell.rejected for cell in run.cells)
    if again:
        count = "1 trial was" if again == 1 else f"{again} trials were"
        yield f"{count} made once more, because the machine or the client spoilt the first."
    restless = sum(not trial.steady for trial in run.trials)
    if restless:
        yield f"{restless} of {len(run.trials)} trials were not steady within the time for it."
    gaps = [trial.longest_gap_ms for trial in run.trials if _is_used(trial)]
    worst = max((gap for gap in gaps if gap is not None), default=0)
    if worst >= 1:
        yield f"The client stood still for {duration_text(worst * 1000)} at most."


def _is_used(trial: Trial) -> bool:
    return trial.valid and not trial.twin


def _end(run: Run) -> Iterator[str]:
    if run.ended_by in ENDS:
        done = f"{run.blocks_done} of {run.blocks} blocks"
        took = seconds_text(round(run.duration_s))
        yield f"The run {ENDS[run.ended_by]}: {done} in {took}."
