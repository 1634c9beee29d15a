"""Puts the parts together: the only file that knows them all.

Shells (CLI, Slack, workspace) hold one `Copilot` and ask and review through the `Office` of a practice. Parts are made
when first needed, so that a command pays only for what it uses.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from bot.observing import NOBODY, Observer
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine as Database

    from bot.answers.service import AnswerService
    from bot.answers.topic_model import TopicModel
    from bot.documents.library import Library
    from bot.documents.proposals import Proposals
    from bot.embedder import Embedder
    from bot.jobs.jobs import Jobs
    from bot.jobs.seal import Seal
    from bot.llm.structured import StructuredModel
    from bot.office import Office, Services
    from bot.onboarding.learning import Learning
    from bot.policies.catalog import Catalog
    from bot.policies.index import BuildReport
    from bot.policies.models import Topic
    from bot.policies.practice import PracticeFiles
    from bot.policies.resolve import Resolver
    from bot.policies.search import Searcher
    from bot.review.earlier import EarlierNotes
    from bot.review.judge import Judge
    from bot.review.service import ReviewService
    from bot.storage.audit_record import AuditRecord
    from bot.storage.channels import ChannelStore
    from bot.storage.course import CourseStore
    from bot.storage.deliveries import DeliveryStore
    from bot.storage.disputes import DisputeStore
    from bot.storage.documents import PassageStore
    from bot.storage.feedback import FeedbackStore
    from bot.storage.fingerprints import FingerprintStore
    from bot.storage.ledger import Ledger
    from bot.storage.published_audits import PublishedStore
    from bot.storage.threads import ThreadStore
    from bot.storage.waiting import WaitingStore
    from bot.storage.work import WorkStore


class Copilot:
    """The whole program; `at` gives it as one practice sees it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Who hears what goes on; set before the parts are made.
        self.observer: Observer = NOBODY
        # Slack's listeners share one copilot over many threads: no part may be made twice.
        self._making = RLock()
        self._offices: dict[str, Office] = {}

    def at(self, practice: str) -> "Office":
        """The copilot as one practice sees it; a Slack workspace's practice goes by its team id."""
        from bot.office import Office
        from bot.policies.own_payers import OwnPayers
        from bot.recorder import Recorder

        with self._making:
            if practice not in self._offices:
                own = OwnPayers(self.ledger, practice)
                self._offices[practice] = Office(
                    practice,
                    self.practice_files,
                    lambda catalog: self._services(catalog, practice),
                    self.threads,
                    lambda: self.seal,
                    self.feedback,
                    self.disputes,
                    self.channels,
                    self.waiting,
                    own,
                    self.ledger,
                    self._library,
                    self._earlier(practice),
                    Recorder(
                        practice,
                        self.audit_record,
                        lambda: self.catalog,
                        lambda: self.ledger.version(practice),
                        self.settings.llm_model,
                    ),
                    self._learning,
                    self.published_audits,
                    self.observer,
                )
            return self._offices[practice]

    def at_command_line(self, workspace: str = "") -> "Office":
        """The practice that a command speaks for: the one named, else the only one on record, else none."""
        recorded = [] if workspace else [name for name in self.ledger.practices() if name]
        return self.at(workspace or (recorded[0] if len(recorded) == 1 else ""))

    def is_recording(self) -> bool:
        """Whether the audit record takes what is done."""
        return all(office.recorder.is_well() for office in tuple(self._offices.values()))

    def build_index(self) -> "BuildReport":
        """Bring the search index up to date with the knowledge files."""
        from bot.policies.index import build_index

        return build_index(self.catalog, self.settings.data_dir, self.embedder, self.settings.chroma_url)

    def embed_documents(self) -> None:
        """Make the vectors that practices' own documents lack, or that another embedder made."""
        for practice in ("", *self.ledger.practices()):
            library = self.at(practice).library
            for document in library.documents():
                library.embed(document.id)

    def warm_up(self) -> None:
        """Load what the first question and the first note need, so that neither waits for it."""
        self.answers.ask("Same day for Medicare?")
        self.reviews.review("Group note. Patient: A.B. Spoke of a worry and tested it.")
        self.searcher.search("group psychotherapy")

    def close(self) -> None:
        """Let go of the database; the next question opens it again."""
        with self._making:
            for name in ("database", "_hurried_database"):
                if name in vars(self):
                    getattr(self, name).dispose()

    @cached_property
    def catalog(self) -> "Catalog":
        from bot.policies.catalog import load_catalog

        return load_catalog()

    @cached_property
    def embedder(self) -> "Embedder":
        from bot.embedder import Embedder

        return Embedder()

    @cached_property
    def resolver(self) -> "Resolver":
        from bot.policies.resolve import Resolver

        return Resolver(self.catalog)

    @cached_property
    def _searcher(self) -> "Searcher":
        from bot.policies.index import open_index
        from bot.policies.search import Searcher

        settings = self.settings
        return Searcher(
            self.catalog, lambda: open_index(settings.data_dir, self.embedder, settings.chroma_url), self.embedder
        )

    def _services(self, catalog: "Catalog", practice: str) -> "Services":
        """Answers and reviews over one practice's catalog; over the shared one, the shared ones."""
        from bot.office import Services
        from bot.policies.resolve import Resolver

        if catalog is self.catalog:
            return Services(catalog, lambda _: self.resolver, lambda *_: self.answers, lambda *_: self.reviews)
        return Services(
            catalog,
            Resolver,
            lambda catalog, resolver: self._answers_over(catalog, resolver, practice),
            self._reviews_over,
        )

    def _library(self, office: "Office") -> "Library":
        """The library of one practice: what is on file there tells payers apart."""
        from bot.documents.library import Library

        return Library(
            office.practice,
            self.practice_files,
            self.ledger,
            self.passages,
            lambda: (office.services.catalog, office.services.resolver),
            self.embedder,
            self._proposals(office.practice),
        )

    def _proposals(self, practice: str) -> "Proposals":
        from bot.documents.proposals import Proposals

        return Proposals(practice, self.practice_files, self.ledger, self.model)

    def _learning(self, office: "Office") -> "Learning":
        """The course of one practice: its drills are graded over its own file."""
        from bot.onboarding.course import shipped_course
        from bot.onboarding.grading import Grader, OwnEngine
        from bot.onboarding.learning import Learning

        def engine() -> OwnEngine:
            services = office.services
            return OwnEngine(services.reviews, services.answers)

        return Learning(office.practice, shipped_course(), Grader(engine), self.course_store)

    @cached_property
    def course_store(self) -> "CourseStore":
        from bot.storage.course import CourseStore

        return CourseStore(self.database)

    @cached_property
    def ledger(self) -> "Ledger":
        from bot.storage.ledger import Ledger

        return Ledger(self.database, record=self.audit_record)

    @cached_property
    def audit_record(self) -> "AuditRecord | None":
        """None where the setting wants none; `audit-log` reads with `stored_audit_record` what there was."""
        return self.stored_audit_record if self.settings.audit_record else None

    @cached_property
    def stored_audit_record(self) -> "AuditRecord":
        from bot.record.chain import Keys
        from bot.storage.audit_record import AuditRecord
        from bot.storage.secret_key import secret_key

        def keys() -> Keys:
            given = [key.encode() for key in self.settings.audit_keys]
            return Keys(given or [secret_key("", self.settings.data_dir, "audit.key", "AUDIT_KEY")])

        return AuditRecord(self._hurried_database, keys, timedelta(days=self.settings.audit_days))

    @cached_property
    def practice_files(self) -> "PracticeFiles":
        from bot.policies.practice import PracticeFiles

        return PracticeFiles(self.catalog, self.ledger, self.passages)

    @cached_property
    def passages(self) -> "PassageStore":
        from bot.storage.documents import PassageStore

        return PassageStore(self.database)

    @cached_property
    def threads(self) -> "ThreadStore":
        from bot.storage.threads import ThreadStore

        return ThreadStore(self._hurried_database)

    @cached_property
    def feedback(self) -> "FeedbackStore":
        from bot.storage.feedback import FeedbackStore

        return FeedbackStore(self.database)

    @cached_property
    def channels(self) -> "ChannelStore":
        from bot.storage.channels import ChannelStore

        return ChannelStore(self.database)

    @cached_property
    def waiting(self) -> "WaitingStore":
        from bot.storage.waiting import WaitingStore

        return WaitingStore(self.database)

    @cached_property
    def published_audits(self) -> "PublishedStore":
        from bot.storage.published_audits import PublishedStore

        return PublishedStore(self.database)

    @property
    def _fingerprints(self) -> "FingerprintStore":
        with self._making:
            return self._kept_fingerprints

    @cached_property
    def _kept_fingerprints(self) -> "FingerprintStore":
        from bot.storage.fingerprints import FingerprintStore

        return FingerprintStore(self.database, timedelta(days=self.settings.fingerprint_days))

    @cached_property
    def work(self) -> "WorkStore":
        from bot.storage.work import WorkStore

        return WorkStore(self._hurried_database)

    @cached_property
    def jobs(self) -> "Jobs":
        from bot.jobs.engine import Engine
        from bot.jobs.jobs import Jobs

        settings = self.settings
        engine = Engine(
            settings.database_url.get_secret_value(), settings.data_dir, settings.replica, settings.work_at_once
        )
        return Jobs(self.work, self.seal, engine, timedelta(hours=settings.work_hours))

    @cached_property
    def seal(self) -> "Seal":
        from bot.jobs.seal import make_seal

        return make_seal(self.settings.work_keys, self.settings.data_dir)

    @cached_property
    def deliveries(self) -> "DeliveryStore":
        from bot.storage.deliveries import DeliveryStore

        return DeliveryStore(self._hurried_database)

    @cached_property
    def disputes(self) -> "DisputeStore":
        from bot.storage.disputes import DisputeStore

        return DisputeStore(self.database)

    @cached_property
    def database(self) -> "Database":
        from bot.storage.database import open_database

        settings = self.settings
        return open_database(
            settings.database_url.get_secret_value(), settings.data_dir, migrate=settings.migrate_on_start
        )

    @cached_property
    def _hurried_database(self) -> "Database":
        """The same, for what changes with every message; work says itself what has to be on the disk."""
        from bot.storage.database import connect

        self.database  # noqa: B018  # which has brought the tables up to date
        return connect(self.settings.database_url.get_secret_value(), self.settings.data_dir, hurried=True)

    @cached_property
    def model(self) -> "StructuredModel | None":
        if not self.settings.llm_model:
            return None
        from bot.llm.factory import make_model
        from bot.llm.providers import standing

        settings = self.settings
        standing(settings.llm_model, settings.llm_providers, settings.llm_without_baa)
        return make_model(settings.llm_model, settings.llm_timeout_seconds, settings.llm_max_tokens, self.observer)

    @property
    def searcher(self) -> "Searcher":
        with self._making:
            return self._searcher

    @cached_property
    def topics(self) -> "TopicModel":
        from bot.answers.topic_model import TopicModel

        return TopicModel(self.embedder)

    @property
    def answers(self) -> "AnswerService":
        with self._making:
            return self._answers

    @cached_property
    def _answers(self) -> "AnswerService":
        return self._answers_over(self.catalog, self.resolver)

    def _answers_over(self, catalog: "Catalog", resolver: "Resolver", practice: str = "") -> "AnswerService":
        from bot.answers.service import AnswerService

        passages = None
        if catalog is not self.catalog:
            from bot.policies.own_search import OwnPassages

            passages = OwnPassages(
                catalog.snippets, self.embedder, lambda made_by: self.passages.vectors(("", practice), made_by)
            )

        def waiting() -> "set[tuple[str, Topic]]":
            return {(one.passage_id, one.topic) for one in self._proposals(practice).waiting()}

        return AnswerService(
            catalog, resolver, lambda: self.searcher, self.model, date.today, self.topics, passages, waiting
        )

    @property
    def reviews(self) -> "ReviewService":
        with self._making:
            return self._reviews

    @cached_property
    def _reviews(self) -> "ReviewService":
        return self._reviews_over(self.catalog, self.resolver)

    def _reviews_over(self, catalog: "Catalog", resolver: "Resolver") -> "ReviewService":
        from bot.review.service import ReviewService

        return ReviewService(self.judge, catalog=catalog, resolver=resolver, embed=self.embedder.embed)

    def _earlier(self, practice: str) -> "Callable[[], EarlierNotes | None]":
        """Makes what one practice remembers of reviewed notes, where the setting lets it remember any."""

        def made() -> "EarlierNotes | None":
            if not self.settings.fingerprint_days:
                return None
            from bot.review.earlier import EarlierNotes
            from bot.storage.secret_key import secret_key

            key = secret_key(self.settings.fingerprint_key.get_secret_value(), self.settings.data_dir)
            return EarlierNotes(practice, key, self._fingerprints)

        return made

    @cached_property
    def judge(self) -> "Judge":
        from bot.review.offline import OfflineJudge

        judge: Judge = OfflineJudge()
        if self.model:
            from bot.review.model_judge import ModelJudge

            judge = ModelJudge(self.model, judge, self.settings.llm_review_seconds)
        return judge
