"""A question as understood: who, what, where, when; nothing decided yet."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from bot.answers.scope import Kind
from bot.policies.mention import Mention
from bot.policies.models import LineOfBusiness, Topic


class Understanding(BaseModel):
    """What a question asks. `mentions` empty means no payer; `topic` None means no cue told one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    kind: Kind
    topic: Topic | None
    aspect: str = ""
    also: tuple[Topic, ...] = ()
    mentions: tuple[Mention, ...] = ()
    state: str = ""
    line_of_business: LineOfBusiness | None = None
    date_of_service: date | None = None
    codes: tuple[str, ...] = ()
    orders: bool = False
    asks_coverage: bool = False
