"""What the Slack room asks of the rest of the program; `bot.app.Copilot` is one, tests hand in another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.answers.listener import Listener
from bot.answers.models import Answer, Comparison, Context, Matter, Reply
from bot.claims.models import ClaimFacts
from bot.documents.library import Library
from bot.onboarding.learning import Learning
from bot.policies.age import RuleYears
from bot.policies.channels import ChannelSettings
from bot.policies.models import LineOfBusiness, Topic
from bot.policies.own_payers import OwnPayer
from bot.policies.payer_list import ListChange
from bot.policies.payer_names import Unclear
from bot.policies.reminder_book import ReminderBook
from bot.policies.verifications import Verifications
from bot.published import PublishedAudits
from bot.review.models import Report
from bot.storage.disputes import Dispute
from bot.storage.feedback import AnswerIds
from bot.storage.waiting import WaitingReview


class Contexts(Protocol):
    """What each thread has been about. Holds no message text."""

    def get(self, channel: str, thread_ts: str) -> Context | None: ...

    def put(self, channel: str, threads: Sequence[str], context: Context) -> None: ...


class Feedback(Protocol):
    """Thumbs on answers; the last one of a person counts."""

    def put(self, channel: str, message_ts: str, user: str, value: str, about: Sequence[AnswerIds] = ...) -> None: ...

    def explain(self, channel: str, message_ts: str, user: str, reason: str) -> bool: ...

    def counts(self) -> Mapping[str, int]: ...


class Channels(Protocol):
    """How the bot behaves in each channel of the practice."""

    def get(self, channel: str) -> ChannelSettings: ...

    def all(self) -> Sequence[tuple[str, ChannelSettings]]: ...

    def put(self, channel: str, settings: ChannelSettings, by: str) -> None: ...

    def note_outsiders(self, channel: str) -> None: ...


class Waiting(Protocol):
    """Reviews that wait for a fix: ids and counts."""

    def put(self, user: str, channel: str, thread_ts: str, claims: int, to_fix: int) -> None: ...

    def drop(self, channel: str, thread_ts: str) -> None: ...

    def of(self, user: str) -> Sequence[WaitingReview]: ...


class PayerList(Protocol):
    """The practice's own list of payers; `by` is the person who changes it."""

    def payers(self) -> tuple[OwnPayer, ...]: ...

    def add(self, names: str, by: str) -> ListChange: ...

    def remove(self, names: str, by: str) -> ListChange: ...

    def replace(self, names: str, by: str) -> ListChange: ...

    def clear(self, by: str) -> ListChange: ...


class Recorder(Protocol):
    """The audit record, for what is done here and not by the office."""

    def sent(self, report: Report, form: str) -> None: ...

    def audit_sent(self, form: str) -> None: ...

    def refused(self, what: str) -> None: ...

    def is_well(self) -> bool: ...


class Office(Protocol):
    """Two questions, as one practice asks them: what does the payer say, and would this note hold up."""

    def ask(  # noqa: PLR0913  # one question and what stands in for its words, each by name
        self,
        question: str,
        context: Context = ...,
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
        ours: Sequence[OwnPayer] = (),
        listener: Listener | None = None,
    ) -> Reply: ...

    def review(
        self,
        text: str,
        claims: Sequence[ClaimFacts] = (),
        *,
        payer: str = "",
        state: str = "",
        members: Sequence[str] = (),
    ) -> Report: ...

    def is_ours(self, question: str) -> bool: ...

    def is_off_topic(self, text: str) -> bool: ...

    def members(self, text: str, named: Sequence[str] = ...) -> tuple[str, ...]: ...

    def payers(self) -> Sequence[tuple[str, str]]: ...

    def rule_years(self, payer_id: str, today: date) -> RuleYears | None: ...

    def compare(  # noqa: PLR0913  # the narrowing of a comparison
        self,
        question: str,
        *,
        topic: Topic | None = None,
        names: str = "",
        payers: Sequence[OwnPayer] = (),
        everyone: bool = False,
        state: str = "",
        line: LineOfBusiness | None = None,
        date_of_service: date | None = None,
    ) -> Comparison: ...

    def named_payers(self, names: str) -> tuple[Sequence[OwnPayer], Sequence[Unclear]]: ...

    @property
    def payer_list(self) -> PayerList: ...

    def dispute(self, channel: str, message_ts: str, user: str, dispute: Dispute) -> None: ...

    def on_file(self, matter: Matter, on: date | None = None) -> Answer: ...

    def matter_of(self, text: str) -> Matter: ...

    @property
    def verifications(self) -> Verifications: ...

    @property
    def reminders(self) -> ReminderBook: ...

    @property
    def library(self) -> Library: ...

    @property
    def learning(self) -> Learning: ...

    @property
    def recorder(self) -> Recorder: ...

    @property
    def contexts(self) -> Contexts: ...

    @property
    def feedback(self) -> Feedback: ...

    @property
    def channels(self) -> Channels: ...

    @property
    def waiting(self) -> Waiting: ...

    @property
    def audits(self) -> PublishedAudits: ...


class Copilot(Protocol):
    """The program; `at` gives it as one practice (a Slack workspace, by its team id) sees it."""

    def at(self, practice: str) -> Office: ...
