"""Who has which role: named in the settings by person or user group, or an admin of the workspace in Slack."""

import time
from collections.abc import Callable, Iterable
from threading import Lock

import structlog
from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.settings import Settings
from bot.slack.outage import is_outage
from bot.slack.roles import Act, Role, is_open, may, refusal

log = structlog.get_logger("bot.slack")

KEPT_SECONDS = 300.0
"""How long a look-up in Slack holds: a person taken out of a group keeps its role no longer than this."""


def may_record(context: BoltContext) -> bool:
    """Whether the sender may record what a payer said; yes where Slack does not tell: the press is checked too."""
    try:
        return may(context["roles"](), Act.VERIFY)
    except (SlackClientError, OSError) as error:
        log.info("role_not_seen", reason=type(error).__name__)
        return True


class Staff:
    """Looks up no more than an act needs; what Slack said is kept for five minutes, by workspace."""

    def __init__(self, settings: Settings, now: Callable[[], float] = time.monotonic) -> None:
        self._named = {Role(role): frozenset(ids) for role, ids in settings.roles.items()}
        self._default = Role(settings.default_role) if settings.default_role != "none" else None
        self._now = now
        self._lock = Lock()
        self._groups: dict[tuple[str, str], tuple[float, frozenset[str]]] = {}
        self._admins: dict[tuple[str, str], tuple[float, bool]] = {}

    def why_not(self, client: WebClient, practice: str, user: str, act: Act) -> str:
        """One line for who may not do it, empty for who may; raises what an outage of Slack raises."""
        if is_open(act) and self._default:
            return ""
        roles = self._roles(client, practice, user)
        if may(roles, act) or self._is_slack_admin(client, practice, user):
            return ""
        return refusal(roles, act)

    def roles(self, client: WebClient, practice: str, user: str) -> frozenset[Role]:
        """Every role of a person, an admin of the workspace being one; raises what an outage of Slack raises."""
        held = self._roles(client, practice, user)
        return held | {Role.ADMIN} if self._is_slack_admin(client, practice, user) else held

    def _roles(self, client: WebClient, practice: str, user: str) -> frozenset[Role]:
        held = frozenset(
            role for role, ids in self._named.items() if user in ids or self._in_group(client, practice, user, ids)
        )
        return held or frozenset({self._default} if self._default else ())

    def _in_group(self, client: WebClient, practice: str, user: str, ids: Iterable[str]) -> bool:
        return any(user in self._members(client, practice, group) for group in ids if group.startswith("S"))

    def _members(self, client: WebClient, practice: str, group: str) -> frozenset[str]:
        """The group's people; nobody where this workspace has no such group or does not let us see it."""
        with self._lock:
            at, known = self._groups.get((practice, group), (float("-inf"), frozenset()))
        if self._now() - at < KEPT_SECONDS:
            return known
        try:
            found = frozenset(client.usergroups_users_list(usergroup=group)["users"])
        except SlackApiError as error:
            if is_outage(error):
                raise
            log.warning("group_not_seen", practice=practice, group=group, code=error.response.get("error", ""))
            found = frozenset()
        with self._lock:
            self._groups[practice, group] = self._now(), found
        return found

    def _is_slack_admin(self, client: WebClient, practice: str, user: str) -> bool:
        """True for an admin or owner. Without the scope users:read only those in ADMINS are known."""
        with self._lock:
            at, known = self._admins.get((practice, user), (float("-inf"), False))
        if self._now() - at < KEPT_SECONDS:
            return known
        try:
            person = client.users_info(user=user)["user"]
        except SlackApiError as error:
            if error.response.get("error") not in ("missing_scope", "user_not_found", "user_not_visible"):
                raise
            person = {}
        found = bool(person.get("is_admin") or person.get("is_owner")) and not person.get("deleted")
        with self._lock:
            self._admins[practice, user] = self._now(), found
        return found
