"""Changes on their way to the open pages: each page is one person's, and gets only what that person may see."""

import asyncio

from bot.workspace.state import Json


class Live:
    """Fans each change out to the pages of those concerned."""

    def __init__(self) -> None:
        self._pages: dict[asyncio.Queue[Json | None], str] = {}

    def join(self, user_id: str) -> asyncio.Queue[Json | None]:
        """A queue of changes for one page of this person; `None` in it means the workspace stops."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._pages[queue] = user_id
        return queue

    def leave(self, queue: asyncio.Queue[Json | None]) -> None:
        self._pages.pop(queue, None)

    def announce(self, kind: str, only: str | None = None, **change: object) -> None:
        """Tell every page, or the pages of one person."""
        for queue, user_id in self._pages.items():
            if only in (None, user_id):
                queue.put_nowait({"kind": kind, **change})

    def close(self) -> None:
        for queue in self._pages:
            queue.put_nowait(None)
