"""A question as understood and an answer as given. Imports nothing but pydantic and the domain."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.policies.models import Confidence, Decision, LineOfBusiness, SourceKind, Topic


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Context(_Record):
    """What a thread has been about, so that "and Cigna?" needs no repeating. Holds no message text."""

    payer_ids: tuple[str, ...] = ()
    unknown_payers: tuple[str, ...] = ()
    unsettled_payers: tuple[str, ...] = Field(default=(), description="Names that fit several payers.")
    topic: Topic | None = None
    aspect: str = ""
    state: str = ""
    line_of_business: LineOfBusiness | None = None
    date_of_service: date | None = None
    across: bool = Field(default=False, description="The thread compares the practice's own payers.")


class PayerRef(_Record):
    """The payer an answer is about; `line_of_business` narrowed where the question named one."""

    id: str
    name: str
    line_of_business: LineOfBusiness | None
    jurisdiction: tuple[str, ...]


class Matter(_Record):
    """What a practice can ask a payer's line and put on record; `payer` is its id on file, or its name."""

    payer: str = ""
    topic: Topic | None = None
    aspect: str = ""
    line_of_business: LineOfBusiness | None = None
    state: str = ""


class Citation(_Record):
    """One source behind an answer. `snippet_id` is the id of the fact or guide snippet."""

    snippet_id: str
    source_title: str
    source_url: str
    publisher: str
    source_kind: SourceKind
    effective_date: str = Field(description="ISO date, or the words the source uses; empty when not stated.")
    checked_on: str = Field(description="ISO date on which the source was read.")


class Engine(_Record):
    name: str = Field(pattern="^(offline|model)$")
    model: str | None = None
    note: str = ""

    @property
    def fell_back(self) -> bool:
        """True where a model was to do it and the offline result stands instead: the note says why."""
        return self.name == "offline" and bool(self.note)


class Answer(_Record):
    """One answer about one payer (or none), to the JSON contract of the design."""

    question: str
    payer: PayerRef | None
    topic: Topic
    decision: Decision
    answer: str
    conditions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    stale: bool = False
    confidence: Confidence = Confidence.LOW
    conflicts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    next_step: str = ""
    call_script: tuple[str, ...] = ()
    # Not in the JSON contract: what to offer a person, not what is known.
    to_ask: Matter | None = Field(default=None, exclude=True)
    engine: Engine = Engine(name="offline")


class Row(_Record):
    """One payer of a comparison. `answer` is the very one that a question about this payer alone would get."""

    payer_id: str = Field(default="", description="Empty where the payer is not on file, or not settled.")
    name: str
    plan: str = Field(default="", description="The line of business and the state, in words.")
    line_of_business: LineOfBusiness | None = None
    state: str = ""
    answer: Answer
    source: Citation | None = Field(default=None, description="The one the decision rests on; None where unknown.")
    year: int | None = Field(default=None, description="The last year in which that source shows the rule to stand.")


class Comparison(_Record):
    """One matter over several payers, in the order in which a biller acts; with what it takes to make it again."""

    question: str
    topic: Topic
    matter: str = Field(description="What is compared, in words.")
    rows: tuple[Row, ...] = Field(min_length=1)
    state: str = ""
    line_of_business: LineOfBusiness | None = Field(default=None, description="Where only this line was compared.")
    date_of_service: date | None = None
    own: bool = Field(default=True, description="Over the practice's own list, not over payers named or all on file.")


class Reply(_Record):
    """Everything said to one question: one answer, or one for each payer named, and the context to keep."""

    question: str
    answers: tuple[Answer, ...] = Field(min_length=1)
    context: Context = Context()
    table: Comparison | None = Field(default=None, description="Set where the question compares the practice's payers.")
    wants_list: bool = Field(default=False, description="It does, and the practice has no list of payers yet.")

    def as_json(self) -> dict[str, object]:
        """The contract: a single answer stands alone, several stand under `answers`."""
        dumped = [answer.model_dump(mode="json") for answer in self.answers]
        return dumped[0] if len(dumped) == 1 else {"question": self.question, "answers": dumped}
