"""What it takes to make a table again, carried in its buttons: no answer, and of the person only the question."""

from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answers.models import Comparison
from bot.errors import UserError
from bot.policies.models import LineOfBusiness, Topic
from bot.slack.blocks.text import length

# Of a button's value, by Slack.
_LIMIT = 2_000
NAMES_LIMIT = 700


class TableRef(BaseModel):
    """One comparison: `names` are the payers named instead of the practice's list, `everyone` is the whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: Topic
    question: str = ""
    names: str = ""
    everyone: bool = False
    state: str = ""
    line: LineOfBusiness | None = None
    on: date | None = None

    @classmethod
    def of(cls, table: Comparison, names: str = "", *, everyone: bool = False) -> "TableRef":
        """The reference of a table just made."""
        ref = cls(
            topic=table.topic,
            question=table.question,
            names=names,
            everyone=everyone,
            state=table.state,
            line=table.line_of_business,
            on=table.date_of_service,
        )
        # A question too long to carry had more in it than a matter: the table is made by the matter alone.
        return ref if ref._fits() else ref.model_copy(update={"question": ""})

    def dumps(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def loads(cls, value: str) -> "TableRef":
        try:
            return cls.model_validate_json(value)
        except ValidationError:
            raise UserError("That table is from an older version: ask for it again.") from None

    def _fits(self) -> bool:
        return length(self.dumps()) <= _LIMIT
