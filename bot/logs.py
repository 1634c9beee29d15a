"""Logs that have no place for message text: a line is a known name and known fields of a bounded shape.

What is not known here is left out, and a value of another shape becomes its size: a caller's mistake costs a log field,
never a patient's privacy. What libraries log and what nobody caught is reduced to its kind and its place in the code.
"""

import io
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import PurePath
from typing import Any, TextIO, cast

import structlog

_Shape = re.Pattern[str]
Event = dict[str, Any]

_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}|HTTP \d{3}|")
_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,79}")
_PLACE = re.compile(r"[\w.<>-]{1,80}:\d{1,6}|")
_CHANNEL = re.compile(r"[CDGUW][A-Z0-9]{1,31}")
_TEAM = re.compile(r"[TE][A-Z0-9]{1,31}|")
_PEOPLE = re.compile(r"[SUW][A-Z0-9]{1,31}|")
_TIMESTAMP = re.compile(r"\d{1,12}\.\d{1,8}")
_ID = re.compile(r"(?=.*\d)[A-Za-z0-9:._-]{1,128}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_REFERENCE = re.compile(r"[0-9a-f]{6,32}")

# Counts, sizes and durations: numbers whatever their name; a string in their place becomes its size.
_NUMBER = re.compile(r"(?!)")

FIELDS: Mapping[str, _Shape] = {
    "act": _WORD,
    "already": _NUMBER,
    "audience": _WORD,
    "changed": _NUMBER,
    "channel": _CHANNEL,
    "check": _WORD,
    "code": _CODE,
    "copies": _NUMBER,
    "count": _NUMBER,
    "decisions": _WORD,
    "document": _ID,
    "drill": re.compile(r"[a-z-]{1,60}-\d"),
    "due": _NUMBER,
    "error": _TYPE,
    "first_words": _NUMBER,
    "group": _PEOPLE,
    "id": _ID,
    "judged": _WORD,
    "kind": re.compile(r"/?[a-z][a-z0-9_]{0,39}"),
    "kinds": _NUMBER,
    "library": _TYPE,
    "members": _NUMBER,
    "mode": _WORD,
    "month": _MONTH,
    "number": _NUMBER,
    "pages": _NUMBER,
    "passages": _NUMBER,
    "practice": _TEAM,
    "private": _NUMBER,
    "proposals": _NUMBER,
    "proposed": _WORD,
    "readiness": _WORD,
    "reason": _TYPE,
    "reference": _REFERENCE,
    "replica": re.compile(r"[\w.-]{1,100}"),
    "right": _NUMBER,
    "rows": _NUMBER,
    "seconds": _NUMBER,
    "size": _NUMBER,
    "step": _TYPE,
    "thread": _TIMESTAMP,
    "topic": _WORD,
    "user": _PEOPLE,
    "value": _WORD,
    "where": _PLACE,
}
"""Every field a log line may have, and the shape its strings have to have."""

_LARGEST = 10**12
_MOST = 50
_SAID_BY_US = ("event", "level", "timestamp")
_TALKATIVE = ("slack_bolt", "slack_sdk", "websockets", "httpx", "urllib3")


def only_known(_: Any, __: str, event: MutableMapping[str, Any]) -> Event:
    """A structlog processor: what is left of a line is fit to keep."""
    error = event.get("exc_info")
    kept: Event = {name: event[name] for name in _SAID_BY_US if name in event}
    kept["event"] = _fit(event.get("event"), _WORD)
    for name, value in event.items():
        if name in FIELDS:
            kept[name] = _fit(value, FIELDS[name])
    if error:
        caught = error if isinstance(error, BaseException) else sys.exc_info()[1]
        kept |= {"error": type(caught).__name__, "where": where(caught)} if caught else {}
    if unknown := len(set(event) - set(FIELDS) - {*_SAID_BY_US, "exc_info", "stack_info"}):
        kept["left_out"] = unknown
    return kept


def _fit(value: object, shape: _Shape) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < _LARGEST else "number"
    if isinstance(value, str):
        return str(value) if shape.fullmatch(value) else f"size {len(value)}"
    if isinstance(value, Mapping):
        return {str(_fit(name, _WORD)): _fit(count, _NUMBER) for name, count in list(value.items())[:_MOST]}
    if isinstance(value, list | tuple):
        return [_fit(one, shape) for one in value[:_MOST]]
    return type(value).__name__


def where(error: BaseException | None) -> str:
    """The line of code that raised it: "service.py:40"; empty where that is not known."""
    frames = traceback.extract_tb(error.__traceback__) if error else None
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def trail(error: BaseException) -> list[str]:
    """The way to the error, outermost first, as places in the code: no source, no value, no message."""
    return [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


class _Record(logging.LogRecord):
    """What a library logs, whichever handler it made for itself: its place in the code, and an error's type."""

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.failed = type(self.exc_info[1]).__name__ if self.exc_info and self.exc_info[1] else ""
        self.msg, self.args = "%s", (f"{self.filename}:{self.lineno}",)
        self.exc_info = self.exc_text = self.stack_info = None


class _ToStructlog(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say = structlog.get_logger("bot.logs")
        fields = {"library": record.name, "where": f"{record.filename}:{record.lineno}"}
        if failed := getattr(record, "failed", ""):
            fields["error"] = failed
        say.log(record.levelno, "library", **fields)


class _StandardError(io.TextIOBase):
    """Standard error as it is at each line: a stream that was kept could have been closed or replaced since."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


_STANDARD_ERROR = cast(TextIO, _StandardError())


def configure_logs(level: str, form: str = "plain") -> None:
    """Log on standard error from now on, as plain lines or as JSON; nothing prints a traceback any more."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(_STANDARD_ERROR),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_known,
            structlog.processors.JSONRenderer()
            if form == "json"
            else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
    )
    logging.setLogRecordFactory(_Record)
    logging.raiseExceptions = False  # a handler that fails would print the record and its arguments
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[_ToStructlog()], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    _catch_what_nobody_caught()


def _catch_what_nobody_caught() -> None:
    def say(event: str) -> Callable[[BaseException | None], None]:
        def told(error: BaseException | None) -> None:
            if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
                structlog.get_logger("bot.logs").error(event, error=type(error).__name__, where=where(error))

        return told

    uncaught, unraisable = say("uncaught"), say("unraisable")
    sys.excepthook = lambda _, error, __: uncaught(error)
    threading.excepthook = lambda caught: uncaught(caught.exc_value)
    sys.unraisablehook = lambda caught: unraisable(caught.exc_value)
    # A warning quotes the value that it warns of.
    warnings.showwarning = _warned


def _warned(  # noqa: PLR0913, PLR0917  # the hook's
    message: Warning | str,  # noqa: ARG001  # the names are the hook's
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    place = f"{PurePath(filename).name}:{lineno}"
    structlog.get_logger("bot.logs").info("warned", error=category.__name__, where=place)
