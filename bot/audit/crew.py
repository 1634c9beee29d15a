"""The work of one run on several cores: the same function over piece after piece, results in the order of the pieces.

Processes begin afresh (spawn): a forked copy of a program with threads may stand still for good. Each keeps one Reader
for as long as the run lasts.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

from bot.audit.reading import Reader

_Piece = TypeVar("_Piece")
_Done = TypeVar("_Done")

_reader = Reader()


class Crew:
    """`workers` processes, or this one alone where there is no more than one."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._reader = Reader()
        self._pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin) if workers > 1 else None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[Reader, _Piece], _Done], pieces: Iterable[_Piece]) -> Iterator[_Done]:
        """`work(reader, piece)` of each piece; few pieces are in hand at once, however many there are."""
        if not self._pool:
            yield from (work(self._reader, piece) for piece in pieces)
            return
        waiting: deque[Future[_Done]] = deque()
        for piece in pieces:
            waiting.append(self._pool.submit(_done, work, piece))
            if len(waiting) > 2 * self._workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _begin() -> None:
    # One thread a process: the processes share the cores among themselves.
    os.environ["RAYON_NUM_THREADS"] = "1"


def _done(work: Callable[[Reader, _Piece], _Done], piece: _Piece) -> _Done:
    return work(_reader, piece)
