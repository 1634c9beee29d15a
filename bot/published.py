"""What one practice publishes of its audits to Slack, where it wants it, and which clinician is which person."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.audit.summary import CLINICIANS, ClinicianGaps, Summary, gaps_of, summary_of
from bot.errors import UserError
from bot.jobs.seal import SealBrokenError
from bot.policies.reminder_book import SETTING, ReminderBook

if TYPE_CHECKING:
    from bot.audit.models import Audit
    from bot.jobs.seal import Seal
    from bot.storage.ledger import Ledger
    from bot.storage.published_audits import PublishedStore, StoredAudit

log = structlog.get_logger("bot.published")

_KIND, _CHANNEL, _COACHING, _PEOPLE = "audit_summary", "audit_channel", "audit_coaching", "audit_clinicians"
_NO_CARD = "audit_no_card"
"""The kind of an entry by person: that they want no card of their own notes."""
_MAPPING = TypeAdapter(dict[str, str])
_REPORT_GONE = (
    "That report is no longer kept: it goes after 30 days, or when another audit is published. The folder of `--out` "
    "on the computer that made the audit may still have it."
)
_OTHER_KEY = "That report was sealed with a key that is not here any more: publish the audit again."


class PublishedAudits:
    """One practice's; several processes may share its store and ledger."""

    def __init__(self, practice: str, store: "PublishedStore", ledger: "Ledger", seal: "Callable[[], Seal]") -> None:
        self._practice = practice
        self._store = store
        self._ledger = ledger
        self._make_seal = seal
        self.posts = ReminderBook(practice, ledger, kind=_KIND, setting=_CHANNEL)
        """Where summaries go, and which months' were posted."""

    @cached_property
    def _seal(self) -> "Seal":
        return self._make_seal()

    # -- what an admin chose

    @property
    def is_wanted(self) -> bool:
        """Whether an admin asked for any of it."""
        return bool(self.posts.channel) or self.coaches

    @property
    def coaches(self) -> bool:
        """Whether clinicians get a card of their own notes."""
        return self._ledger.entry(self._practice, SETTING, _COACHING) is not None

    def coach(self, by: str, *, on: bool) -> None:
        if on:
            self._ledger.put(self._practice, SETTING, _COACHING, "on", by)
        else:
            self._ledger.withdraw(self._practice, SETTING, _COACHING, by)

    @property
    def declined(self) -> frozenset[str]:
        """Who wants no card of their own notes."""
        return frozenset(entry.id for entry in self._ledger.entries(self._practice, _NO_CARD))

    def want_card(self, person: str, *, wanted: bool) -> None:
        """Whether a person is to get cards; their own word stands above the admins' choice to coach."""
        if wanted:
            self._ledger.withdraw(self._practice, _NO_CARD, person, person)
        else:
            self._ledger.put(self._practice, _NO_CARD, person, "off", person)

    @property
    def people(self) -> Mapping[str, str]:
        """Who each clinician is in Slack, by the name in the notes."""
        entry = self._ledger.entry(self._practice, SETTING, _PEOPLE)
        return _mapping(entry.body) if entry else {}

    def name(self, clinician: str, person: str, by: str) -> bool:
        """Say who a clinician of the notes is, or with no person nobody; False where nothing changed.

        A name is the same in any case and spacing, as it is in an audit.
        """
        clinician = " ".join(clinician.split())
        while True:
            entry = self._ledger.entry(self._practice, SETTING, _PEOPLE)
            known = _mapping(entry.body) if entry else {}
            others = {name: one for name, one in known.items() if _key(name) != _key(clinician)}
            after = {**others, clinician: person} if person else others
            if after == known:
                return False
            body = _MAPPING.dump_json(dict(sorted(after.items()))).decode()
            if entry is None:
                self._ledger.put(self._practice, SETTING, _PEOPLE, body, by)
                return True
            if self._ledger.replace(self._practice, SETTING, _PEOPLE, body, by, before=entry.body):
                return True

    # -- what was published

    def publish(self, audit: "Audit", report: bytes) -> Summary:
        """Keep this audit for Slack, in place of the one before; raises UserError where no note was reviewed."""
        if not audit.notes:
            raise UserError("Nothing was published: no note could be reviewed.")
        summary = summary_of(audit)
        coaching = self._seal.close(CLINICIANS.dump_json(gaps_of(audit)))
        self._store.forget_old()
        self._store.put(self._practice, summary.month, summary.model_dump_json(), coaching, self._seal.close(report))
        return summary

    def latest(self) -> Summary | None:
        """The audit published last; None where there is none, or none that this version can read."""
        stored = self._store.get(self._practice)
        try:
            return Summary.model_validate_json(stored.summary) if stored else None
        except ValidationError:
            return None

    def report(self, month: str) -> bytes:
        """The report of that month as PDF; raises UserError where it is gone."""
        stored = self._store.get(self._practice)
        if stored is None or stored.month != month or stored.report is None:
            raise UserError(_REPORT_GONE)
        try:
            return self._seal.open(stored.report)
        except SealBrokenError:
            raise UserError(_OTHER_KEY) from None

    def clinicians(self) -> tuple[ClinicianGaps, ...]:
        """The clinicians of the audit published last; none where their seal cannot be opened."""
        stored = self._store.get(self._practice)
        return self._opened(stored) if stored else ()

    def unnamed(self) -> tuple[str, ...]:
        """The clinicians of that audit of whom nobody said who they are."""
        named = {_key(name) for name in self.people}
        return tuple(one.clinician for one in self.clinicians() if _key(one.clinician) not in named)

    def absent(self) -> frozenset[str]:
        """The names that somebody was said to be and that audit has no note of: away that month, or a slip."""
        there = {_key(one.clinician) for one in self.clinicians()}
        return frozenset(name for name in self.people if there and _key(name) not in there)

    def _opened(self, stored: "StoredAudit") -> tuple[ClinicianGaps, ...]:
        try:
            return CLINICIANS.validate_json(self._seal.open(stored.coaching))
        except (SealBrokenError, ValidationError) as error:
            log.warning("coaching_unreadable", practice=self._practice, error=type(error).__name__)
            return ()

    # -- who is to be told

    def to_coach(self) -> tuple[str, tuple[str, ...]]:
        """The month published last, and who is to get a card of it yet; nobody where no admin wants cards."""
        stored = self._store.get(self._practice) if self.coaches else None
        if stored is None:
            return "", ()
        there = {_key(one.clinician) for one in self._opened(stored)}
        people = {person for name, person in self.people.items() if _key(name) in there} - self.declined
        return stored.month, tuple(sorted(people - self._store.told(self._practice, stored.month)))

    def own(self, month: str, person: str) -> tuple[ClinicianGaps, ...]:
        """What a person is to be told of that month: one for each name of theirs; none where they were told."""
        now, people = self.to_coach()
        if month != now or person not in people:
            return ()
        names = {_key(name) for name, one in self.people.items() if one == person}
        return tuple(one for one in self.clinicians() if _key(one.clinician) in names)

    def told(self, month: str, person: str) -> None:
        self._store.tell(self._practice, month, person)

    def forget_old(self) -> None:
        """Erase what is past its time."""
        self._store.forget_old()


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _mapping(body: str) -> dict[str, str]:
    try:
        return _MAPPING.validate_json(body)
    except ValidationError:
        return {}
