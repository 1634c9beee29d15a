"""What the course consists of. Imports nothing but pydantic and the domain's own models."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.claims.models import ClaimFacts
from bot.policies.models import Decision, Topic
from bot.review.models import Element, Readiness

NO_MODIFIER = "none"
"""The option of a modifier drill that no modifier is on file."""
SLOT = "{sentence}"
"""Where a drill's sentence goes."""


class Path(StrEnum):
    """Who somebody is in the course: which modules they are given."""

    NEWCOMER = "newcomer"
    CLINICIAN = "clinician"
    BILLER = "biller"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CourseSource(_Record):
    """Where a module's facts were read, as the knowledge has it; `date` is the document's, as printed."""

    title: str = Field(min_length=1)
    url: str
    publisher: str = Field(min_length=1)
    date: str


class _Drill(_Record):
    id: str = Field(pattern=r"^[a-z][a-z-]*-\d$")
    asks: str = Field(min_length=1, description="The task, in a sentence or two.")


class SpotCopy(_Drill):
    """Which two of these members' parts read as one."""

    kind: Literal["spot_the_copy"]
    session: str = ""
    parts: dict[str, str] = Field(min_length=3, max_length=5, description="Label to words, in order.")
    answer: tuple[str, str]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two of the members, in order."""
        labels = tuple(self.parts)
        return tuple((a, b) for number, a in enumerate(labels) for b in labels[number + 1 :])


class FixSentence(_Drill):
    """Write a sentence in the place of a vague one, so that the element is met."""

    kind: Literal["fix_the_sentence"]
    session: str = ""
    part: str = Field(min_length=1, description="A member's part; {sentence} stands here or in the session.")
    vague: str = Field(min_length=1)
    element: Element
    answer: str = Field(min_length=1, description="One sentence that does it.")

    @model_validator(mode="after")
    def _has_its_place(self) -> "FixSentence":
        if SLOT not in self.session + self.part:
            raise ValueError("part has no {sentence}")
        return self

    def note(self, sentence: str) -> str:
        """The note with a sentence in its place."""
        return _joined(self.session, self.part).replace(SLOT, sentence)


class ChooseModifier(_Drill):
    """Which modifier this payer wants in this case; `answer` is every right one."""

    kind: Literal["choose_modifier"]
    payer: str
    topic: Topic
    options: tuple[str, ...] = Field(min_length=3, max_length=6)
    answer: tuple[str, ...] = Field(min_length=1)


class ChooseRuling(_Drill):
    """What this payer's file says on a matter."""

    kind: Literal["choose_ruling"]
    payer: str
    topic: Topic
    options: tuple[Decision, ...] = Field(min_length=3, max_length=6)
    answer: Decision


class JudgeClaim(_Drill):
    """Ready, fix or confirm: what a small note and its claim come to."""

    kind: Literal["ready_fix_or_confirm"]
    session: str = ""
    part: str = Field(min_length=1)
    claim: ClaimFacts = ClaimFacts()
    answer: Readiness

    @property
    def note(self) -> str:
        return _joined(self.session, self.part)


Drill = Annotated[SpotCopy | FixSentence | ChooseModifier | ChooseRuling | JudgeClaim, Field(discriminator="kind")]


class Section(_Record):
    """A part of a module under its heading; `anchor` is the heading in lower case with hyphens."""

    heading: str
    anchor: str
    text: str


class Module(_Record):
    """One lesson: a few minutes of text, something to read, and drills."""

    id: str
    title: str
    minutes: int
    roles: tuple[Path, ...]
    sources: tuple[CourseSource, ...]
    rests_on: tuple[str, ...]
    sections: tuple[Section, ...]
    example: str
    drills: tuple[Drill, ...]

    def section(self, anchor: str) -> Section | None:
        """The section with this anchor, or None."""
        return next((one for one in self.sections if one.anchor == anchor), None)


class Course(_Record):
    """The modules in the order in which they are learnt; `problems` are the files that were refused, a line each."""

    modules: tuple[Module, ...]
    problems: tuple[str, ...] = ()

    def of(self, path: Path) -> tuple[Module, ...]:
        """The modules of one path."""
        return tuple(module for module in self.modules if path in module.roles)

    def module(self, module_id: str) -> Module | None:
        return next((module for module in self.modules if module.id == module_id), None)

    def drill(self, drill_id: str) -> tuple[Module, Drill] | None:
        """A drill and the module it belongs to; None for an id that an older course had."""
        return next(
            ((module, drill) for module in self.modules for drill in module.drills if drill.id == drill_id), None
        )


def _joined(session: str, part: str) -> str:
    return f"{session.strip()}\n\n{part.strip()}\n" if session.strip() else f"{part.strip()}\n"
