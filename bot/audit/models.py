"""What an audit says: rates, copies, findings, what is at risk. Imports nothing but pydantic and the standard library.

Shares run from 0 to 1. `low` and `high` are the ends of Wilson's interval at 95 %: of a sample, where the share of all
notes would lie; of a whole month, how far chance alone might move a month like it.
"""

import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.review.models import CopySpan, Element, Evidence


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(_Record):
    """`part` of `of`, as a share with its interval."""

    part: int
    of: int
    rate: float
    low: float
    high: float


class ElementRate(_Record):
    """How often one element was met: of sessions for the session's elements, of notes for the members'."""

    level: str = Field(pattern="^(session|member)$")
    of: int
    met: int
    partial: int
    missing: int
    rate: float = Field(description="met / of")
    low: float
    high: float


class GroupRates(_Record):
    """The notes of one clinician, payer or week; every element counts once a note here."""

    name: str
    sessions: int
    notes: int
    at_risk: Share
    copied: Share
    elements: dict[Element, ElementRate]


class CopyKind(StrEnum):
    """Where the two notes of a copy stand to each other."""

    SAME_SESSION = "same_session"
    SAME_MEMBER = "same_member"
    OTHER_SESSION = "other_session"


class CopiedNotes(_Record):
    """Two notes that read as one. The spans' offsets count in the text of each note."""

    a: str
    b: str
    kind: CopyKind
    similarity: float
    spans: tuple[CopySpan, ...] = ()


class CopyCluster(_Record):
    """Notes that copies join, directly or through others."""

    notes: tuple[str, ...]
    kinds: tuple[CopyKind, ...]
    similarity: float = Field(description="Of the pair most alike.")
    pairs: tuple[CopiedNotes, ...]


class Finding(_Record):
    """What to mend or confirm: an element, a diagnosis code, a copy, who was there. A session's own names no note."""

    kind: str = Field(pattern="^(element|diagnosis_code|copy|earlier_copy|split)$")
    session: str
    note: str = ""
    member: str = ""
    date: datetime.date | None = None
    group: str = ""
    clinician: str = ""
    payer: str = ""
    place: str = ""
    name: str
    status: str
    reason: str
    question: str = ""
    quotes: tuple[Evidence, ...] = Field(default=(), description="Offsets count in the text of the note or session.")


class Unread(_Record):
    """What could not be read or reviewed, and why."""

    place: str
    note: str = ""
    reason: str


class PayerRisk(_Record):
    """Claims of one payer, and those with something to mend."""

    payer: str
    claims: int
    at_risk: int
    dollars: float | None = None
    dollars_of: str = Field(default="", description="fee table, charge, or both; empty where no amount is known")


class Risk(_Record):
    """Claims with something to mend, and what they would pay; None where no amount is known."""

    claims: Share
    dollars: float | None
    without_amount: int = Field(description="Claims at risk whose amount is not known.")
    payers: tuple[PayerRisk, ...]


class Sample(_Record):
    """How many of the sessions were looked at, chosen by this seed."""

    sessions: int
    of: int
    seed: int


class Snapshot(_Record):
    """The rates of one audit, without a word of a note."""

    practice: str = ""
    scope: str = Field(description="What was left out by options, so that like is set beside like.")
    first: datetime.date | None
    last: datetime.date | None
    made_on: datetime.date
    sessions: int
    notes: int
    at_risk: Share
    copied: Share
    elements: dict[Element, float]


class Timing(_Record):
    """Seconds: of the whole run by its steps; `model` and `rules` are summed over processes."""

    reading: float
    reviewing: float
    model: float
    rules: float
    copies: float


class Audit(_Record):
    """The whole audit, as `--json` prints it."""

    sessions: int
    notes: int
    first: datetime.date | None
    last: datetime.date | None
    elements: dict[Element, ElementRate]
    copied: Share
    copy_clusters: tuple[CopyCluster, ...]
    clinicians: tuple[GroupRates, ...]
    payers: tuple[GroupRates, ...]
    weeks: tuple[GroupRates, ...]
    at_risk: Risk
    findings: tuple[Finding, ...]
    failures: tuple[Unread, ...]
    earlier: tuple[Snapshot, ...] = ()
    sample: Sample | None = None
    made_on: datetime.date
    timing: Timing
    seconds: float
    peak_memory_mb: float
