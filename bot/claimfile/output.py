"""The findings as they are found: rows of a CSV, or the parts of one JSON document. Neither is held in memory."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator

from bot.answers.matrix_csv import guarded
from bot.answers.models import Citation
from bot.claimfile.models import Finding, Summary

COLUMNS = (
    "verdict",
    "kind",
    "place",
    "claim_number",
    "member",
    "payer",
    "date_of_service",
    "what",
    "do",
    "rule",
    "sources",
)


def csv_heading() -> str:
    """The first line."""
    return _line(COLUMNS)


def csv_line(one: Finding) -> str:
    """One finding; nothing in it that a spreadsheet would run (RFC 4180)."""
    day = one.date_of_service.isoformat() if one.date_of_service else ""
    sources = " / ".join(cited(source) for source in one.sources)
    told = (one.verdict, one.kind, str(one.place or ""), one.claim, one.member, one.payer, day)
    what = " ".join(filter(None, (one.what, one.beside)))
    return _line((*told, what, one.do, one.rule, sources))


def json_pieces(findings: Iterable[Finding], summary: Callable[[], Summary]) -> Iterator[str]:
    """The pieces of one JSON document: the findings, then the figures of `summary`, asked for once all are found."""
    first = True
    yield '{"findings": ['
    for one in findings:
        yield ("" if first else ", ") + _json(one.model_dump(mode="json"))
        first = False
    yield "], " + _json(summary().model_dump(mode="json"))[1:]


def cited(source: Citation) -> str:
    """A source in a line: title, publisher, date, address."""
    dated = source.effective_date or "undated"
    told = f"{source.source_title}, {source.publisher}, {dated}, read {source.checked_on}"
    return f"{told}, {source.source_url}" if source.source_url else told


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerow([guarded(cell) for cell in cells])
    return written.getvalue()


def _json(document: object) -> str:
    # A half of a character, which a broken file may hold, is no text: it shows as "?".
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode()
