"""What this practice itself learnt from a payer: who answered, when, under which reference, and until when it holds."""

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.policies.matters import matter
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Source, SourceKind, Topic

RECORDABLE = (
    Decision.ALLOWED,
    Decision.ALLOWED_WITH_CONDITIONS,
    Decision.NOT_ALLOWED,
    Decision.REQUIRED,
    Decision.NOT_REQUIRED,
    Decision.VARIES,
)
"""What a payer can answer: "unknown" is no answer, and is not put on record."""


class Verification(BaseModel):
    """One matter that a payer answered.

    It speaks for dates of service from `applies_from` to `valid_until`, both included. `payer_name` is the name to
    show where the payer is not on file otherwise; `jurisdiction` is empty where the answer names no state.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^v-[0-9a-f]{12}$")
    payer_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    payer_name: str = Field(min_length=1, max_length=80)
    line_of_business: LineOfBusiness
    jurisdiction: tuple[str, ...] = ()
    topic: Topic
    aspect: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    decision: Decision
    conditions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    answered_by: str = Field(min_length=1, max_length=80)
    reference: str = Field(default="", max_length=80)
    verified_on: date
    applies_from: date
    valid_until: date

    @model_validator(mode="after")
    def _dates_follow(self) -> "Verification":
        if self.valid_until < self.applies_from:
            raise ValueError("it would end before it begins")
        if self.decision not in RECORDABLE:
            raise ValueError(f"{self.decision} is no answer of a payer")
        return self

    @property
    def matter(self) -> tuple[str, str, str, LineOfBusiness, tuple[str, ...]]:
        """What it rules on: a later verification of the same matter takes over from it."""
        return (self.payer_id, self.topic, self.aspect, self.line_of_business, self.jurisdiction)

    def as_fact(self) -> Fact:
        """The fact it puts on file, above whatever anybody else says."""
        reference = f", reference {self.reference}" if self.reference else ""
        return Fact(
            id=self.id,
            topic=self.topic,
            aspect=self.aspect,
            line_of_business=self.line_of_business,
            jurisdiction=self.jurisdiction,
            statement=(
                f"Your practice asked {self.payer_name} about {matter(self.topic, self.aspect)} on {self.verified_on}: "
                f"{self.decision.value.replace('_', ' ')}, said {self.answered_by}. "
                f"That holds for dates of service from {self.applies_from} to {self.valid_until}."
            ),
            decision=self.decision,
            conditions=self.conditions,
            modifiers=self.modifiers,
            source=Source(
                title=f"Verification of {self.verified_on}{reference}",
                publisher=f"{self.answered_by}, {self.payer_name}",
                kind=SourceKind.PRACTICE_VERIFICATION,
                document_date=self.verified_on.isoformat(),
            ),
            effective_from=self.applies_from,
            effective_to=self.valid_until,
            read_on=self.verified_on,
            confidence=Confidence.HIGH,
        )


def in_succession(verifications: list[Verification]) -> list[Verification]:
    """Each ends the day before a later one of the same matter begins; one wholly taken over is left out.

    Of two answers of one day the later recorded is the later: ids grow with the time.
    """
    standing: list[Verification] = []
    for later in sorted(verifications, key=lambda one: (one.verified_on, one.id)):
        kept = []
        for earlier in standing:
            if earlier.matter != later.matter or earlier.valid_until < later.applies_from:
                kept.append(earlier)
            elif earlier.applies_from < later.applies_from:
                kept.append(earlier.model_copy(update={"valid_until": later.applies_from - timedelta(days=1)}))
        standing = [*kept, later]
    return standing
