"""What an entry of the audit record may say: ids, enums, counts, versions, each of a shape that holds no sentence."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.record.acting import acting

_Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$")]
_Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:+@/-]{0,199}$|^$")]
_Channel = Annotated[str, StringConstraints(pattern=r"^[CDGUW][A-Z0-9]{1,31}$|^$")]
_Timestamp = Annotated[str, StringConstraints(pattern=r"^\d{1,12}\.\d{1,8}$|^$")]
_Count = Annotated[int, Field(ge=0, le=10_000_000)]


class Kind(StrEnum):
    """What was done."""

    ANSWER = "answer"
    COMPARISON = "comparison"
    REVIEW = "review"
    CLAIMS_CHECK = "claims_check"
    REPORT_SENT = "report_sent"
    AUDIT = "audit"
    DISPUTE = "dispute"
    VERIFICATION = "verification"
    DOCUMENT = "document"
    FACT = "fact"
    PROPOSAL = "proposal"
    SETTING = "setting"
    REMINDER = "reminder"
    ROLE_REFUSED = "role_refused"
    ERASURE = "erasure"
    OTHER = "other"


class Entry(BaseModel):
    """One thing done. `about` are ids (payers on file, a verification, a document), never a member's or a person's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    about: tuple[_Id, ...] = Field(default=(), max_length=100)
    action: Literal["", "recorded", "changed", "withdrawn"] = ""
    channel: _Channel = ""
    thread: _Timestamp = ""
    work: str = Field(default="", pattern=r"^[A-Za-z0-9:._-]{0,128}$", description="Id of the durable work, if any.")
    members: _Count | None = None
    decisions: dict[_Word, _Count] = {}
    readiness: dict[_Word, _Count] = {}
    verdicts: dict[_Word, _Count] = {}
    copies: _Count | None = None
    format: _Word | None = None
    engine: _Word | None = None
    model: _Version = ""
    model_refused: _Count | None = Field(
        default=None, description="Answers where a model was asked and its words not used."
    )
    rules: _Version = Field(default="", description="The program's version and a digest of the data of its rules.")
    knowledge: _Version = Field(default="", description="A digest of the facts and the last day one was checked.")
    own_changes: _Count | None = Field(default=None, description="Number of the practice's last change of its own.")
    prompts: dict[_Word, _Count] = Field(default={}, description="Versions of the prompts that a model was given.")
    rows: dict[_Word, _Count] = Field(default={}, description="Of an erasure: how many rows went, by table.")
    milliseconds: _Count | None = None

    @classmethod
    def of_change(cls, kind: str, entry_id: str, action: str) -> "Entry":
        """Of what a practice put on record itself."""
        known = Kind.__members__.get(kind.upper(), Kind.OTHER)
        now = acting()
        said = {"action": action, "channel": now.channel, "thread": now.thread, "work": now.work}
        return cls.model_validate({"kind": known, "about": (entry_id,), **said})

    def as_json(self) -> dict[str, object]:
        """What is said, without what is not."""
        return self.model_dump(mode="json", exclude_defaults=True)
