"""What a review's button remembers: which note, how it is split, and the claim facts given so far.

It lives in the message itself (health information may stand in messages, not in modals), so that nothing
is stored on our side and a restart loses nothing.
"""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.claims.labels import member_key
from bot.claims.models import Authorization, ClaimFacts
from bot.errors import UserError
from bot.slack.blocks.text import length
from bot.slack.noteref import NoteRef

VALUE_LIMIT = 2_000
_MOST_TABLES = 5


class ReviewState(BaseModel):
    """One note's review, as the "Add claim facts" button carries it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    note: NoteRef
    members: int
    facts: tuple[ClaimFacts, ...] = ()
    tables: tuple[str, ...] = Field(default=(), description="Claims CSVs of this thread, by file id, oldest first.")
    verdicts: str = Field(default="", description="The mark of what was judged (`bot.review.since`): no word of it.")
    named: tuple[str, ...] = Field(default=(), description="The members that the note's reader named.")

    def fits(self) -> bool:
        """Whether Slack's 2,000 characters hold all the facts."""
        return length(self._without_mark()._dumped()) <= VALUE_LIMIT

    def dumps(self) -> str:
        """The button's value; facts that do not fit are left out, and `fits` says so beforehand."""
        kept = self if self.fits() else self.model_copy(update={"facts": ()})
        whole = kept._dumped()
        return whole if length(whole) <= VALUE_LIMIT else kept._without_mark()._dumped()

    def _without_mark(self) -> "ReviewState":
        return self.model_copy(update={"verdicts": ""})

    def mended(self, note: NoteRef) -> "ReviewState":
        """The same review over the mended note; how its members were named was of the old one."""
        return self.model_copy(update={"note": note, "named": ()})

    def _dumped(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def loads(cls, value: str) -> "ReviewState":
        try:
            return cls.model_validate_json(value)
        except ValidationError:
            raise UserError("That button is from an older version of mine: send the note again.") from None

    def with_facts(self, new: ClaimFacts) -> "ReviewState":
        """These facts added to those given before for the same member; what is new wins, field by field."""
        before = next((facts for facts in self.facts if facts.member == new.member), None)
        rest = tuple(facts for facts in self.facts if facts.member != new.member)
        return self.model_copy(update={"facts": (*rest, merged(before, new) if before else new)})

    def with_tables(self, files: Iterable[str]) -> "ReviewState":
        """These claims CSVs beside those sent before."""
        return self.model_copy(update={"tables": tuple(dict.fromkeys((*self.tables, *files)))[-_MOST_TABLES:]})

    def claims(self, of_tables: Iterable[ClaimFacts] = ()) -> list[ClaimFacts]:
        """The facts as they hold: those of the tables, over them the modal's, and a member's own over everyone's."""
        held: dict[str, ClaimFacts] = {}
        for facts in (*of_tables, *self.facts):
            key = member_key(facts.member)
            held[key] = merged(held[key], facts) if key in held else facts
        everyone = held.pop("", None)
        own = list(held.values())
        if everyone is None:
            return own
        return [everyone, *(merged(everyone, facts) for facts in own)]


def merged(before: ClaimFacts, new: ClaimFacts) -> ClaimFacts:
    """`before` with every field that `new` knows put over it."""
    known = {name: getattr(new, name) for name in new.model_fields_set if getattr(new, name) not in ("", None)}
    known["member"] = new.member
    if before.authorization and new.authorization:
        given = new.authorization
        over = {name: getattr(given, name) for name in given.model_fields_set if getattr(given, name) not in ("", None)}
        known["authorization"] = Authorization(**{**before.authorization.model_dump(), **over})
    return before.model_copy(update=known)
