"""One place in a text where a payer is named, and what we make of it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.policies.models import LineOfBusiness


class MentionKind(StrEnum):
    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class Mention(BaseModel):
    """A payer named in a text: `text[start:end]` are the words.

    KNOWN carries `payer_id`. AMBIGUOUS carries the `candidates` that fit. UNKNOWN is a payer not on file, named
    `name`; its `candidates` are payers on file that merely sound like it. `name` is always fit to show.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MentionKind
    name: str
    start: int
    end: int
    payer_id: str = ""
    candidates: tuple[str, ...] = ()
    line_of_business: LineOfBusiness | None = None
    state: str = ""
    no_such_state: bool = False
