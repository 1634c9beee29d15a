"""What a practice wants of the bot in one channel: when it answers, who sees the answer, and whose rules are meant."""

from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.policies.own_payers import OwnPayer

if TYPE_CHECKING:
    from bot.storage.channels import ChannelStore, StoredChannel

_PROGRAM = "copilot"


class Mode(StrEnum):
    """When the bot answers in a channel."""

    MENTION = "mention"
    QUESTIONS = "questions"
    OFF = "off"


class Audience(StrEnum):
    """Who sees an answer."""

    ALL = "all"
    ASKER = "asker"


class ChannelSettings(BaseModel):
    """One channel's; what nobody set is quiet, aloud when mentioned, and about no payer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Mode.MENTION
    audience: Audience = Audience.ALL
    payers: tuple[OwnPayer, ...] = ()
    outsiders: bool = False
    """Whether people of another company were seen to read along."""

    @property
    def takes_shares(self) -> bool:
        """Whether an answer that one person sees may be said aloud here."""
        return self.mode is not Mode.OFF and not self.outsiders


_PAYERS = TypeAdapter(tuple[OwnPayer, ...])


class ChannelBook:
    """The channels of one practice; several processes may share a store."""

    def __init__(self, practice: str, store: "ChannelStore") -> None:
        self._practice = practice
        self._store = store

    def get(self, channel: str) -> ChannelSettings:
        found = self._store.get(self._practice, channel)
        return _read(found) if found else ChannelSettings()

    def all(self) -> tuple[tuple[str, ChannelSettings], ...]:
        """Every channel that a person set, with its id."""
        rows = self._store.all(self._practice)
        return tuple((row.channel, _read(row)) for row in rows if row.changed_by != _PROGRAM)

    def put(self, channel: str, settings: ChannelSettings, by: str) -> None:
        payers = _PAYERS.dump_json(settings.payers, exclude_defaults=True).decode()
        self._store.put(self._practice, channel, settings.mode.value, settings.audience.value, payers, by)

    def note_outsiders(self, channel: str) -> None:
        """People of another company read along here: from now on nothing private is shared into it."""
        if self.get(channel).outsiders:
            return
        if not self._store.note_outsiders(self._practice, channel):
            self.put(channel, ChannelSettings(), _PROGRAM)
            self._store.note_outsiders(self._practice, channel)


def _read(row: "StoredChannel") -> ChannelSettings:
    """A row of an older or later version counts as what nobody set, but for who reads along."""
    try:
        return ChannelSettings(
            mode=Mode(row.mode),
            audience=Audience(row.audience),
            payers=_PAYERS.validate_json(row.payers),
            outsiders=row.outsiders,
        )
    except (ValidationError, ValueError):
        return ChannelSettings(outsiders=row.outsiders)
