"""What the "Share with the channel" button carries: the question and what it went on from, to answer it again aloud."""

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answers.models import Context
from bot.errors import UserError
from bot.slack.blocks.text import length

VALUE_LIMIT = 2_000


class ShareRef(BaseModel):
    """An answer only its asker sees; `thread_ts` is empty where it stands in no thread (a command's)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    context: Context = Context()
    thread_ts: str = ""

    def dumps(self) -> str:
        """The button's value; empty where Slack's 2,000 characters do not hold it."""
        value = self.model_dump_json(exclude_defaults=True)
        return value if length(value) <= VALUE_LIMIT else ""

    @classmethod
    def loads(cls, value: str) -> "ShareRef":
        try:
            return cls.model_validate_json(value)
        except ValidationError:
            raise UserError("That button is from an older version of mine: ask again.") from None
