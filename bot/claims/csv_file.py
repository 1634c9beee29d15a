"""Claim facts from a CSV, a row a member: forgiving of column names, strict about what stands in them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bot.claims.models import Authorization, ClaimFacts
from bot.errors import UserError

TEMPLATE = (
    "member,payer,state,date_of_service,diagnosis_code,authorization_number,authorization_starts,authorization_ends,"
    "units_left,covers_group,eligibility_verified_on,eligibility_payer,same_day_codes,telehealth,place_of_service"
)

_NAMES = {
    "member": "member patient client label name patient_label",
    "payer": "payer insurance plan payer_name",
    "state": "state st",
    "date_of_service": "date_of_service dos service_date date",
    "diagnosis_code": "diagnosis_code diagnosis dx icd10 icd_10 icd10_code icd_10_cm dx_code",
    "number": "authorization_number auth_number authorization auth auth_no auth_id authorization_no",
    "starts_on": "authorization_starts auth_start authorization_start auth_starts auth_from authorization_from "
    "starts_on auth_start_date authorization_start_date",
    "ends_on": "authorization_ends auth_end authorization_end auth_ends auth_to authorization_to ends_on "
    "auth_expires auth_end_date authorization_end_date",
    "units_left": "units_left units auth_units units_remaining authorization_units auth_units_left "
    "authorization_units_left",
    "covers_group": "covers_group auth_covers_group group group_covered authorization_covers_group",
    "eligibility_verified_on": "eligibility_verified_on eligibility_verified eligibility_date eligibility verified_on",
    "eligibility_payer": "eligibility_payer eligibility_verified_with verified_with",
    "same_day_codes": "same_day_codes same_day same_day_services same_day_cpt other_codes",
    "telehealth": "telehealth telemedicine virtual",
    "place_of_service": "place_of_service pos",
}
_COLUMNS = {alias: field for field, aliases in _NAMES.items() for alias in aliases.split()}
_AUTHORIZATION = ("number", "starts_on", "ends_on", "units_left", "covers_group")
_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%Y/%m/%d", "%d %b %Y", "%b %d, %Y", "%Y%m%d")
_NONE = frozenset({"", "-", "none", "no", "n/a", "na", "0"})


def read_claims(text: str) -> tuple[ClaimFacts, ...]:
    """The facts of each row; raises UserError naming row and column of what cannot be read.

    An empty cell means not known, but in `same_day_codes`, where "none" says that nothing else is billed that day.
    """
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text))
    try:
        filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    except csv.Error:
        raise UserError("The claims file is not a CSV that can be read: save it as CSV again.") from None
    if len(filled) < 2:
        raise UserError(f"The claims file has no rows. Its first line names the columns: {TEMPLATE}")
    fields = _fields(filled[0][1])
    return tuple(_facts(number, fields, row) for number, row in filled[1:])


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _fields(header: list[str]) -> list[str]:
    fields = []
    for cell in header:
        name = re.sub(r"[^a-z0-9]+", "_", cell.lower()).strip("_")
        field = _COLUMNS.get(name)
        if field is None:
            raise UserError(f"The claims file's column “{cell.strip()[:40]}” is not known. Known are: {TEMPLATE}")
        if field in fields:
            raise UserError(f"The claims file names the column {field} twice: keep one.")
        fields.append(field)
    return fields


def _facts(number: int, fields: list[str], row: list[str]) -> ClaimFacts:
    if len(row) > len(fields):
        raise UserError(
            f"Row {number} of the claims file has {len(row)} cells for {len(fields)} columns: quote commas."
        )
    said: dict[str, Any] = {}
    for field, cell in zip(fields, row, strict=False):
        value = cell.strip()
        if value:
            said[field] = _READERS.get(field, str)(value)
            if said[field] is None:
                raise UserError(f"Row {number} of the claims file, column {field}: {_EXPECTED[field]}")
    authorization = {field: said.pop(field) for field in _AUTHORIZATION if field in said}
    starts, ends = authorization.get("starts_on"), authorization.get("ends_on")
    if starts and ends and starts > ends:
        raise UserError(f"Row {number} of the claims file: the authorization ends before it begins.")
    return ClaimFacts(**said, authorization=Authorization(**authorization) if authorization else None)


def read_date(written: str) -> date | None:
    """A calendar date in the forms a US office writes; None for anything else."""
    for form in _FORMATS:
        try:
            return datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    return None


def _yes_or_no(written: str) -> bool | None:
    word = written.lower()
    if word in {"y", "yes", "true", "1", "x", "group"}:
        return True
    return False if word in {"n", "no", "false", "0"} else None


def _whole(written: str) -> int | None:
    return int(written) if re.fullmatch(r"\d{1,6}", written) else None


def _codes(written: str) -> tuple[str, ...] | None:
    if written.lower() in _NONE:
        return ()
    codes = tuple(re.split(r"[\s;,+/]+", written))
    return codes if all(re.fullmatch(r"[0-9A-Za-z]{5}(?:-[0-9A-Za-z]{2})?", code) for code in codes) else None


_READERS: dict[str, Callable[[str], Any]] = {
    "date_of_service": read_date,
    "starts_on": read_date,
    "ends_on": read_date,
    "eligibility_verified_on": read_date,
    "units_left": _whole,
    "covers_group": _yes_or_no,
    "telehealth": _yes_or_no,
    "same_day_codes": _codes,
}
_DATE = "not a date; write YYYY-MM-DD or MM/DD/YYYY."
_EXPECTED = {
    "date_of_service": _DATE,
    "starts_on": _DATE,
    "ends_on": _DATE,
    "eligibility_verified_on": _DATE,
    "units_left": "not a whole number.",
    "covers_group": "write yes or no.",
    "telehealth": "write yes or no.",
    "same_day_codes": "write CPT codes such as 90834, or none.",
}
