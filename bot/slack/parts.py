"""The parts of a reply, each said once, over outages and crashes.

What a part of durable work says is recorded when Slack has taken it. A part that was on its way when the process died
is looked for in Slack before it is said again: it carries the work's id as message metadata.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.jobs.insist import insist
from bot.jobs.work import Work, current_work
from bot.slack.outage import is_outage

EVENT_TYPE = "copilot_work"


@dataclass(frozen=True)
class Mark:
    """Which part of which work a message is; of no work where it was said while somebody waited."""

    work: str = ""
    part: int = 0

    def metadata(self) -> dict[str, Any]:
        return {"event_type": EVENT_TYPE, "event_payload": {"work": self.work, "part": self.part}}


def mark_of(message: dict[str, Any]) -> Mark | None:
    """The mark on one of our messages; None on a stream that was never ended, and on what is not ours."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    payload = metadata.get("event_payload") or {}
    return Mark(str(payload.get("work", "")), int(payload.get("part", 0)))


def _not_looked_for(_: Mark, __: Work) -> str | None:
    return None


def _left_there(_: str) -> None:
    return None


def say_once(
    send: Callable[[Mark], str],
    find: Callable[[Mark, Work], str | None] = _not_looked_for,
    clear: Callable[[str], None] = _left_there,
    number: int | None = None,
) -> str:
    """Say one part and return its ts; outside of durable work it is simply said.

    `find` gives the ts of a part that Slack has already, and `clear` takes away a beginning of it. A part that cannot
    be looked for is said again after a crash at the wrong moment: twice rather than never. `number` names a part that
    was begun before, else it is the work's next.
    """
    work = current_work()
    if work is None:
        return send(Mark())
    number = work.number() if number is None else number
    before = work.part(number) if work.resumed else None
    if before and before.finished:
        return before.ts
    if before:
        clear(before.ts)
    mark = Mark(work.id, number)

    def attempt() -> str:
        found = find(mark, work) if work.resumed else None
        # From here on a failure may be one of the reply alone: the message may stand there.
        work.resumed = True
        return send(mark) if found is None else found

    resumed = work.resumed
    ts = insist(attempt, is_outage, work.stopping, work.ends_at)
    work.resumed = resumed
    work.said(number, ts)
    return ts
