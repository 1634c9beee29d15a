"""Whether Slack said no, or is not there: the one is told, the other is waited for."""

import errno
from http.client import HTTPException
from ssl import SSLError
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.errors import AwayError, CopilotError
from bot.storage.database import DATABASE_AWAY

# "Errors" of the Web API's methods that pass by themselves.
_PASSING = (
    "fatal_error",
    "internal_error",
    "ratelimited",
    "rate_limited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
)


# A connection that fails, whichever library says so, and a database that is not there.
_PASSING_ERRORS = (AwayError, URLError, TimeoutError, ConnectionError, SSLError, HTTPException, *DATABASE_AWAY)
_PASSING_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EHOSTUNREACH, errno.ENETUNREACH)


def is_outage(error: BaseException) -> bool:
    """True where the same call may well work in a while."""
    if isinstance(error, SlackApiError):
        return _code(error) in _PASSING or _status(error) >= 500 or _status(error) == 429
    if isinstance(error, OSError) and error.errno in _PASSING_ERRNOS:
        return True
    return isinstance(error, _PASSING_ERRORS)


def deserves_another_try(error: BaseException) -> bool:
    """True for outages, and for what nobody foresaw; what our own errors and Slack's refusals say stays true."""
    return is_outage(error) or not isinstance(error, CopilotError | SlackApiError)


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))


def _status(error: SlackApiError) -> int:
    """A reply that is no JSON comes as a plain mapping, any other as a SlackResponse."""
    response: Any = error.response
    status = response.get("status") if isinstance(response, dict) else response.status_code
    return int(status or 200)
