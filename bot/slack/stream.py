"""One message that grows: Slack's chat.startStream, appendStream and stopStream, none of them fatal.

Slack ends a stream by itself after about five minutes, and takes none from older workspaces or for one person's
eyes. Whatever fails here, the answer still comes: in the same message by chat.update, or in a post of its own.
"""

from collections.abc import Callable, Sequence
from http.client import HTTPException
from itertools import count
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.jobs.insist import insist
from bot.jobs.work import current_work
from bot.slack.blocks.split import Block, Message
from bot.slack.outage import is_outage
from bot.slack.outlets import Place
from bot.slack.parts import Mark

log = structlog.get_logger("bot.slack")


class Stream:
    """A message at `place`; `ts` is empty until Slack has taken it, `alive` while it can grow.

    In durable work it is one part: what an earlier attempt left of it is taken up, `whole` where nothing lacked.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._work = current_work()  # the words may come on another thread
        self._number = 0
        self.ts = ""
        self.alive = False
        self.whole = False

    def start(self, markdown: str) -> bool:
        """Show the first words; False where there is no streaming here."""
        if self._taken_up():
            return False
        place = self._place
        sent = self._try(
            "start",
            lambda: place.client.chat_startStream(
                channel=place.channel,
                thread_ts=str(place.thread_ts),
                markdown_text=markdown,
                recipient_user_id=place.asker or None,
                recipient_team_id=place.team or None,
            ),
        )
        self.ts = str(sent["ts"]) if sent else ""
        self.alive = bool(self.ts)
        if self._work and self.alive:
            self._number = self._work.number()
            self._work.said(self._number, self.ts, finished=False)
        elif self._work:
            self._work.resumed = True  # it may stand there all the same: the post that follows looks
        return self.alive

    def _taken_up(self) -> bool:
        """Whether an earlier attempt at the same work left this message, begun or whole."""
        work = self._work
        if work is None:
            return False
        number = work.next_number
        before = work.part(number) if work.resumed else None
        if before is None and work.resumed:
            found = self._try("find", lambda: self._place.find(Mark(work.id, number), work))
            self.whole = found is not None
            self.ts = found or ""
            if self.whole:
                work.said(number, self.ts)
        elif before:
            self.ts, self.whole = before.ts, before.finished
        if not self.ts:
            return False
        self._number = work.number()
        if not self.whole:
            self._end_at_slack()
        return True

    def append(self, markdown: str) -> bool:
        """Show more words; False where they were not taken, and then no others will be."""
        self.alive = self.alive and bool(
            self._try(
                "append",
                lambda: self._place.client.chat_appendStream(
                    channel=self._place.channel, ts=self.ts, markdown_text=markdown
                ),
            )
        )
        return self.alive

    def stop(self, blocks: Sequence[Block] = ()) -> bool:
        """End it, with blocks beneath the words; False where it has ended already, or cannot take them."""
        if not self.alive:
            return False
        self.alive = False
        ended = self._end_at_slack(blocks)
        if ended and blocks:
            self._keep()
        return ended

    def _end_at_slack(self, blocks: Sequence[Block] = ()) -> bool:
        return bool(
            self._try(
                "stop",
                lambda: self._place.client.chat_stopStream(
                    channel=self._place.channel,
                    ts=self.ts,
                    blocks=list(blocks) or None,
                    metadata=self._mark().metadata() if blocks else None,
                ),
            )
        )

    def _mark(self) -> Mark:
        return Mark(self._work.id, self._number) if self._work else Mark()

    def _keep(self) -> None:
        """Nothing lacks any more."""
        if self._work:
            self._work.said(self._number, self.ts)

    def replace(self, message: Message) -> None:
        """Let `message` stand where the words were; raises what posting raises where even that fails."""
        self.stop()  # Slack takes no update of a message that still streams
        if self._updated(message):
            self._keep()
        else:
            self.remove()
            self._place.post(message, self._number if self._work else None)

    def _updated(self, message: Message) -> bool:
        tries = count()

        def update() -> Any:
            if next(tries):
                self._end_at_slack()  # an outage may have kept it from ending
            return self._place.client.chat_update(
                channel=self._place.channel,
                ts=self.ts,
                text=message.text,
                blocks=list(message.blocks),
                metadata=self._mark().metadata(),
            )

        work = self._work
        if work is None:
            return bool(self._try("update", update))
        # An outage is no refusal: removed in vain and posted anew, the words would stand twice.
        return bool(self._try("update", lambda: insist(update, is_outage, work.stopping, work.ends_at)))

    def remove(self) -> None:
        """Take the message away, so that nothing is said twice."""
        self.stop()
        self._try("delete", lambda: self._place.client.chat_delete(channel=self._place.channel, ts=self.ts))
        if self._work:
            self._work.unsaid(self._number)

    def _try(self, step: str, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except (SlackClientError, OSError, HTTPException) as error:
            code = error.response.get("error", "") if isinstance(error, SlackApiError) else ""
            log.info("no_stream", step=step, channel=self._place.channel, reason=type(error).__name__, code=code)
            return None
