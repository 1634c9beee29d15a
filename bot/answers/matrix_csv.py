"""A comparison as a CSV file for a spreadsheet: every column in full, nothing that a spreadsheet would run."""

import csv
import io
import re
from datetime import date

from bot.answers.models import Citation, Comparison, Row
from bot.answers.phrases import HOW_LEARNT, LINES
from bot.policies.models import Decision, Topic

COLUMNS = (
    "payer",
    "on_file",
    "line_of_business",
    "state",
    "topic",
    "decision",
    "conditions",
    "modifiers",
    "stale",
    "last_known_year",
    "confidence",
    "conflicts",
    "source",
    "publisher",
    "how_learnt",
    "effective_date",
    "checked_on",
    "url",
    "all_citations",
    "next_step",
    "call_script",
    "what_is_on_file",
    "date_of_service",
    "made_on",
)
# With any of these in front a spreadsheet takes a cell for a formula, whatever white space stands before them.
_FORMULA = re.compile(r"\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212|]|[\t\r\n]")
_GUARD = "'"


def as_csv(table: Comparison, today: date) -> str:
    """The heading and a line for each row, in the order of the table (RFC 4180)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in table.rows:
        writer.writerow(guarded(cell) for cell in _cells(row, table, today))
    return written.getvalue()


def csv_name(topic: Topic, today: date) -> str:
    """payer_policies_same_day_2026-11-26.csv"""
    return f"payer_policies_{topic}_{today.isoformat()}.csv"


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as the text it is: the apostrophe in front is its own mark for text.

    A text that begins with the mark gets another, so that taking one away always gives the text back.
    """
    return _GUARD + cell if _FORMULA.match(cell) or cell.startswith(_GUARD) else cell


def _cells(row: Row, table: Comparison, today: date) -> tuple[str, ...]:
    answer, source = row.answer, row.source
    known = answer.decision is not Decision.UNKNOWN
    return (
        row.name,
        "yes" if row.payer_id else "no",
        LINES[row.line_of_business] if row.line_of_business else "",
        row.state,
        str(table.topic),
        str(answer.decision),
        "; ".join(answer.conditions),
        ", ".join(answer.modifiers),
        ("yes" if answer.stale else "no") if known else "",
        str(row.year or ""),
        str(answer.confidence) if known else "",
        " / ".join(answer.conflicts),
        source.source_title if source else "",
        source.publisher if source else "",
        HOW_LEARNT[source.source_kind] if source else "",
        source.effective_date if source else "",
        source.checked_on if source else "",
        source.source_url if source else "",
        " / ".join(_cited(number, one) for number, one in enumerate(answer.citations, 1)),
        answer.next_step,
        " / ".join(answer.call_script),
        " ".join(answer.answer.split()),
        table.date_of_service.isoformat() if table.date_of_service else "",
        today.isoformat(),
    )


def _cited(number: int, one: Citation) -> str:
    dated = one.effective_date or "undated"
    learnt = HOW_LEARNT[one.source_kind]
    told = f"[{number}] {one.source_title}, {one.publisher}, {dated}, {learnt}, read {one.checked_on}"
    return f"{told}, {one.source_url}" if one.source_url else told
