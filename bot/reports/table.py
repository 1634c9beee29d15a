"""The report as a table for a spreadsheet: one row a member and check, the session's own rows first."""

import csv
import io
from collections.abc import Iterator, Sequence

from bot.answers.matrix_csv import guarded
from bot.reports.content import Content, Finding
from bot.review.wording import READINESS_WORDS, STATUS_WORDS

COLUMNS = (
    "member_number",
    "member",
    "claim",
    "part",
    "finding",
    "status",
    "reason",
    "question",
    "quotes",
    "reads_as_copy_of",
    "made_on",
)


def as_csv(content: Content) -> bytes:
    """UTF-8 with the mark that spreadsheets want, each cell shown as the text it is (RFC 4180)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in _rows(content):
        writer.writerow(guarded(cell) for cell in row)
    return written.getvalue().encode("utf-8-sig")


def _rows(content: Content) -> Iterator[Sequence[str]]:
    made = content.made_on.isoformat()
    for one in content.session:
        yield ("", "", "", "session", *_told(one), "", made)
    if content.absent:
        yield ("", "", "", "session", "Absent", "", content.absent, "", "", "", made)
    for member in content.members:
        own = (str(member.number), member.label, READINESS_WORDS[member.readiness])
        alike = "; ".join(member.copy_of)
        for part, findings in (("claim", member.checks), ("note", member.elements)):
            for one in findings:
                yield (*own, part, *_told(one), alike, made)


def _told(one: Finding) -> tuple[str, ...]:
    return one.name, STATUS_WORDS[one.status], one.reason, one.question, " / ".join(f"“{q}”" for q in one.quotes)
