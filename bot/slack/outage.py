"""Whether Slack said no, or is not there: the one is told, the other is waited for."""

from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import AwayError, CopilotError

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


def is_outage(error: BaseException) -> bool:
    """True where the same call may well work in a while."""
    if isinstance(error, SlackApiError):
        return _code(error) in _PASSING or _status(error) >= 500 or _status(error) == 429
    # URLError, timeouts and cut connections are OSErrors or HTTPExceptions; a database's own outage passes too.
    return isinstance(error, AwayError | OSError | HTTPException | SQLAlchemyError)


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
