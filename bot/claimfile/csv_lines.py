"""A CSV of service lines as claims: one row a line, read as a stream, forgiving of column names."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from bot.claimfile.models import Claim, PayerName, ServiceLine, Unread
from bot.claimfile.people import patient_called
from bot.claims import csv_cells
from bot.claims.authorization import is_number
from bot.claims.csv_file import ALIASES, delimiter_of, heading_key
from bot.claims.diagnosis import claim_codes
from bot.errors import UserError

TEMPLATE = (
    "claim_number,member,payer,state,filing_indicator,date_of_service,code,modifiers,units,place_of_service,"
    "diagnosis_codes,authorization_number"
)
_OWN = {
    "claim_number": "claim_number claim claim_no claim_id clm01 patient_control_number account account_number",
    "code": "code cpt cpt_code procedure procedure_code service_code hcpcs",
    "units": "units unit qty quantity days_or_units",
    "filing_indicator": "filing_indicator claim_filing_indicator sbr09",
    "payer_id": "payer_id payerid",
    "modifier_2": "modifier_2 mod_2 mod2 modifier2",
    "modifier_3": "modifier_3 mod_3 mod3 modifier3",
    "modifier_4": "modifier_4 mod_4 mod4 modifier4",
    "modifiers": "mod_1 mod1 modifier1",
    "diagnosis_code": "dx1 diagnosis_1",
    "date_of_service": "from_dos dos_from dos_start from_date_of_service date_of_service_from service_date_from "
    "from_date service_from",
    "last_day": "to_dos dos_to dos_thru dos_end to_date_of_service date_of_service_to service_date_to to_date "
    "thru_date service_to",
    "frequency": "frequency frequency_code claim_frequency claim_frequency_code resubmission resubmission_code clm05_3",
    "rendering": "rendering rendering_provider rendering_npi rendering_provider_npi provider provider_name clinician "
    "therapist",
}
_SHARED = ("member", "payer", "state", "date_of_service", "diagnosis_code", "number", "modifiers", "place_of_service")
_COLUMNS = {alias: name for name in _SHARED for alias in ALIASES[name].split()}
_COLUMNS |= {alias: name for name, aliases in _OWN.items() for alias in aliases.split()}
_NEEDED = {"member": "member", "date_of_service": "date_of_service", "code": "code"}
_HEAD = 8_192
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""The marks of what a spreadsheet calls Unicode text."""


def read_rows(file: BinaryIO) -> Iterator[Claim | Unread]:
    """Each row as a claim of one line; a row that cannot be read as one `Unread`, and the rest goes on.

    Raises UserError where the first line does not name the columns that no check can do without.
    """
    encoding = _encoding_of(file)
    head = file.read(_HEAD).decode(encoding, "replace")
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    number = 1
    try:
        mark = delimiter_of(head)
        rows = csv.reader(text, delimiter=mark)
        filled = ((at, row) for at, row in enumerate(rows, 1) if any(cell.strip() for cell in row))
        _, heading = next(filled, (1, []))
        columns = _columns(heading)
        for number, row in filled:
            ran_on = any(line.count(mark) >= len(heading) - 1 for cell in row for line in cell.split("\n")[1:])
            yield _run_on(row, _claim(number, columns, row), ran_on=ran_on)
    except csv.Error:
        yield Unread(number + 1, "no table from here on: a cell is too long, or a quote is not closed.")
    finally:
        text.detach()


def _run_on(row: list[str], read: Claim | Unread, *, ran_on: bool) -> Claim | Unread:
    """What was read of a row, or that a quotation mark which opens in it took in the lines after it."""
    lines = 1 + sum(cell.rstrip("\r\n").count("\n") for cell in row)
    if lines == 1 or (isinstance(read, Claim) and not ran_on):
        return read
    return Unread(
        read.place, f"a quotation mark in this row is not closed, so that {lines} lines ran into one: close it."
    )


def _encoding_of(file: BinaryIO) -> str:
    """UTF-16 by its mark; UTF-8 where all of it is; else what a Windows spreadsheet writes."""
    marked = file.read(2).startswith(UTF_16)
    file.seek(0)
    if marked:
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(65_536):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8-sig"


def _columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(header[:200]):
        name = _COLUMNS.get(heading_key(cell)) or _COLUMNS.get(heading_key(cell).replace("_", ""))
        if name == "rendering" and name in columns:
            continue  # a name and an NPI beside it say the same
        if name and name in columns:
            raise UserError(
                f"The claims file has {name} twice, in columns {columns[name] + 1} and {place + 1}: keep one."
            )
        if name:
            columns[name] = place
    missing = [written for name, written in _NEEDED.items() if name not in columns]
    if missing:
        raise UserError(
            f"The file is no X12 837P, and as a CSV its first line names no {' and no '.join(missing)}. "
            f"Known are: {TEMPLATE}"
        )
    return columns


def _claim(number: int, columns: dict[str, int], row: list[str]) -> Claim | Unread:
    def cell(name: str) -> str:
        place = columns.get(name, -1)
        return " ".join(row[place].split()) if 0 <= place < len(row) else ""

    code = re.sub(r"\.0+$", "", cell("code")).upper()
    code, *attached = re.split(r"[-: ]", code)
    if not re.fullmatch(r"\d{4}[0-9A-Z]|[A-Z]\d{4}", code, re.ASCII):
        return Unread(number, "the service code is not one: write a CPT or HCPCS code such as 90853.")
    modifiers = [csv_cells.modifiers(cell(name)) for name in _MODIFIERS]
    codes = csv_cells.diagnosis(cell("diagnosis_code"))
    first_day, last_day = _days(cell("date_of_service"), cell("last_day"))
    if None in modifiers:
        return Unread(number, "the modifiers are not two signs each: write them as 95 or 95 59.")
    if cell("diagnosis_code") and codes is None:
        return Unread(number, "the diagnosis is not an ICD-10-CM code: write one such as F41.1.")
    line = ServiceLine(
        place=number,
        code=code,
        modifiers=tuple(dict.fromkeys([*filter(None, attached), *(one for some in modifiers for one in some or ())])),
        units=re.sub(r"\.0+$", "", cell("units")),
        place_of_service=csv_cells.place(cell("place_of_service")) or "",
        pointers=None,
        first_day=first_day,
        last_day=last_day,
        rendering=cell("rendering")[:100],
    )
    return Claim(
        number=cell("claim_number")[:50],
        place=number,
        payer=PayerName(
            cell("payer")[:100], cell("payer_id")[:80], cell("filing_indicator").upper()[:2], cell("state").upper()[:2]
        ),
        patient=patient_called(cell("member")[:100]),
        lines=(line,),
        diagnoses=tuple(("", one) for one in claim_codes(codes or "")),
        authorized=is_number(cell("number")),
        frequency=re.sub(r"\.0+$", "", cell("frequency"))[:1] or "1",
    )


def _days(first: str, last: str) -> tuple[date | None, date | None]:
    """The first and the last day of service, of two cells or of one that holds both."""
    if day := csv_cells.read_date(first):
        ends = csv_cells.read_date(last) if last else day
        return (day, ends) if ends else (None, None)
    for between in re.finditer(r"\s*(?:[-–]|\b(?:to|thru|through)\b)\s*", first):
        begins, ends = csv_cells.read_date(first[: between.start()]), csv_cells.read_date(first[between.end() :])
        if begins and ends:
            return begins, ends
    return None, None


_MODIFIERS = ("modifiers", "modifier_2", "modifier_3", "modifier_4")
