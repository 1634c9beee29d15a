"""What is known about payers, as typed facts. Imports nothing but pydantic and the standard library."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Topic(StrEnum):
    """What a question or a fact is about."""

    SAME_DAY = "same_day"
    PRIOR_AUTH = "prior_auth"
    TELEHEALTH = "telehealth"
    GROUP_SIZE = "group_size"
    SESSION_DURATION = "session_duration"
    UNITS = "units"
    FREQUENCY = "frequency"
    MODIFIERS = "modifiers"
    PROVIDER_TYPES = "provider_types"
    SUPERVISION = "supervision"
    DOCUMENTATION = "documentation"
    NON_COVERED = "non_covered"
    DIAGNOSIS = "diagnosis"
    REIMBURSEMENT = "reimbursement"
    CODING = "coding"
    DENIAL = "denial"
    GENERAL = "general"


class Decision(StrEnum):
    """What the facts come to, for the main question of a topic."""

    ALLOWED = "allowed"
    ALLOWED_WITH_CONDITIONS = "allowed_with_conditions"
    NOT_ALLOWED = "not_allowed"
    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    VARIES = "varies"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class LineOfBusiness(StrEnum):
    """The kind of coverage; one payer may sell several, with different rules."""

    COMMERCIAL = "commercial"
    MEDICARE = "medicare"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICAID = "medicaid"
    MEDICAID_MANAGED_CARE = "medicaid_managed_care"
    MARKETPLACE = "marketplace"
    TRICARE = "tricare"
    VA = "va"
    EAP = "eap"
    NATIONAL_CODING = "national_coding"


class SourceKind(StrEnum):
    """How a fact was learnt, most binding first: the order of precedence in the design."""

    PRACTICE_VERIFICATION = "practice_verification"
    CONTRACT = "contract"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    GUIDE = "guide"


class Counted(StrEnum):
    """What a limit counts. Minutes are of one session; hours and visits run up over the limit's own period."""

    PEOPLE = "people"
    LEADERS = "leaders"
    MINUTES = "minutes"
    SESSIONS_A_DAY = "sessions_a_day"
    UNITS_A_SESSION = "units_a_session"
    HOURS = "hours"
    VISITS = "visits"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Record):
    """Where a fact was read. `kind` says whether it is the payer's own document or someone else's."""

    title: str = Field(min_length=1)
    url: str = ""
    publisher: str = Field(min_length=1)
    kind: SourceKind
    document_date: str = Field(default="", description="As printed: a year, a month, a date or a few words.")


class Limit(_Record):
    """A number that the fact's statement sets, both ends included, so that one asked about can be held against it.

    `beyond` is the decision outside it, `within` inside (empty: the fact's own). `unless` holds words of a question
    that name a setting for which the statement sets another number, `given` words of which one must be said: else
    nothing is compared.
    """

    counts: Counted
    least: float | None = None
    most: float | None = None
    period: str = Field(default="", description='As said after the number: "a week", "in 30 days".')
    beyond: Decision = Decision.NOT_ALLOWED
    within: Decision | None = None
    unless: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


class Fact(_Record):
    """One statement about one payer, with its source and dates.

    `decision` answers the main question of `topic` unless `aspect` is set: then the fact is about a
    narrower matter (same_day/evaluation_and_management, telehealth/audio_only) and supports an answer
    but never decides the main question. `conditions` and `modifiers` belong to the decision.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    topic: Topic
    aspect: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    line_of_business: LineOfBusiness
    jurisdiction: tuple[str, ...] = Field(description="State codes, or US; empty when the source does not say.")
    region: str = Field(default="", description="Where the source names a region that is no list of states.")
    statement: str = Field(min_length=1)
    decision: Decision | None = None
    conditions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    limit: Limit | None = None
    source: Source
    effective_from: date | None = None
    effective_to: date | None = None
    emergency: bool = Field(default=False, description="A permission given for the COVID-19 emergency alone.")
    read_on: date
    confidence: Confidence
    contradicts: str = Field(default="", description="What another source says instead, in words.")
    conflicts_with: tuple[str, ...] = Field(default=(), description="Ids of facts on file that say otherwise.")


class Payer(_Record):
    """One payer or programme: a file in `knowledge/payers`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = Field(default=(), description="Other names and common misspellings, any case.")
    state_aliases: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Aliases that hold only with a state: {'CA': ['medical']}."
    )
    lines_of_business: tuple[LineOfBusiness, ...] = Field(min_length=1)
    jurisdiction: tuple[str, ...] = Field(description="State codes, or US.")
    background: bool = Field(default=False, description="Trade talk or a national rule, never a payer's own.")
    follows_ncci: bool = Field(default=False, description="Only where a source says so.")
    notes: str = ""
    facts: tuple[Fact, ...] = ()


class Snippet(_Record):
    """A piece of searchable text: one fact, or one section of the guide. Its id is what citations name."""

    id: str
    payer_id: str = Field(default="", description="Empty for the guide's sections.")
    topic: Topic
    aspect: str = ""
    line_of_business: LineOfBusiness | None = None
    jurisdiction: tuple[str, ...] = ()
    title: str
    text: str
    source: Source
    effective_from: date | None = None
    effective_to: date | None = None
    read_on: date
