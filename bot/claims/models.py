"""What the biller knows of a claim beside its note. Imports nothing but pydantic and the standard library."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Authorization(BaseModel):
    """A payer's authorization as the biller has it on file. None means not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    units_left: int | None = Field(default=None, description="Units left before this session.")
    covers_group: bool | None = None


class ClaimFacts(BaseModel):
    """The facts of one claim: one patient, one session. None or empty means not known.

    `member` is the label the note uses for the patient; empty means the facts hold for every member.
    `same_day_codes` lists what else is billed for this patient that day, `modifiers` what stands on the 90853 line;
    None means nobody said. `benefit_year_starts` is a month and day such as 07-01; empty means the calendar year.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    member: str = ""
    payer: str = ""
    state: str = ""
    date_of_service: date | None = None
    diagnosis_code: str = ""
    authorization: Authorization | None = None
    eligibility_verified_on: date | None = None
    eligibility_payer: str = ""
    benefit_year_starts: str = Field(default="", pattern=r"^(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))?$")
    same_day_codes: tuple[str, ...] | None = None
    modifiers: tuple[str, ...] | None = None
    telehealth: bool | None = None
    audio_only: bool | None = None
    place_of_service: str = ""
