"""What a review says of a note. Imports nothing but pydantic and the standard library.

Elements, items and statuses are those of the rubric (docs/review.md); offsets count characters of the
text as given, and `text[start:end] == quote` always holds.
"""

import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Status(StrEnum):
    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    NEEDS_CONFIRMATION = "needs_confirmation"
    NOT_APPLICABLE = "not_applicable"


class Element(StrEnum):
    """What is read from the note: six of the session, seven of each patient."""

    SESSION_DATE = "session_date"
    GROUP_COMPOSITION = "group_composition"
    TOPIC_FOCUS = "topic_focus"
    MODALITY = "modality"
    PROVIDER_INTERVENTIONS = "provider_interventions"
    ACTIVE_PSYCHOTHERAPY = "active_psychotherapy"
    PATIENT_PARTICIPATION = "patient_participation"
    CLINICAL_RESPONSE = "clinical_response"
    PROGRESS_TOWARD_GOALS = "progress_toward_goals"
    MEDICAL_NECESSITY = "medical_necessity"
    DIAGNOSIS_PRESENT = "diagnosis_present"
    SAFETY = "safety"
    PLAN = "plan"


SESSION_ELEMENTS = tuple(Element)[:6]
PATIENT_ELEMENTS = tuple(Element)[6:]


class Item(StrEnum):
    """The nine checks of a claim."""

    ELIGIBILITY_VERIFIED = "eligibility_verified"
    GROUP_AUTHORIZATION_ACTIVE = "group_authorization_active"
    ACTIVE_PSYCHOTHERAPY = "active_psychotherapy"
    SESSION_DOCUMENTATION = "session_documentation"
    INDIVIDUAL_DOCUMENTATION = "individual_documentation"
    MEDICAL_NECESSITY = "medical_necessity"
    INDIVIDUALIZED = "individualized"
    SAME_DAY_POLICY_CONFIRMED = "same_day_policy_confirmed"
    DIAGNOSIS_CODE = "diagnosis_code"


class Readiness(StrEnum):
    READY = "ready"
    FIX = "fix_before_submission"
    CONFIRM = "confirm_before_submission"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Record):
    """Words of the note and where they stand."""

    quote: str
    start: int
    end: int


class Verdict(_Record):
    """One element judged: `met` never comes without evidence."""

    status: Status
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    fix: str = Field(default="", description="A question whose true answer would supply what is missing.")


class ItemVerdict(_Record):
    status: Status
    reason: str = ""
    fix: str = ""


class Span(_Record):
    """A stretch of the text as given, `text[start:end]`."""

    start: int
    end: int


class Member(_Record):
    """One patient's part of the note: a label as written and where their words stand."""

    label: str
    spans: tuple[Span, ...]


class Absent(_Record):
    """Somebody whom the note says was not there, in the words quoted: no member of the session and no claim."""

    label: str
    quote: str
    start: int
    end: int


class Segments(_Record):
    """A note split into what is said of the session and what of each member.

    `session` may be empty; then session elements are looked for in the members' parts. `sure` is false
    where the split was guessed, and `how` says in one line how it was made. `disputed` are members whom the
    note calls absent in one place and tells of in another.
    """

    session: tuple[Span, ...]
    members: tuple[Member, ...]
    sure: bool
    how: str
    absent: tuple[Absent, ...] = ()
    disputed: tuple[Absent, ...] = ()


class Judgement(_Record):
    """What a judge read: session verdicts, and one dict of patient verdicts a member, in order."""

    session: dict[Element, Verdict]
    members: tuple[dict[Element, Verdict], ...]


class DiagnosisCode(_Record):
    code: str
    valid: bool
    billable: bool


class CopySpan(_Record):
    a_start: int
    a_end: int
    b_start: int
    b_end: int


class Copy(_Record):
    """Two members' parts that read as one: `similarity` from 0 to 1, and the shared stretches of both."""

    a: str
    b: str
    similarity: float
    spans: tuple[CopySpan, ...]
    points: str = ""
    """The one of the two whose part says no more than "same as" the other's, which then is no copy itself."""

    def taints(self, label: str) -> bool:
        """Whether this copy speaks against a member's part."""
        return label in (self.a, self.b) and self.points in ("", label)

    def other(self, label: str) -> str:
        """The one of the two that `label` is not."""
        return self.b if self.a == label else self.a


class EarlierCopy(_Record):
    """A member's part that reads as an earlier note's: of what date, whether the same member's, and which stretches."""

    label: str
    date: datetime.date | None
    same_member: bool
    similarity: float
    spans: tuple[Span, ...]


class Engine(_Record):
    """Who judged or worded: the offline engine, or a model that passed the checks."""

    name: str = Field(pattern="^(offline|model)$")
    model: str | None = None
    note: str = Field(default="", description="Why the offline result stands, where a model was asked and refused.")

    @property
    def fell_back(self) -> bool:
        """True where a model was to do it and the offline result stands instead: the note says why."""
        return self.name == "offline" and bool(self.note)


class SessionReport(_Record):
    elements: dict[Element, Verdict]


class PatientReport(_Record):
    label: str
    readiness: Readiness
    elements: dict[Element, Verdict]
    checklist: dict[Item, ItemVerdict]
    payer: str = Field(default="", description="Whose rules the claim was held against, named as on file.")
    diagnosis_codes: tuple[DiagnosisCode, ...] = ()
    telehealth: ItemVerdict | None = Field(
        default=None, description="Beside the nine: whether place of service and modifier fit; none when in person."
    )


class Report(_Record):
    """The whole review of one note, to the JSON contract of the design."""

    readiness: Readiness
    engine: Engine
    session: SessionReport
    patients: tuple[PatientReport, ...]
    copies: tuple[Copy, ...] = ()
    earlier: tuple[EarlierCopy, ...] = Field(default=(), description="Parts that read as a note reviewed before.")
    split: str = Field(default="", description="How the note was split into members.")
    split_is_sure: bool = Field(default=True, description="False where the split was guessed.")
    absent: tuple[Absent, ...] = Field(default=(), description="Who the note says was not there: not billed.")
    warnings: tuple[str, ...] = ()
    late_entry: str = Field(default="", description="How words added later are entered, where any are asked for.")

    def saying(self, *more: str) -> "Report":
        """The same report with further warnings."""
        return self.model_copy(update={"warnings": (*self.warnings, *more)}) if more else self
