"""What passes between the workspace and the app, told to whoever watches: nothing is kept here, nothing is written."""

import asyncio
import time

from bot.workspace.state import Json


class Wire:
    """Tells each watcher of every delivery, acknowledgement, Web API call and response URL as it happens.

    A watcher that comes late has missed what was before: this room remembers nothing, so that a message
    that was deleted is gone from here too.
    """

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[Json | None]] = set()

    @property
    def watched(self) -> bool:
        """True while someone looks."""
        return bool(self._watchers)

    def join(self) -> asyncio.Queue[Json | None]:
        """A queue of what passes from now on; `None` in it means the workspace stops."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._watchers.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json | None]) -> None:
        self._watchers.discard(queue)

    def tell(self, kind: str, **entry: object) -> None:
        """One thing that passed: `sent`, `acknowledged`, `call` or `response_url`."""
        for queue in self._watchers:
            queue.put_nowait({"kind": kind, "at": time.time(), **entry})

    def close(self) -> None:
        for queue in self._watchers:
            queue.put_nowait(None)
