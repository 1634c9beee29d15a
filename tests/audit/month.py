"""A small invented month, and one way to run an audit over it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.audit.executor import Serial
from bot.audit.run import AuditRun, Plan, run_audit
from bot.audit.work_file import WorkFile
from bot.jobs.seal import Seal

SESSION = (
    "Group session of 90 minutes, 3 members present. Topic: asking for help. Using CBT, the therapist guided a thought "
    "record and asked Socratic questions."
)
GOOD = (
    "{0} described the call with her landlord and named the thought that she is a burden. After feedback from the "
    "group she became tearful and said the shame had eased. Goal of asking for help twice a week: asked once, up from "
    "none. "
    "Work on the fear of rejection treats her generalized anxiety disorder (F41.1) and serves the goal of asking for "
    "help. "
    "Denied SI/HI. Plan: will call her sister before Thursday and report back."
)
OTHER = (
    "{0} brought the letter from the school and read one line of it aloud. He argued with a peer about whether anger "
    "is ever useful and later thanked him for staying. Goal of no outbursts at work: none this week, two last week. "
    "Practising the pause treats his intermittent explosive disorder (F63.81) and serves that goal. Denies suicidal "
    "ideation. Plan: will practise the pause with his foreman on Monday."
)
THIN = "{0} attended and participated appropriately."


def row(id_: str, member: str, text: str, **more: str) -> dict[str, str]:
    """One row of the table; `text` holds {0} where the member is named."""
    told = {
        "note_id": id_,
        "date_of_service": "2026-10-05",
        "group": "Monday Anxiety",
        "clinician": "Rosa Lindqvist",
        "member": member,
        "payer": "Aetna",
        "note_text": text.format(member),
        "session_text": SESSION,
    }
    return {**told, **more}


def as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(dict.fromkeys(name for one in rows for name in one)))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def work_file(folder: Path, name: str = "audit-test") -> WorkFile:
    return WorkFile(folder / f"{name}.work", Seal(["k" * 40]))


def audited(folder: Path, source: Path | str | Iterable[Mapping[str, str]], **plan: Any) -> AuditRun:
    """The audit of a file, a folder, or of rows written to a CSV first; in this process."""
    if not isinstance(source, Path | str):
        rows, source = list(source), folder / "month.csv"
        source.write_text(as_csv(rows), encoding="utf-8")
    with work_file(folder) as work:
        return run_audit(Plan(source, executor=Serial(), **plan), work)
