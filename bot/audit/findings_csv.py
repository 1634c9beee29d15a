"""Findings and failures as a table for a spreadsheet, one row each."""

import csv
import io

from bot.answers.matrix_csv import guarded
from bot.audit.models import Audit

COLUMNS = (
    "kind", "date", "session", "note", "member", "group", "clinician", "payer",
    "finding", "status", "reason", "question", "quotes", "place",
)  # fmt: skip


def findings_csv(audit: Audit) -> bytes:
    """UTF-8 with the mark that spreadsheets want, each cell shown as the text it is (RFC 4180)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for one in audit.findings:
        quotes = " / ".join(f"“{' '.join(quote.quote.split())}”" for quote in one.quotes)
        day = str(one.date or "")
        told = (one.name, one.status, one.reason, one.question, quotes, one.place)
        row = (one.kind, day, one.session, one.note, one.member, one.group, one.clinician, one.payer, *told)
        writer.writerow(guarded(cell) for cell in row)
    for failure in audit.failures:
        row = ("failure", "", "", failure.note, "", "", "", "", "not read", "", failure.reason, "", "", failure.place)
        writer.writerow(guarded(cell) for cell in row)
    return written.getvalue().encode("utf-8-sig")
