"""How many member sections an audit reviews a second, with the cost of the model as a row of its own.

AUDIT_SESSIONS=60 sessions of eight. Each unit of work is done twice in its process: the first time the model reads
every sentence it has not met, the second time it remembers them all.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from bot import text_model
from bot.audit.columns import ColumnMap
from bot.audit.folder import read_input
from bot.audit.run import Plan, run_audit
from bot.audit.sessions import sessions_of
from bot.audit.unit import SESSIONS_A_UNIT, ToReview, review_unit
from bot.audit.work_file import WorkFile
from bot.jobs.seal import Seal
from tests.bench.invented_month import invent_month
from tests.bench.rows import Row

_SESSIONS = int(os.environ.get("AUDIT_SESSIONS", "60"))
_CORES = 2
_AIM = 200
"""Sections a second on two cores, beside the model."""


@dataclass(frozen=True)
class Twice:
    """What a unit took the first time and again, in seconds of the processor, and of the first in the model."""

    first: float
    again: float
    model: float
    peak_mb: float


def twice(unit: Sequence[ToReview]) -> Twice:
    """A unit for the first time and again. The processor's own time: other work on the machine does not count."""
    began = process_time()
    done = review_unit(unit)
    between = process_time()
    peak = review_unit(unit).peak_mb
    model = (between - began) * done.model_seconds / done.seconds
    return Twice(between - began, process_time() - between, model, peak)


def bench_audit() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "month.csv")
        source.write_text(invent_month(_SESSIONS).as_csv())
        sessions = sessions_of(read_input(source, ColumnMap()))
        ready = [ToReview(one.digest(""), one.text, one.segments) for one in sessions]
        units = [tuple(ready[at : at + SESSIONS_A_UNIT]) for at in range(0, len(ready), SESSIONS_A_UNIT)]
        with WorkFile(Path(folder, "audit-bench.work"), Seal(["k" * 40])) as work:
            whole = run_audit(Plan(source), work).audit
        text_model.use_threads(1)  # as each process of an audit does
        review_unit(units[0])  # which loads the models
        told = [twice(unit) for unit in units[1:]]
        sections = sum(len(session.notes) for session in sessions) * len(told) / len(units)
        first, again, model = (sum(getattr(one, name) for one in told) for name in ("first", "again", "model"))
    return [
        Row(
            "sections a second of two cores, sentences known",
            sections * _CORES / again,
            "/s",
            target=_AIM,
            at_least=True,
        ),
        Row("sections a second of two cores, all sentences new", sections * _CORES / first, "/s"),
        Row("model: a section whose sentences are new", model / sections * 1000, "ms"),
        Row("all else: a section", again / sections * 1000, "ms"),
        Row(f"whole audit of {whole.notes} sections, by the clock", whole.seconds, "s"),
        Row("its memory, all processes", whole.peak_memory_mb, "MB"),
    ]
