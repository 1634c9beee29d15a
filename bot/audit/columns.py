"""Which column of a table holds what: a small YAML checked before the run, and names that need none."""

import re
from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import UserError

# In this order: a column that one field took is no other's. A lone "note" is the text; beside another text, its id.
_NAMES = {
    "note_text": "note_text text note_body body content progress_note member_note individual_note narrative notes note",
    "note_id": "note_id id note_number document_id record_id encounter_id encounter note",
    "date_of_service": "date_of_service dos service_date date session_date date_of_session svc_date served_on",
    "group": "group group_name program programme session session_name group_id",
    "clinician": "clinician provider therapist facilitator rendering_provider clinician_name provider_name staff",
    "member": "member patient client label patient_name member_name client_name "
    "initials member_id patient_id client_id",
    "payer": "payer insurance plan payer_name insurer carrier primary_insurance primary_payer",
    "session_text": "session_text group_note session_note group_text shared_text session_summary group_summary",
    "charge": "charge charge_amount amount fee billed billed_amount",
}
_ALIASES = {field: names.split() for field, names in _NAMES.items()}
NEEDED = ("date_of_service", "note_text")


class ColumnMap(BaseModel):
    """The columns' names as the file writes them; an empty one is looked for under the usual names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    note_id: str = ""
    date_of_service: str = ""
    group: str = ""
    clinician: str = ""
    member: str = ""
    payer: str = ""
    note_text: str = ""
    session_text: str = ""
    charge: str = ""

    def places(self, header: Iterable[str]) -> dict[str, str]:
        """Field to column name for the columns that a file has; raises UserError naming those it lacks."""
        written = [name for name in header if name and name.strip()]
        plain: dict[str, str] = {}
        for name in written:
            plain.setdefault(_plain(name), name)
        found: dict[str, str] = {}
        for field in _ALIASES:
            if given := getattr(self, field):
                if _plain(given) not in plain:
                    raise UserError(f"There is no column “{given}” ({field} in the column map). {_has(written)}")
                found[field] = plain[_plain(given)]
        for field, usual in _ALIASES.items():
            free = (plain[name] for name in usual if name in plain and plain[name] not in found.values())
            if field not in found and (hit := next(free, "")):
                found[field] = hit
        if lacking := [field for field in NEEDED if field not in found]:
            raise UserError(
                f"There is no column for {' and '.join(lacking)}. {_has(written)} "
                "Name it in a YAML file (note_text: Your column) and pass it with --columns."
            )
        return found


def read_columns(path: Path) -> ColumnMap:
    """The map in a YAML file; raises UserError with one line that says what is wrong with it."""
    try:
        told = yaml.safe_load(path.read_bytes())
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise UserError(
            f"{path} is no YAML file: write one line a column, for example note_text: Progress note."
        ) from None
    try:
        return ColumnMap.model_validate(told or {})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the file"
        if first["type"] == "extra_forbidden":
            raise UserError(f"{path}: “{name}” is no field; fields are {', '.join(ColumnMap.model_fields)}.") from None
        raise UserError(f"{path}: {name}: write the name of a column, as text.") from None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


def _has(written: list[str]) -> str:
    shown = ", ".join(" ".join(name.split())[:40] for name in written[:12])
    return f"The file has: {shown}." if written else "The file names no columns."
