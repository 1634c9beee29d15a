"""What is done while Slack waits, and so is no durable work: opening a modal, answering in one."""

from collections.abc import Callable

from slack_bolt import BoltContext

_KEY = "on_the_spot"


def on_the_spot(context: BoltContext, next: Callable[[], None] = lambda: None) -> None:
    """Listener middleware, or a call before `ack`: what follows is done at once, on this thread."""
    context[_KEY] = True
    next()


def is_on_the_spot(context: BoltContext) -> bool:
    return bool(context.get(_KEY))
