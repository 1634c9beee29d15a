"""A question answered in its thread, with what the thread was about before."""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

import structlog

from bot.answers.models import Context, Reply
from bot.policies.own_payers import OwnPayer
from bot.slack.blocks.answer import answer_messages
from bot.slack.blocks.comparison import all_on_file_button, comparison_messages
from bot.slack.blocks.sharing import shared_messages, with_share
from bot.slack.blocks.split import Message
from bot.slack.copilot import Office
from bot.slack.intake import follows_up
from bot.slack.outlets import Outlet, Place, post_all
from bot.slack.replies import Said, say_instead
from bot.slack.screening import Screening
from bot.slack.share_ref import ShareRef
from bot.slack.table_ref import TableRef
from bot.slack.telling import Telling

log = structlog.get_logger("bot.slack")

# Where a direct message keeps what was last spoken of, for a follow-up outside its thread.
LATEST = "latest"
# A command stands in no thread: what a person asked last in a channel is its context.
COMMAND = "slash:"
_MOST_PAYERS = 8


class Answering:
    """Asks the copilot and tells what it answers."""

    def __init__(self, office: Office, screening: Screening, today: Callable[[], date]) -> None:
        self._office = office
        self._screening = screening
        self._today = today

    def answer(  # noqa: PLR0913  # a question, and where it was asked
        self,
        question: str,
        outlet: Outlet,
        channel: str,
        thread_ts: str,
        *,
        payers: Sequence[OwnPayer] = (),
        shares: bool = False,
        records: bool = True,
    ) -> None:
        """Answer `question` into `outlet`; raises what the copilot raises, and UserError for what may not be read.

        `payers` are those the channel is about; with `shares` the answer can be shared from where one person sees it.
        Without `records` its one reader may not record what a payer said, and no button offers it.
        """
        self._screening.question(question)
        started = perf_counter()
        before = self._recall(channel, thread_ts)
        direct = channel.startswith("D")
        if before is None and direct and follows_up(question):
            before = self._recall(channel, LATEST)
        context = about(before or Context(), payers)
        thread = "" if thread_ts.startswith(COMMAND) else thread_ts
        share = ShareRef(question=question, context=context, thread_ts=thread).dumps() if shares else ""
        telling = Telling(outlet, share)
        try:
            reply = self._office.ask(question, context, ours=payers, listener=telling)
        except BaseException:
            telling.abandon()
            raise
        # Before it is said: whoever is quick follows up at once.
        self._remember(channel, (thread_ts, LATEST) if direct else (thread_ts,), reply.context)
        if reply.table:  # made of the facts alone: no model words it, and nothing was told of it yet
            post_all(outlet, with_share(comparison_messages(reply.table, TableRef.of(reply.table)), share))
        else:
            telling.finish(reply if records else _without_recording(reply), self._today())
        if reply.wants_list and not reply.table:
            everyone = TableRef(topic=reply.answers[0].topic, question=reply.question[:400])
            outlet.post(all_on_file_button(everyone))
        log.info(
            "answered",
            channel=channel,
            thread=thread_ts,
            size=len(question),
            decisions=[answer.decision.value for answer in reply.answers],
            first_words=telling.first_words,
            seconds=round(perf_counter() - started, 3),
        )

    def share(  # a question, and where its answer goes
        self, question: str, context: Context, place: Place, user: str, payers: Sequence[OwnPayer]
    ) -> None:
        """Answer again for all to see, and say who shared it."""
        self._screening.question(question)
        reply = self._office.ask(question, context, ours=payers)
        first, *rest = shared_messages(self._messages(reply), user)
        ts = place.post(first)
        post_all(place, rest)
        self._remember(place.channel, (place.thread_ts or ts,), reply.context)

    def renew(
        self,
        question: str,
        place: Place,
        said: Sequence[Said],
        *,
        payers: Sequence[OwnPayer] = (),
        records: bool = True,
    ) -> None:
        """Answer an edited question in the messages that answered it before, `said`."""
        self._screening.question(question)
        thread_ts = str(place.thread_ts)
        first_of_all = said[0].asked == thread_ts
        before = None if first_of_all else self._recall(place.channel, thread_ts)
        reply = self._office.ask(question, about(before or Context(), payers), ours=payers)
        say_instead(place, self._messages(reply if records else _without_recording(reply)), said)
        self._remember(place.channel, (thread_ts,), reply.context)
        log.info("renewed", channel=place.channel, thread=thread_ts, size=len(question))

    def _messages(self, reply: Reply) -> list[Message]:
        if reply.table:
            return comparison_messages(reply.table, TableRef.of(reply.table))
        return answer_messages(reply, self._today())

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


def _without_recording(reply: Reply) -> Reply:
    """The reply with nothing to ask the payer and record."""
    return reply.model_copy(update={"answers": tuple(one.model_copy(update={"to_ask": None}) for one in reply.answers)})


def about(context: Context, payers: Sequence[OwnPayer]) -> Context:
    """What a thread has been about, and the channel's payers where it was about none yet."""
    if not payers or context.payer_ids or context.unknown_payers or context.unsettled_payers:
        return context
    few = payers[:_MOST_PAYERS]
    alone = few[0] if len(few) == 1 else None
    return context.model_copy(
        update={
            "payer_ids": tuple(payer.payer_id for payer in few if payer.payer_id),
            "unknown_payers": tuple(payer.name for payer in few if not payer.payer_id),
            "state": context.state or (alone.state if alone else ""),
            "line_of_business": context.line_of_business or (alone.line_of_business if alone else None),
        }
    )
