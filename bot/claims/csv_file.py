"""Claim facts from a CSV, a row a member: forgiving of column names, strict about what stands in them."""

import csv
import difflib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.claims.csv_cells import EXPECTED, READERS, is_audio
from bot.claims.labels import member_key
from bot.claims.models import Authorization, ClaimFacts
from bot.errors import UserError

TEMPLATE = (
    "member,payer,state,date_of_service,diagnosis_code,authorization_number,authorization_starts,authorization_ends,"
    "units_left,covers_group,eligibility_verified_on,eligibility_payer,benefit_year_starts,same_day_codes,modifiers,"
    "telehealth,place_of_service"
)

ALIASES = {
    "member": "member patient client label name patient_label member_name patient_name client_name member_initials "
    "initials patient_initials client_initials",
    "payer": "payer insurance plan payer_name insurer carrier insurance_name primary_insurance primary_payer",
    "state": "state st",
    "date_of_service": "date_of_service dos service_date date session_date date_of_session svc_date",
    "diagnosis_code": "diagnosis_code diagnosis dx icd10 icd_10 icd10_code icd_10_cm dx_code icd icd_code icd_10_code "
    "diagnosis_codes dx_codes primary_dx primary_diagnosis icd_10_cm_code",
    "number": "authorization_number auth_number authorization auth auth_no auth_id authorization_no auth_num "
    "authorization_id prior_auth prior_auth_number pa_number prior_authorization prior_authorization_number",
    "starts_on": "authorization_starts auth_start authorization_start auth_starts auth_from authorization_from "
    "starts_on auth_start_date authorization_start_date authorization_starts_on auth_begin auth_begins auth_effective "
    "auth_from_date auth_begin_date",
    "ends_on": "authorization_ends auth_end authorization_end auth_ends auth_to authorization_to ends_on "
    "auth_expires auth_end_date authorization_end_date authorization_ends_on auth_expiration auth_thru auth_through "
    "auth_exp auth_expiry auth_expiration_date auth_to_date authorization_expires",
    "units_left": "units_left units auth_units units_remaining authorization_units auth_units_left "
    "authorization_units_left visits_left visits_remaining sessions_left remaining_units units_available",
    "units_authorized": "units_authorized units_approved authorized_units approved_units units_total total_units "
    "visits_authorized visits_approved auth_units_total",
    "units_used": "units_used used_units visits_used units_billed auth_units_used",
    "covers_group": "covers_group auth_covers_group group group_covered authorization_covers_group auth_covers "
    "auth_service authorized_service auth_for covers auth_type",
    "eligibility_verified_on": "eligibility_verified_on eligibility_verified eligibility_date eligibility verified_on "
    "elig_verified elig_date eligibility_checked eligibility_checked_on elig_verified_on verified elig date_verified "
    "benefits_verified benefits_verified_on vob_date vob",
    "eligibility_payer": "eligibility_payer eligibility_verified_with verified_with",
    "benefit_year_starts": "benefit_year_starts benefit_year plan_year plan_year_starts benefit_year_start "
    "plan_year_start plan_year_begins benefit_year_begins renewal renewal_date policy_year",
    "same_day_codes": "same_day_codes same_day same_day_services same_day_cpt other_codes other_cpt same_day_cpts "
    "other_services other_codes_same_day also_billed same_day_code",
    "modifiers": "modifiers modifier mod mods 90853_modifiers 90853_modifier group_modifier modifier_1",
    "telehealth": "telehealth telemedicine virtual tele how_held modality_of_visit visit_type",
    "place_of_service": "place_of_service pos place pos_code",
}
_COLUMNS = {alias: field for field, aliases in ALIASES.items() for alias in aliases.split()}
_AUTHORIZATION = ("number", "starts_on", "ends_on", "units_left", "covers_group")
_EVERYONE = frozenset({"", "all", "everyone", "everybody", "every member", "all members", "group", "*"})
_ALIKE = 0.8
_HEADER_WITHIN = 5
_MOST_TOLD = 4


@dataclass(frozen=True)
class ClaimsTable:
    """The facts of each row, and in a line each what the file holds that was not used."""

    facts: tuple[ClaimFacts, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Column:
    """A column that is read: its place, the field, and its name as the file writes it."""

    place: int
    field: str
    written: str


def read_claims(text: str) -> tuple[ClaimFacts, ...]:
    """The facts of each row, as `read_table` has them."""
    return read_table(text).facts


def read_table(text: str) -> ClaimsTable:
    """The facts of each row; raises UserError with one line that names row and column of all that cannot be read.

    An empty cell means not known, but in `same_day_codes` and `modifiers`, where "none" is an answer. A column nobody
    knows is left and said; one that is nearly a known one's name is refused, since its facts would be missed.
    """
    rows = _rows(text)
    at = next((at for at, (_, row) in enumerate(rows[:_HEADER_WITHIN]) if _is_header(row)), 0)
    if len(rows) < at + 2:
        raise UserError(f"The claims file has no rows. Its first line names the columns: {TEMPLATE}")
    columns, unused = _columns(rows[at][1], rows[at + 1 :])
    problems: list[str] = []
    found = [(number, _facts(number, columns, len(rows[at][1]), row, problems)) for number, row in rows[at + 1 :]]
    problems += _twice(found)
    if problems:
        more = f" And {len(problems) - _MOST_TOLD} more." if len(problems) > _MOST_TOLD else ""
        raise UserError(f"The claims file: {' '.join(problems[:_MOST_TOLD])}{more}")
    listed = ", ".join(f"“{name}”" for name in unused)
    remark = f"Of the claims file, {listed} was not used: no check reads {'it' if len(unused) == 1 else 'them'}."
    return ClaimsTable(tuple(facts for _, facts in found), (remark,) if unused else ())


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, numbered as a spreadsheet numbers them."""
    bare = text.lstrip("\ufeff")
    try:
        rows = list(csv.reader(io.StringIO(bare, newline=""), delimiter=delimiter_of(bare)))
    except csv.Error:
        raise UserError("The claims file is not a CSV that can be read: save it as CSV again.") from None
    return [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]


def delimiter_of(text: str) -> str:
    """What parts the cells, by the first lines."""
    lines = [line for line in text.split("\n") if line.strip()][:_HEADER_WITHIN]
    return max(",;\t|", key=lambda mark: max((line.count(mark) for line in lines), default=0))


def heading_key(cell: str) -> str:
    """A column's name as `ALIASES` has it: "Date of Service" is date_of_service."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", re.sub(r"\([^)]*\)", "", cell).replace("#", " number "))
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")


def _field(cell: str) -> str | None:
    name = heading_key(cell)
    return _COLUMNS.get(name) or _COLUMNS.get(name.replace("_", "")) or _COLUMNS.get(name.removesuffix("_number"))


def _is_header(row: Sequence[str]) -> bool:
    known = sum(_field(cell) is not None for cell in row)
    return known >= 2 or (known == 1 and len([cell for cell in row if cell.strip()]) == 1)


def _columns(header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[list[_Column], list[str]]:
    columns: list[_Column] = []
    unused = []
    for place, cell in enumerate(header):
        written = " ".join(cell.split())[:40]
        field = _field(cell)
        if field is None and not written:
            if any(len(row) > place and row[place].strip() for _, row in rows):
                raise UserError(
                    f"The claims file's column {place + 1} has cells and no name: name it in the first line."
                )
            continue
        if field is None:
            if near := difflib.get_close_matches(heading_key(cell), _COLUMNS, 1, _ALIKE):
                raise UserError(
                    f"The claims file's column “{written}” is not known: did you mean {_heading(_COLUMNS[near[0]])}?"
                )
            unused.append(written)
            continue
        if twice := next((column for column in columns if column.field == field), None):
            raise UserError(
                f"The claims file has {_heading(field)} twice, as “{twice.written}” and “{written}”: keep one."
            )
        columns.append(_Column(place, field, written))
    if not columns:
        raise UserError(f"The claims file's first line names no column that is known. Known are: {TEMPLATE}")
    if not any(column.field == "member" for column in columns) and len(rows) > 1:
        raise UserError(
            "The claims file has several rows and no column for the member: add one, with the note's labels."
        )
    return columns, unused


def _heading(field: str) -> str:
    """The field as the template names it."""
    own = {"number": "authorization_number", "starts_on": "authorization_starts", "ends_on": "authorization_ends"}
    return own.get(field, field)


def _facts(number: int, columns: Sequence[_Column], width: int, row: Sequence[str], problems: list[str]) -> ClaimFacts:
    """One row; what cannot be read of it goes to `problems`, and the cells' own words to nobody."""
    if [cell for cell in row[width:] if cell.strip()]:
        problems.append(f"Row {number} has {len(row)} cells for {width} columns: quote commas.")
        return ClaimFacts()
    said: dict[str, Any] = {}
    for column in columns:
        value = " ".join(row[column.place].split()) if column.place < len(row) else ""
        if not value:
            continue
        said[column.field] = READERS.get(column.field, str)(value)
        if said[column.field] is None:
            problems.append(f"Row {number}, column “{column.written}”: {EXPECTED[column.field]}")
            del said[column.field]
        elif column.field == "telehealth" and said["telehealth"]:
            said["audio_only"] = True if is_audio(value) else said.get("audio_only")
    _count_units(number, said, problems)
    if str(said.get("member", "")).lower() in _EVERYONE:
        said.pop("member", None)
    authorization = {field: said.pop(field) for field in _AUTHORIZATION if field in said}
    starts, ends = authorization.get("starts_on"), authorization.get("ends_on")
    if starts and ends and starts > ends:
        problems.append(f"Row {number}: the authorization ends before it begins.")
    return ClaimFacts(**said, authorization=Authorization(**authorization) if authorization else None)


def _count_units(number: int, said: dict[str, Any], problems: list[str]) -> None:
    """Units left, where the file gives what was authorized and what was used."""
    authorized, used = said.pop("units_authorized", None), said.pop("units_used", None)
    if authorized is None or used is None:
        return
    left = said.setdefault("units_left", max(0, authorized - used))
    if left != max(0, authorized - used):
        problems.append(f"Row {number}: {authorized} units less {used} used are not {left} left.")


def _twice(found: Sequence[tuple[int, ClaimFacts]]) -> list[str]:
    """Rows about one member: which of them holds is nobody's guess."""
    seen: dict[str, int] = {}
    problems = []
    for number, facts in found:
        key = member_key(facts.member)
        if key in seen:
            whom = "the same member" if key else "every member"
            problems.append(f"Rows {seen[key]} and {number} are both for {whom}: keep one.")
        seen.setdefault(key, number)
    return problems
