"""A reply heard piece by piece: the provider streams in a thread of its own, the listener hears in the caller's.

So a listener never runs after its call has ended, whatever a slow provider still sends.
"""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.llm.attempts import Failure, Trouble, classify, whole
from bot.llm.structured import Ear

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True)
class _Piece:
    text: str


def heard(seconds: float, stream: Callable[[], Iterator[Any]], schema: type[M], ear: Ear) -> M | Trouble:
    """Play the messages of `stream` to `ear` as they come; the object they make up, or why there is none.

    `seconds` bound the whole reply. The thread is a daemon, as in `attempts.within`; left behind, it stops at the
    next piece and closes its connection.
    """
    box: queue.SimpleQueue[_Piece | M | Trouble] = queue.SimpleQueue()
    left = threading.Event()

    def run() -> None:
        try:
            box.put(_play(stream(), schema, lambda text: box.put(_Piece(text)), left))
        except Exception as error:
            box.put(classify(error))

    threading.Thread(target=run, name="model-stream", daemon=True).start()
    deadline = monotonic() + seconds
    ear.begin()
    while True:
        try:
            got = box.get(timeout=max(0.0, deadline - monotonic()))
        except queue.Empty:
            left.set()
            return Trouble(Failure.TIMEOUT)
        if not isinstance(got, _Piece):
            return got
        ear.hear(got.text)


def _play(messages: Iterator[Any], schema: type[M], say: Callable[[str], None], left: threading.Event) -> M | Trouble:
    raw: Any = None
    said: list[str] = []
    for message in messages:
        if left.is_set():
            close = getattr(messages, "close", None)
            if close:
                close()
            break
        raw = message if raw is None else raw + message
        piece = _text(message)
        if piece:
            said.append(piece)
            say(piece)
    try:
        parsed = schema.model_validate(json.loads(_bare("".join(said))))
    except (ValueError, ValidationError) as error:
        return classify(error, raw)
    return parsed if whole(raw) else classify(None, raw)


def _text(message: Any) -> str:
    """The JSON in a piece: its text, or the arguments of the tool call by which some providers give an object."""
    calls = getattr(message, "tool_call_chunks", None) or ()
    return "".join(str(call.get("args") or "") for call in calls) or str(getattr(message, "text", ""))


def _bare(text: str) -> str:
    return text.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
