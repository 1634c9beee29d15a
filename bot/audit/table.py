"""A month of notes from CSV or JSON Lines, a row a note: a row that cannot be read is one failure, the rest goes on."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from bot.audit.columns import ColumnMap
from bot.audit.notes import Failure, Note, Read
from bot.claims.csv_cells import read_date
from bot.errors import UserError
from bot.review.reading import decoded

_SEPARATORS = ",;\t|"
_LONGEST_SHOWN = 30
_Row = Mapping[str, Any]


def read_csv(data: bytes, name: str, columns: ColumnMap) -> Read:
    """The notes of a CSV file; a file without the needed columns is one failure that names them."""
    return _read(data, name, columns, _csv_rows)


def read_jsonl(data: bytes, name: str, columns: ColumnMap) -> Read:
    """The notes of a JSON Lines file, an object a line."""
    return _read(data, name, columns, _json_rows)


def _read(data: bytes, name: str, columns: ColumnMap, rows_of: Any) -> Read:
    found = Read()
    try:
        text = decoded(data)
        if text is None:
            raise UserError("The file is no text in UTF-8 or Windows-1252: export it again as CSV UTF-8.")
        rows: Iterable[tuple[int, _Row | Failure]] = rows_of(text, name)
        places: dict[str, str] | None = None
        for number, row in rows:
            if isinstance(row, Failure):
                found.failures.append(row)
                continue
            places = places or columns.places(row)
            try:
                found.notes.append(_note(row, places, name, number))
            except UserError as error:
                note = _cell(row, places, "note_id")
                found.failures.append(Failure(f"{name}, row {number}", str(error), note))
    except UserError as error:
        found.failures.append(Failure(name, str(error)))
    if not found.notes and not found.failures:
        found.failures.append(Failure(name, "The file holds no notes."))
    return found


def _note(row: _Row, places: Mapping[str, str], name: str, number: int) -> Note:
    text, written = _cell(row, places, "note_text"), _cell(row, places, "date_of_service")
    if not text.strip():
        raise UserError("The note's text is empty.")
    if not written:
        raise UserError("The row has no date of service.")
    if (served_on := read_date(written)) is None:
        shown = " ".join(written.split())[:_LONGEST_SHOWN]
        raise UserError(f"The date of service “{shown}” cannot be read: write YYYY-MM-DD or MM/DD/YYYY.")
    place = f"{name}, row {number}"
    return Note(
        id=_cell(row, places, "note_id") or place,
        member=" ".join(_cell(row, places, "member").split()),
        text=text,
        served_on=served_on,
        place=place,
        group=" ".join(_cell(row, places, "group").split()),
        clinician=" ".join(_cell(row, places, "clinician").split()),
        payer=" ".join(_cell(row, places, "payer").split()),
        session_text=_cell(row, places, "session_text"),
        charge=dollars(_cell(row, places, "charge")),
    )


def dollars(written: str) -> float | None:
    """An amount as offices write it, "$1,250.00"; None for nothing or what is no amount."""
    try:
        amount = float(written.replace("$", "").replace(",", "").strip())
    except ValueError:
        return None
    return amount if isfinite(amount) else None


def _cell(row: _Row, places: Mapping[str, str], field: str) -> str:
    value = row.get(places.get(field, ""))
    text = "" if value is None else value if isinstance(value, str) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, _Row | Failure]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        if not reader.fieldnames:
            return
        for number, row in enumerate(reader, 2):
            if None in row:
                yield (
                    number,
                    Failure(f"{name}, row {number}", "The row has more cells than the header: quote its text."),
                )
            elif any(value and value.strip() for value in row.values()):
                yield number, row
    except csv.Error:
        yield (
            reader.line_num,
            Failure(f"{name}, line {reader.line_num}", "From here on the file is no CSV: save it anew."),
        )


def _json_rows(text: str, name: str) -> Iterator[tuple[int, _Row | Failure]]:
    # Not splitlines(): a note may hold a line separator that JSON leaves as it is.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield number, row
        else:
            yield number, Failure(f"{name}, row {number}", "The line is no JSON object.")
