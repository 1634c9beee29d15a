"""Puts the parts together: the only file that knows them all.

Shells (CLI, Slack, workspace) hold one `Copilot` and call `ask` and `review`. Parts are made when first
needed, so that a command pays only for what it uses.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.answers.models import Context, Reply
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine as Database

    from bot.answers.listener import Listener
    from bot.answers.service import AnswerService
    from bot.claims.models import ClaimFacts
    from bot.embedder import Embedder
    from bot.llm.structured import StructuredModel
    from bot.policies.catalog import Catalog
    from bot.policies.index import BuildReport
    from bot.policies.resolve import Resolver
    from bot.policies.search import Searcher
    from bot.review.models import Report
    from bot.review.service import ReviewService
    from bot.storage.feedback import FeedbackStore


class ThreadContexts:
    """What each thread has been about, kept over a restart."""

    def __init__(self, database: "Database") -> None:
        from bot.storage.threads import ThreadStore

        self._store = ThreadStore(database)

    def get(self, channel: str, thread_ts: str) -> Context | None:
        """The context of a thread; one written by an older version that no longer fits counts as none."""
        stored = self._store.get(channel, thread_ts)
        try:
            return Context.model_validate_json(stored) if stored else None
        except ValidationError:
            return None

    def put(self, channel: str, thread_ts: str, context: Context) -> None:
        self._store.put(channel, thread_ts, context.model_dump_json())


class Copilot:
    """The whole program behind two questions: what does the payer say, and would this note hold up."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Slack's listeners share one copilot over many threads: no part may be made twice.
        self._making = RLock()

    def ask(  # noqa: PLR0913  # one question and what stands in for its words, each by name
        self,
        question: str,
        context: Context = Context(),  # noqa: B008  # frozen
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
        listener: "Listener | None" = None,
    ) -> Reply:
        """Answer a payer question; raises UserError where there is nothing to answer."""
        return self.answers.ask(
            question, context, payer=payer, state=state, date_of_service=date_of_service, listener=listener
        )

    def review(self, text: str, claims: "Sequence[ClaimFacts]" = (), *, payer: str = "", state: str = "") -> "Report":
        """Review one group note; raises UserError where there is no note in the text."""
        return self.reviews.review(text, claims, payer=payer, state=state)

    def payers(self) -> list[tuple[str, str]]:
        """Ids and names of the payers on file, by name, without the national programmes behind them."""
        named = (payer for payer in self.catalog.payers.values() if not payer.background)
        return sorted(((payer.id, payer.name) for payer in named), key=lambda pair: pair[1].casefold())

    def build_index(self) -> "BuildReport":
        """Bring the search index up to date with the knowledge files."""
        from bot.policies.index import build_index

        return build_index(self.catalog, self.settings.data_dir, self.embedder, self.settings.chroma_url)

    def warm_up(self) -> None:
        """Load what the first question and the first note need, so that neither waits for it."""
        self.ask("Same day for Medicare?")
        self.review("Group note. Patient: A.B. Spoke of a worry and tested it.")
        self.searcher.search("group psychotherapy")

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

    @cached_property
    def contexts(self) -> "ThreadContexts":
        return ThreadContexts(self._database)

    @cached_property
    def feedback(self) -> "FeedbackStore":
        from bot.storage.feedback import FeedbackStore

        return FeedbackStore(self._database)

    @cached_property
    def _database(self) -> "Database":
        from bot.storage.database import open_database

        return open_database(self.settings.database_url.get_secret_value(), self.settings.data_dir)

    @cached_property
    def model(self) -> "StructuredModel | None":
        if not self.settings.llm_model:
            return None
        from bot.llm.factory import make_model

        return make_model(self.settings.llm_model, self.settings.llm_timeout_seconds)

    @property
    def searcher(self) -> "Searcher":
        with self._making:
            return self._searcher

    @property
    def answers(self) -> "AnswerService":
        with self._making:
            return self._answers

    @cached_property
    def _answers(self) -> "AnswerService":
        from bot.answers.service import AnswerService

        return AnswerService(self.catalog, self.resolver, lambda: self.searcher, self.model, date.today)

    @property
    def reviews(self) -> "ReviewService":
        with self._making:
            return self._reviews

    @cached_property
    def _reviews(self) -> "ReviewService":
        from bot.review.judge import Judge
        from bot.review.offline import OfflineJudge
        from bot.review.service import ReviewService

        judge: Judge = OfflineJudge(self.embedder)
        if self.model:
            from bot.review.model_judge import ModelJudge

            judge = ModelJudge(self.model, judge)
        return ReviewService(judge, catalog=self.catalog, resolver=self.resolver)
