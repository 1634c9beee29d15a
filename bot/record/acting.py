"""On whose behalf this thread acts: set by a shell when something begins, read where an entry is made."""

import re
from collections import Counter
from contextvars import ContextVar
from dataclasses import dataclass, field

PROGRAM = "program"
UNNAMED = "unnamed"
_WHO = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@:-]{0,63}")
_CHANNEL = re.compile(r"[CDGUW][A-Z0-9]{1,31}")
_TIMESTAMP = re.compile(r"\d{1,12}\.\d{1,8}")
_WORK = re.compile(r"[A-Za-z0-9:._-]{1,128}")


@dataclass(frozen=True)
class Acting:
    """`who` is a Slack user id, an operating system's user at the command line, or the program by itself."""

    who: str = PROGRAM
    channel: str = ""
    thread: str = ""
    work: str = ""
    _made: Counter[str] = field(default_factory=Counter)

    def once(self, kind: str) -> str | None:
        """The name of this work's next entry of a kind, the same at every attempt; None outside durable work."""
        if not self.work:
            return None
        self._made[kind] += 1
        return f"{self.work}:{kind}:{self._made[kind]}"


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def act_as(who: str, *, channel: str = "", thread: str = "", work: str = "") -> None:
    """From here on this thread acts for `who`, until it is said anew. What has not an id's shape is left out."""
    _acting.set(
        Acting(
            who if _WHO.fullmatch(who) else UNNAMED,
            channel if _CHANNEL.fullmatch(channel) else "",
            thread if _TIMESTAMP.fullmatch(thread) else "",
            work if _WORK.fullmatch(work) else "",
        )
    )


def acting() -> Acting:
    return _acting.get() or Acting()
