"""A question answered in its thread, with what the thread was about before."""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

import structlog

from bot.answers.models import Context
from bot.slack.blocks.comparison import all_on_file_button, comparison_messages
from bot.slack.copilot import Office
from bot.slack.intake import follows_up
from bot.slack.outlets import Outlet, post_all
from bot.slack.screening import Screening
from bot.slack.table_ref import TableRef
from bot.slack.telling import Telling

log = structlog.get_logger("bot.slack")

# Where a direct message keeps what was last spoken of, for a follow-up outside its thread.
LATEST = "latest"


class Answering:
    """Asks the copilot and tells what it answers."""

    def __init__(self, office: Office, screening: Screening, today: Callable[[], date]) -> None:
        self._office = office
        self._screening = screening
        self._today = today

    def answer(self, question: str, outlet: Outlet, channel: str, thread_ts: str) -> None:
        """Answer `question` into `outlet`; raises what the copilot raises, and UserError for what may not be read."""
        self._screening.question(question)
        started = perf_counter()
        before = self._recall(channel, thread_ts)
        direct = channel.startswith("D")
        if before is None and direct and follows_up(question):
            before = self._recall(channel, LATEST)
        telling = Telling(outlet)
        try:
            reply = self._office.ask(question, before or Context(), listener=telling)
        except BaseException:
            telling.abandon()
            raise
        if reply.table:  # made of the facts alone: no model words it, and nothing was told of it yet
            post_all(outlet, comparison_messages(reply.table, TableRef.of(reply.table)))
        else:
            telling.finish(reply, self._today())
        if reply.wants_list and not reply.table:
            everyone = TableRef(topic=reply.answers[0].topic, question=reply.question[:400])
            outlet.post(all_on_file_button(everyone))
        self._remember(channel, (thread_ts, LATEST) if direct else (thread_ts,), reply.context)
        log.info(
            "answered",
            channel=channel,
            thread=thread_ts,
            size=len(question),
            decisions=[answer.decision.value for answer in reply.answers],
            first_words=telling.first_words,
            seconds=round(perf_counter() - started, 3),
        )

    def _recall(self, channel: str, thread_ts: str) -> Context | None:
        try:
            return self._office.contexts.get(channel, thread_ts)
        except Exception as error:  # a lost context costs a follow-up, never the answer
            log.warning("context_unavailable", channel=channel, error=type(error).__name__)
            return None

    def _remember(self, channel: str, threads: Sequence[str], context: Context) -> None:
        try:
            self._office.contexts.put(channel, threads, context)
        except Exception as error:  # as above
            log.warning("context_not_kept", channel=channel, error=type(error).__name__)
