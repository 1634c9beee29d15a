"""What a claims file says, and what is wrong in it. Imports nothing but pydantic and the standard library."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.models import Citation


class Kind(StrEnum):
    """What a finding is about."""

    FILE = "file"
    CLAIM = "claim"
    MEMBER = "member"
    PAYER = "payer"
    DATE = "date_of_service"
    UNITS = "units"
    REPEATED = "repeated_line"
    SAME_DAY = "same_day"
    TELEHEALTH = "telehealth"
    DIAGNOSIS = "diagnosis"
    AUTHORIZATION = "authorization"
    NOTE = "note"


class Verdict(StrEnum):
    """`fix` and `confirm` hold a claim back as in a review; `not_read` is a part of the file that was passed over."""

    NOT_READ = "not_read"
    FIX = "fix_before_submission"
    CONFIRM = "confirm_before_submission"


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the file that could not be read, from this segment (or row) on, and why; holds none of its words."""

    place: int
    why: str


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose claim it is: initials to show, and a key that tells patients of one payer apart. Never a name.

    `key` is a digest under a secret of this run. `named` are digests of the whole name, either part first, and
    `short` keys of the initials, with a middle one and without: what a note may call the patient. `sure` is false where
    the file has initials or a number alone, which two members may share.
    """

    initials: str
    key: bytes
    named: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    sure: bool = True

    @property
    def called(self) -> tuple[str, ...]:
        """Everything a note may call the patient."""
        return (*self.named, *self.short)


@dataclass(frozen=True, slots=True)
class PayerName:
    """The payer as the file names it: `filing` is SBR09, `state` the payer's own or else the billing provider's."""

    name: str = ""
    payer_id: str = ""
    filing: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service line; `place` in the file is its LX segment, or its row. No day: none that can be read stands there.

    `pointers` are as written, 1 for the claim's first code; None in a CSV, whose rows name their codes themselves.
    `day_of_claim` says that the day stands on the claim alone. `qualifier` is what the file calls the code (SV101-1),
    `rendering` who gave the service: an NPI, or a CSV's cell.
    """

    place: int
    code: str
    modifiers: tuple[str, ...] = ()
    units: str = ""
    measure: str = "UN"
    place_of_service: str = ""
    pointers: tuple[str, ...] | None = ()
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    day_of_claim: bool = False
    authorized: bool = False
    qualifier: str = "HC"
    rendering: str = ""

    @property
    def with_modifiers(self) -> str:
        """As 90834-59."""
        return "-".join((self.code, *self.modifiers))


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: `number` is CLM01, `place` its segment or row, `frequency` 1 original, 7 replacement, 8 void.

    `diagnoses` are pairs of qualifier and code as written, empty ones where a place between them is. `sequence` is
    SBR01, P for the member's first payer. `replaces` says whether the payer's number of the claim that is replaced or
    voided is there (REF F8); None where the file has no place for one.
    """

    number: str
    place: int
    payer: PayerName
    patient: Patient | None
    lines: tuple[ServiceLine, ...]
    diagnoses: tuple[tuple[str, str], ...] = ()
    authorized: bool = False
    frequency: str = "1"
    sequence: str = ""
    replaces: bool | None = None


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Record):
    """One thing wrong or open. `place` is the segment's number in the file (of a CSV: the row)."""

    verdict: Verdict
    kind: Kind
    place: int
    claim: str = ""
    member: str = Field(default="", description="Initials; never a name.")
    payer: str = ""
    date_of_service: datetime.date | None = None
    what: str
    beside: str = Field(default="", description="Where the other line, claim or day is that this rests on.")
    do: str = ""
    rule: str = Field(default="", description="Where a rule of the file's own form stands in the guide 005010X222A1.")
    sources: tuple[Citation, ...] = Field(default=(), description="Where the payer's or national rule was read.")


class PayerRead(_Record):
    """How a payer of the file was understood."""

    as_written: str
    payer: str = Field(description="The payer on file; empty where it is none of them.")
    payer_id: str = ""
    line_of_business: str = ""
    how: str = Field(default="", description="What told the line of business, or that nothing did.")
    claims: int


class Summary(_Record):
    """The whole check in figures. `claims` and `lines` are those of 90853; others are read for same-day services."""

    file: str
    format: Literal["x12", "csv"]
    claims: int
    lines: int
    other_claims: int
    voids: int
    ready: int
    fix: int
    confirm: int
    not_read: int
    notes: int | None = Field(default=None, description="Members found in the notes; none where no notes were given.")
    payers: tuple[PayerRead, ...] = ()
    remarks: tuple[str, ...] = ()
