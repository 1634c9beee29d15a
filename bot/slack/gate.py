"""The gate: which workspace a delivery is for, and whether its sender is served there and may do what it asks.

Everything passes here, and work that was stored passes again when it is done: a role may be lost meanwhile.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import structlog
from slack_bolt import BoltContext, BoltResponse

from bot.errors import UserError
from bot.jobs.work import current_work
from bot.slack import mishaps
from bot.slack.acting import act_for
from bot.slack.acts import act_of, would_record
from bot.slack.blocks.menu import person_instead
from bot.slack.desk import Desk, Desks
from bot.slack.intake import read_slack_text
from bot.slack.practices import Practices
from bot.slack.roles import Act
from bot.slack.staff import Staff
from bot.storage.database import DATABASE_AWAY

log = structlog.get_logger("bot.slack")

Body = Mapping[str, Any]
NOT_OURS = "I answer only to people of the practice that installed me: ask your own practice's admin."
SHARED = "People of another company read along here: ask me in a direct message."
_OF_THE_APP = ("app_uninstalled", "tokens_revoked")


class Gate:
    """Global middleware; hands on the practice's desk as `desk` and its id as `practice`."""

    def __init__(self, practices: Practices, desks: Desks, staff: Staff, allowed: Collection[str]) -> None:
        self._practices = practices
        self._desks = desks
        self._staff = staff
        self._allowed = frozenset(allowed)
        self._noted: set[tuple[str, str]] = set()

    def __call__(self, body: dict[str, Any], context: BoltContext, next: Callable[[], None]) -> BoltResponse | None:
        act_for(body)
        event = body.get("event") or {}
        if event.get("type") in _OF_THE_APP:
            next()
            return None
        practice = str(context.team_id or context.enterprise_id or "")
        if not self._serves(practice, context):
            log.warning("workspace_refused", practice=practice)
            return BoltResponse(status=200)
        context["practice"], context["desk"] = practice, self._desks.at(practice)
        context["roles"] = partial(self._staff.roles, context.client, practice, str(context.user_id))
        self._note_outsiders(body, event, context)
        # Of a message it is not known yet whether it is for us: its sender is looked at when it is worked on.
        if event.get("type") not in ("message", "app_mention") or current_work() is not None:
            try:
                self._check(body, practice, context)
            except UserError as refused:
                return _refuse(refused, body, context)
        next()
        return None

    def _note_outsiders(self, body: Body, event: Body, context: BoltContext) -> None:
        """A press on a button does not tell that a channel is shared with another company; its messages do."""
        channel = str(event.get("channel") or "")
        key = (context["practice"], channel)
        if not body.get("is_ext_shared_channel") or not channel or channel.startswith("D") or key in self._noted:
            return
        try:
            context["desk"].office.channels.note_outsiders(channel)
        except DATABASE_AWAY as error:  # the next message tells it again
            log.warning("outsiders_not_noted", channel=channel, error=type(error).__name__)
            return
        self._noted.add(key)

    def _serves(self, practice: str, context: BoltContext) -> bool:
        named = not self._allowed or not self._allowed.isdisjoint({practice, str(context.enterprise_id)})
        return named and self._practices.client(practice) is not None

    def _check(self, body: Body, practice: str, context: BoltContext) -> None:
        """Raises UserError for who is not served here, or may not do this."""
        event = body.get("event") or {}
        if home_of(body) - {practice, str(context.enterprise_id)}:
            log.warning("stranger_refused", practice=practice, user=context.user_id)
            raise UserError(NOT_OURS)
        if body.get("is_ext_shared_channel") and event.get("channel_type") != "im":
            raise UserError(SHARED)
        act = act_of(body)
        if act is Act.REVIEW and _answers_a_drill(context["desk"], event):
            act = Act.LEARN
        if act is None:
            raise UserError("That button is from another version of mine: ask again.")
        why_not = self._staff.why_not(context.client, practice, str(context.user_id), act)
        if why_not:
            log.info("role_refused", practice=practice, user=context.user_id, act=act.value)
            desk: Desk = context["desk"]
            desk.office.recorder.refused(act.value)
            raise UserError(why_not)


def _answers_a_drill(desk: Desk, event: Body) -> bool:
    """Whether what reads like a note is the sentence that a drill of the course asked for: learners write those."""
    return bool(event) and bool(desk.teaching.awaited(event, read_slack_text(str(event.get("text") or ""))))


def home_of(body: Body) -> set[str]:
    """The workspaces (or organisations) that the delivery says its sender belongs to."""
    event, user = body.get("event") or {}, body.get("user")
    told = [event.get("user_team"), event.get("source_team"), event.get("team")]
    if isinstance(user, Mapping):
        told.append(user.get("team_id"))
    if body.get("command"):
        told.append(body.get("team_id"))
    return {str(team) for team in told if team}


def _refuse(refused: UserError, body: Body, context: BoltContext) -> BoltResponse:
    """Tell whoever waits, but for what was said among people without a mention."""
    event = body.get("event") or {}
    work = current_work()
    if work is not None:
        work.reopens = True
    if event.get("type") != "message" or event.get("channel_type") == "im":
        # The button stands under answers that many read, whoever of them may press it.
        instead = would_record(body) and context["desk"].lead
        shown = (body.get("message") or {}).get("blocks") or ()
        mishaps.tell(refused, body, context.client, beneath=person_instead(shown) if instead else ())
    return BoltResponse(status=200)
