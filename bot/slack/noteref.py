"""Where a note stands in Slack: ids only, small enough for a button, so that no note text is kept anywhere."""

from pydantic import BaseModel, ConfigDict

from bot.errors import UserError


class NoteRef(BaseModel):
    """A message, or a file; `thread_ts` is set where the message is a reply in a thread."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: str
    ts: str
    thread_ts: str = ""
    file: str = ""

    def dumps(self) -> str:
        """At most about a hundred characters: an option's value may have 150."""
        return "|".join((self.channel, self.ts, self.thread_ts, self.file))

    @classmethod
    def loads(cls, value: str) -> "NoteRef":
        parts = value.split("|")
        if len(parts) != 4 or not parts[0] or not parts[1]:
            raise UserError("That button is from an older message: send the note again.")
        return cls(channel=parts[0], ts=parts[1], thread_ts=parts[2], file=parts[3])
