"""The program as one practice sees it: what is on file, with what the practice itself recorded laid over it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.answers.models import Answer, Context, Matter, Reply
from bot.jobs.seal import SealBrokenError
from bot.observing import NOBODY, Asked, Observer, Reviewed, Told
from bot.policies.channels import ChannelBook
from bot.policies.reminder_book import ReminderBook
from bot.policies.verifications import Verifications
from bot.published import PublishedAudits

if TYPE_CHECKING:
    from bot.answers.listener import Listener
    from bot.answers.models import Comparison
    from bot.answers.service import AnswerService
    from bot.claims.models import ClaimFacts
    from bot.documents.library import Library
    from bot.jobs.seal import Seal
    from bot.onboarding.learning import Learning
    from bot.policies.age import RuleYears
    from bot.policies.catalog import Catalog
    from bot.policies.models import LineOfBusiness, Topic
    from bot.policies.own_payers import OwnPayer, OwnPayers
    from bot.policies.payer_list import PayerList
    from bot.policies.payer_names import Unclear
    from bot.policies.practice import PracticeFiles
    from bot.policies.resolve import Resolver
    from bot.recorder import Recorder
    from bot.review.earlier import EarlierNotes
    from bot.review.models import Report
    from bot.review.service import ReviewService
    from bot.storage.channels import ChannelStore
    from bot.storage.disputes import Dispute, DisputeStore
    from bot.storage.feedback import AnswerIds, FeedbackStore
    from bot.storage.ledger import Ledger
    from bot.storage.published_audits import PublishedStore
    from bot.storage.threads import ThreadStore
    from bot.storage.waiting import WaitingReview, WaitingStore


class Services:
    """The two services over one state of a practice's file; made anew when the file changes."""

    def __init__(
        self,
        catalog: "Catalog",
        make_resolver: "Callable[[Catalog], Resolver]",
        make_answers: "Callable[[Catalog, Resolver], AnswerService]",
        make_reviews: "Callable[[Catalog, Resolver], ReviewService]",
    ) -> None:
        self.catalog = catalog
        self._make_resolver = make_resolver
        self._make_answers = make_answers
        self._make_reviews = make_reviews

    @cached_property
    def resolver(self) -> "Resolver":
        return self._make_resolver(self.catalog)

    @cached_property
    def answers(self) -> "AnswerService":
        return self._make_answers(self.catalog, self.resolver)

    @cached_property
    def reviews(self) -> "ReviewService":
        return self._make_reviews(self.catalog, self.resolver)


class ThreadContexts:
    """What each thread of one practice has been about, over a restart.

    Sealed: a payer that nobody knows is a person's own word.
    """

    def __init__(self, practice: str, store: "ThreadStore", seal: "Callable[[], Seal]") -> None:
        self._practice = practice
        self._store = store
        self._make_seal = seal

    @cached_property
    def _seal(self) -> "Seal":
        return self._make_seal()

    def get(self, channel: str, thread_ts: str) -> Context | None:
        """The context of a thread; one of an older version that no longer fits, or of a lost key, counts as none."""
        stored = self._store.get(self._practice, channel, thread_ts)
        try:
            return Context.model_validate_json(self._seal.open(stored.encode())) if stored else None
        except (SealBrokenError, ValidationError):
            return None

    def put(self, channel: str, threads: "Sequence[str]", context: Context) -> None:
        """Remember it for each of these threads of a channel."""
        sealed = self._seal.close(context.model_dump_json().encode()).decode()
        self._store.put(self._practice, channel, threads, sealed)


class PracticeFeedback:
    """Thumbs of one practice's people."""

    def __init__(self, practice: str, store: "FeedbackStore") -> None:
        self._practice = practice
        self._store = store

    def put(self, channel: str, message_ts: str, user: str, value: str, about: "Sequence[AnswerIds]" = ()) -> None:
        self._store.put(self._practice, channel, message_ts, user, value, about)

    def explain(self, channel: str, message_ts: str, user: str, reason: str) -> bool:
        """Why a thumb points down; False where none of this person does."""
        return self._store.explain(self._practice, channel, message_ts, user, reason)

    def counts(self) -> dict[str, int]:
        """How many of each value stand."""
        return self._store.counts(self._practice)


class PracticeWaiting:
    """Reviews of one practice's people that wait for a fix."""

    def __init__(self, practice: str, store: "WaitingStore") -> None:
        self._practice = practice
        self._store = store

    def put(self, user: str, channel: str, thread_ts: str, claims: int, to_fix: int) -> None:
        """What the last review of a thread left to fix."""
        self._store.put(self._practice, user, channel, thread_ts, claims, to_fix)

    def drop(self, channel: str, thread_ts: str) -> None:
        self._store.drop(self._practice, channel, thread_ts)

    def of(self, user: str) -> "Sequence[WaitingReview]":
        """A person's, the newest first."""
        return self._store.of(self._practice, user)


class Office:
    """Asks and reviews for one practice. Threads may share it."""

    def __init__(  # noqa: PLR0913, PLR0917  # the stores of one practice
        self,
        practice: str,
        files: "PracticeFiles",
        make_services: "Callable[[Catalog], Services]",
        threads: "ThreadStore",
        seal: "Callable[[], Seal]",
        feedback: "FeedbackStore",
        disputes: "DisputeStore",
        channels: "ChannelStore",
        waiting: "WaitingStore",
        own: "OwnPayers",
        ledger: "Ledger",
        make_library: "Callable[[Office], Library]",
        make_earlier: "Callable[[], EarlierNotes | None]",
        recorder: "Recorder",
        make_learning: "Callable[[Office], Learning]",
        published: "PublishedStore",
        observer: Observer = NOBODY,
    ) -> None:
        self.practice = practice
        self.recorder = recorder
        self._observer = observer
        self.verifications = Verifications(practice, ledger, self._names)
        self.reminders = ReminderBook(practice, ledger)
        self.audits = PublishedAudits(practice, published, ledger, seal)
        self.contexts = ThreadContexts(practice, threads, seal)
        self.feedback = PracticeFeedback(practice, feedback)
        self.channels = ChannelBook(practice, channels)
        self.waiting = PracticeWaiting(practice, waiting)
        self._disputes = disputes
        self.files = files
        self._own = own
        self._make_services = make_services
        self._make_library = make_library
        self._make_earlier = make_earlier
        self._make_learning = make_learning
        self._lock = Lock()
        self._version: tuple[int, int] | None = None
        self._services: Services | None = None

    def ask(  # noqa: PLR0913  # one question and what stands in for its words, each by name
        self,
        question: str,
        context: Context = Context(),  # noqa: B008  # frozen
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
        ours: "Sequence[OwnPayer]" = (),
        listener: "Listener | None" = None,
    ) -> Reply:
        """Answer a payer question; raises UserError where there is nothing to answer.

        `ours` stand for the practice's own list where they are given: the payers of a channel.
        """
        began = perf_counter()
        with self._observer.watch(asked := Asked()):
            reply = self.services.answers.ask(
                question,
                context,
                payer=payer,
                state=state,
                date_of_service=date_of_service,
                ours=(lambda: tuple(ours)) if ours else self._own.listed,
                listener=listener,
            )
            asked.told = [
                Told(answer.topic.value, answer.engine.name, answer.engine.fell_back) for answer in reply.answers
            ]
        self.recorder.answered(reply, began)
        return reply

    def is_ours(self, question: str) -> bool:
        """Whether a text is, beyond doubt, a payer question about billing groups."""
        return self.services.answers.is_ours(question)

    def is_off_topic(self, text: str) -> bool:
        """Whether a text is no matter of ours."""
        return self.services.answers.is_off_topic(text)

    def compare(  # noqa: PLR0913  # the options of the command line
        self,
        question: str,
        *,
        topic: "Topic | None" = None,
        names: str = "",
        payers: "Sequence[OwnPayer]" = (),
        everyone: bool = False,
        state: str = "",
        line: "LineOfBusiness | None" = None,
        date_of_service: date | None = None,
    ) -> "Comparison":
        """One matter over the practice's payers, over those in `names`, over `payers`, or over all with a rule on it.

        Raises UserError where no matter is named or nobody is there to compare.
        """
        began = perf_counter()
        chosen = tuple(payers) or (self._named(names) if names else self._own.listed())
        table = self.services.answers.compare(
            question,
            None if everyone else chosen,
            topic=topic,
            state=state,
            line=line,
            date_of_service=date_of_service,
            own=not (names or payers or everyone),
        )
        self.recorder.compared(table, began)
        return table

    def _named(self, names: str) -> "tuple[OwnPayer, ...]":
        """The payers in a list of names; one that fits several gets a row that says so."""
        from bot.policies.own_payers import OwnPayer

        payers, unclear = self.named_payers(names)
        return (*payers, *(OwnPayer(name=one.name) for one in unclear))

    def named_payers(self, names: str) -> "tuple[tuple[OwnPayer, ...], tuple[Unclear, ...]]":
        """The payers in a list of names, and those names that fit several."""
        from bot.policies.payer_names import NameReader

        read = NameReader(self.services.resolver).read(names)
        return read.payers, read.unclear

    @property
    def payer_list(self) -> "PayerList":
        """The practice's own list of payers, to read and to change."""
        from bot.policies.payer_list import PayerList

        return PayerList(self._own, self.services.resolver)

    def review(
        self,
        text: str,
        claims: "Sequence[ClaimFacts]" = (),
        *,
        payer: str = "",
        state: str = "",
        members: "Sequence[str]" = (),
    ) -> "Report":
        """Review one group note; raises UserError where there is no note in the text or a named member not in it."""
        began = perf_counter()
        with self._observer.watch(reviewed := Reviewed()):
            report = self.services.reviews.review(
                text, claims, payer=payer, state=state, members=members, earlier=self.earlier
            )
            reviewed.engine, reviewed.fell_back = report.engine.name, report.engine.fell_back
            reviewed.members = len(report.patients)
        self.recorder.reviewed(report, began)
        return report

    def members(self, text: str, named: "Sequence[str]" = ()) -> tuple[str, ...]:
        """The labels of a note's members in its order, without judging it; raises UserError as a review does."""
        return self.services.reviews.members(text, named)

    def dispute(self, channel: str, message_ts: str, user: str, dispute: "Dispute") -> None:
        """Put a disputed verdict on this practice's review list."""
        self._disputes.put(self.practice, channel, message_ts, user, dispute)
        self.recorder.disputed(dispute.check)

    def on_file(self, matter: Matter, on: date | None = None) -> Answer:
        """How the file answers one matter of a payer on file as it stands now."""
        return self.services.answers.on_file(matter, on)

    def matter_of(self, text: str) -> Matter:
        """The payer and the topic that a few words name."""
        return self.services.answers.matter_of(text)

    def payers(self) -> list[tuple[str, str]]:
        """Ids and names of the payers on file, by name, without the national programmes behind them."""
        named = (payer for payer in self.services.catalog.payers.values() if not payer.background)
        return sorted(((payer.id, payer.name) for payer in named), key=lambda pair: pair[1].casefold())

    def rule_years(self, payer_id: str, today: date) -> "RuleYears | None":
        """The years that a payer's rules are from; None where none is dated or on file."""
        from bot.policies.age import rule_years

        payer = self.services.catalog.payers.get(payer_id)
        return rule_years(payer.facts, today) if payer else None

    def _names(self) -> "tuple[Resolver, Catalog]":
        services = self.services
        return services.resolver, services.catalog

    @cached_property
    def library(self) -> "Library":
        """The practice's own documents, and the facts proposed from them."""
        return self._make_library(self)

    @cached_property
    def learning(self) -> "Learning":
        """The course, and how far this practice's people are in it."""
        return self._make_learning(self)

    @cached_property
    def earlier(self) -> "EarlierNotes | None":
        """What the practice remembers of the notes it had reviewed; None where it is set to remember none."""
        return self._make_earlier()

    @property
    def services(self) -> Services:
        """The services over the file as it stands now; a change by anybody is seen at the next question."""
        version = self.files.version(self.practice)
        with self._lock:
            if self._services is None or version != self._version:
                self._services = self._make_services(self.files.catalog(self.practice))
                self._version = version
            return self._services
