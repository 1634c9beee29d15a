"""One message that grows: Slack's chat.startStream, appendStream and stopStream, none of them fatal.

Slack ends a stream by itself after about five minutes, and takes none from older workspaces or for one person's
eyes. Whatever fails here, the answer still comes: in the same message by chat.update, or in a post of its own.
"""

from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.blocks.split import Block, Message
from bot.slack.outlets import Place

log = structlog.get_logger("bot.slack")


class Stream:
    """A message at `place`; `ts` is empty until Slack has taken it, `alive` while it can grow."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.ts = ""
        self.alive = False

    def start(self, markdown: str) -> bool:
        """Show the first words; False where there is no streaming here."""
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
        return self.alive

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
        return bool(
            self._try(
                "stop",
                lambda: self._place.client.chat_stopStream(
                    channel=self._place.channel, ts=self.ts, blocks=list(blocks) or None
                ),
            )
        )

    def replace(self, message: Message) -> None:
        """Let `message` stand where the words were; raises what posting raises where even that fails."""
        self.stop()  # Slack takes no update of a message that still streams
        done = self._try(
            "update",
            lambda: self._place.client.chat_update(
                channel=self._place.channel, ts=self.ts, text=message.text, blocks=list(message.blocks)
            ),
        )
        if not done:
            self.remove()
            self._place.post(message)

    def remove(self) -> None:
        """Take the message away, so that nothing is said twice."""
        self.stop()
        self._try("delete", lambda: self._place.client.chat_delete(channel=self._place.channel, ts=self.ts))

    def _try(self, step: str, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except (SlackClientError, OSError, HTTPException) as error:
            code = error.response.get("error", "") if isinstance(error, SlackApiError) else ""
            log.info("no_stream", step=step, channel=self._place.channel, reason=type(error).__name__, code=code)
            return None
