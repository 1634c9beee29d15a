"""One call to a provider: bounded in time, its failure sorted, and whether another try makes sense.

A provider's exception may quote the request or the reply. So nothing of it leaves this file but its kind, an
HTTP status and, for the model itself, the names of the fields that did not fit.
"""

import json
import queue
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from time import monotonic, sleep, time
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.llm.structured import ModelUnavailable

T = TypeVar("T")


class Failure(Enum):
    """Why there is no usable reply; the value words it for a person."""

    FORM = "replied in a form that cannot be used"
    REFUSAL = "declined to answer"
    TIMEOUT = "did not answer in time"
    NETWORK = "cannot be reached"
    RATE = "is over its rate limit"
    SERVER = "has a fault on its side"
    KEY = "refused the key: check the provider's key variable"
    UNKNOWN_MODEL = "is not known to the provider: check LLM_MODEL"
    REQUEST = "refused the request"
    OTHER = "failed"


_TRANSIENT = {Failure.NETWORK, Failure.RATE, Failure.SERVER, Failure.TIMEOUT}
_BY_STATUS = {
    401: Failure.KEY,
    403: Failure.KEY,
    404: Failure.UNKNOWN_MODEL,
    408: Failure.TIMEOUT,
    429: Failure.RATE,
}
# Class names anywhere in an exception's family: LangChain's own (ModelError's children), then those of SDKs and
# transports that its integrations let through. None of them is imported here.
_BY_NAME: tuple[tuple[Failure, set[str]], ...] = (
    (Failure.REFUSAL, {"OpenAIRefusalError", "ContentFilterFinishReasonError"}),
    (Failure.FORM, {"ValidationError", "JSONDecodeError", "OutputParserException", "LengthFinishReasonError"}),
    (Failure.KEY, {"ModelAuthenticationError", "ModelPermissionDeniedError"}),
    (Failure.UNKNOWN_MODEL, {"ModelNotFoundError"}),
    (Failure.REQUEST, {"ModelInvalidRequestError", "ContextOverflowError"}),
    (Failure.TIMEOUT, {"ModelTimeoutError", "APITimeoutError", "TimeoutException", "TimeoutError", "ReadTimeoutError"}),
    (Failure.RATE, {"ModelRateLimitError", "ThrottlingException", "ResourceExhausted"}),
    (Failure.SERVER, {"ModelAPIError", "InternalServerError", "ServiceUnavailable"}),
    (Failure.NETWORK, {"ModelConnectionError", "APIConnectionError", "TransportError", "ConnectionError"}),
)
_CUT = frozenset({"max_tokens", "length", "MAX_TOKENS"})
_TOO_LONG = "it was cut at its longest: quote and say less."
# Seconds between two tries, at most; tests shorten it.
LONGEST_PAUSE = 8.0


@dataclass(frozen=True)
class Trouble:
    """A failed call. `kind` is an exception's class, `feedback` is for the model alone, `own_words` a line of ours."""

    failure: Failure
    status: int | None = None
    retry_after: float | None = None
    kind: str = ""
    feedback: str = "it was not the JSON that was asked for."
    own_words: str = ""

    @property
    def transient(self) -> bool:
        return self.failure in _TRANSIENT

    def sentence(self, model: str) -> str:
        """One line for a person, with nothing of the prompt or the reply in it."""
        if self.own_words:
            return self.own_words
        detail = f"HTTP {self.status}" if self.status else self.kind
        return f"The model {model} {self.failure.value}{f' ({detail})' if detail else ''}."


def within(seconds: float, call: Callable[[], T | Trouble]) -> T | Trouble:
    """Run `call` in a thread of its own and wait `seconds` at most; every exception becomes a Trouble.

    A provider's own timeout counts the gaps between bytes, so a dripping reply could hold us for ever. The
    thread is a daemon: one that is left behind ends with its connection and never keeps the process alive.
    """
    box: queue.SimpleQueue[T | Trouble] = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put(call())
        except Exception as error:
            box.put(classify(error))

    threading.Thread(target=run, name="model-call", daemon=True).start()
    try:
        return box.get(timeout=seconds)
    except queue.Empty:
        return Trouble(Failure.TIMEOUT)


def classify(error: BaseException | None, raw: Any = None) -> Trouble:
    """Sort an exception, or a reply that gave no object, by what can be done about it."""
    if error is None or raw is not None:
        return _sort_reply(error, raw)
    if isinstance(error, ModelUnavailable):
        return Trouble(Failure.OTHER, own_words=str(error))
    status = _status(error)
    if status in _BY_STATUS or (status is not None and status >= 400):
        by_range = Failure.SERVER if status >= 500 else Failure.REQUEST
        return Trouble(_BY_STATUS.get(status, by_range), status, _retry_after(error))
    failure = _by_name(error)
    if failure is Failure.FORM:
        cut = any(cls.__name__ == "LengthFinishReasonError" for cls in type(error).__mro__)
        return Trouble(failure, feedback=_TOO_LONG if cut else _feedback(error))
    return Trouble(failure, kind=type(error).__name__ if failure is Failure.OTHER else "")


def pause_before_retry(trouble: Trouble, tried: int, deadline: float) -> bool:
    """Sleep with full jitter, or as long as the provider asks and a little more; False where the deadline is before."""
    jitter = random.uniform(0, min(LONGEST_PAUSE, 0.5 * 2**tried))  # noqa: S311  # spreads load, guards nothing
    # Those told to come back at one time would all come back at one time.
    wait = jitter if trouble.retry_after is None else trouble.retry_after + jitter / 2
    if monotonic() + wait >= deadline:
        return False
    sleep(wait)
    return True


def whole(raw: Any) -> bool:
    """False for a reply that was cut: LangChain closes open brackets itself, and half a sentence can mislead."""
    if _stop_reason(raw) in _CUT:
        return False
    if getattr(raw, "tool_calls", None):
        return True
    text = str(getattr(raw, "text", "")).strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _stop_reason(raw: Any) -> str:
    meta = getattr(raw, "response_metadata", None) or {}
    return str(meta.get("stop_reason") or meta.get("finish_reason") or "")


def _sort_reply(error: BaseException | None, raw: Any) -> Trouble:
    """The reply came and holds no object: a refusal says so in its own fields, all else is a wrong form."""
    extra = getattr(raw, "additional_kwargs", None) or {}
    if extra.get("refusal") or _stop_reason(raw) in {"refusal", "content_filter"}:
        return Trouble(Failure.REFUSAL)
    if _stop_reason(raw) in _CUT:
        return Trouble(Failure.FORM, feedback=_TOO_LONG)
    return Trouble(Failure.FORM, feedback=_feedback(error))


def _feedback(error: BaseException | None) -> str:
    """Which fields did not fit and why, without their values; LangChain wraps pydantic's error in its own."""
    seen = error
    while seen is not None and not isinstance(seen, ValidationError):
        seen = seen.__cause__ or seen.__context__
    if seen is None:
        return Trouble.feedback
    details = seen.errors(include_input=False, include_url=False, include_context=False)[:5]
    return "; ".join(f"{'.'.join(map(str, item['loc'])) or 'reply'}: {item['msg']}" for item in details) + "."


def _by_name(error: BaseException) -> Failure:
    names = {cls.__name__ for cls in type(error).__mro__}
    for failure, known in _BY_NAME:
        if names & known:
            return failure
    return Failure.OTHER


def _status(error: BaseException) -> int | None:
    response = getattr(error, "response", None)
    for value in (getattr(error, "status_code", None), getattr(response, "status_code", None)):
        if isinstance(value, int):
            return value
    return None


def _retry_after(error: BaseException) -> float | None:
    """Seconds, from milliseconds, seconds or a date, as providers write it."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) / unit)
        except (KeyError, TypeError, ValueError):
            continue
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time())
    except (KeyError, TypeError, ValueError):
        return None
