"""What the verification form remembers: where to answer, and what it changes. Ids only, no word of anybody's."""

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import UserError


class FormRef(BaseModel):
    """`url` is a command's or an ephemeral message's own address; without one the thread of `channel` is meant.

    `changes` is the id of the verification that is changed, `seen` how it stood when the form was opened.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: str = ""
    thread_ts: str = ""
    url: str = ""
    changes: str = ""
    seen: str = ""

    def dumps(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def loads(cls, value: str) -> "FormRef":
        try:
            return cls.model_validate_json(value)
        except ValidationError:
            raise UserError("That form is from an older version of mine: open it again.") from None
