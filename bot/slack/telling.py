"""An answer told while it is made: the decision at once, each sentence when it has passed, the card around them."""

from collections.abc import Sequence
from datetime import date
from time import perf_counter

from bot.answers.models import Answer, Reply
from bot.slack.blocks.answer import answer_messages, card_beneath
from bot.slack.blocks.headline import decided_markdown
from bot.slack.blocks.sharing import with_share
from bot.slack.outlets import Outlet, Place, post_all
from bot.slack.stream import Stream


class Telling:
    """A Listener for one question at one outlet. Without a model it hears nothing, and the card is one post.

    Several payers show their decisions at once and their cards at the end, since a stream only grows at its foot.
    """

    def __init__(self, outlet: Outlet, share: str = "") -> None:
        """`share` is what the button that shares the answer carries; empty where there is none."""
        self._outlet = outlet
        self._share = share
        self._stream = Stream(outlet) if isinstance(outlet, Place) and outlet.streams else None
        self._before: tuple[Answer, ...] = ()
        self._said: list[str] = []
        self._started = perf_counter()
        self.first_words: float | None = None

    def decided(self, answers: Sequence[Answer]) -> None:
        self._before = tuple(answers)
        if self._stream and self._stream.start(decided_markdown(self._before)):
            self.first_words = round(perf_counter() - self._started, 3)

    def said(self, place: int, sentence: str) -> bool:  # noqa: ARG002  # the seam's; one answer has one place
        if self._stream is None or not self._stream.alive or len(self._before) > 1:
            return False
        # Shown is what Slack may have taken: an append whose answer got lost stands there too.
        self._said.append(sentence)
        self._stream.append(f"{' ' if len(self._said) > 1 else _GAP}{sentence}")
        return True

    def finish(self, reply: Reply, today: date) -> None:
        """Show the whole reply, in the message that is there already where there is one."""
        messages = with_share(answer_messages(reply, today, self._before), self._share)
        if self._stream is None or not self._stream.ts:
            post_all(self._outlet, messages)
            return
        if self._stream.whole:
            post_all(self._outlet, messages[1:])
            return
        beneath = card_beneath(reply, today, self._before, " ".join(self._said))
        if beneath is None or len(messages) > 1 or not self._stream.stop(beneath):
            self._stream.replace(messages[0])
            post_all(self._outlet, messages[1:])

    def abandon(self) -> None:
        """The answer failed: leave no beginning of it behind."""
        if self._stream and self._stream.ts:
            self._stream.remove()


_GAP = "\n\n"
