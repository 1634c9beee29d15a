"""Who may change what the whole practice reads: the workspace's admins and owners, and those named in ADMINS."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError

NO_ADMIN = "Only an admin of this workspace can do that: ask one to send me the file."


class Admins:
    """Asks Slack each time: who was an admin yesterday may be none today."""

    def __init__(self, named: tuple[str, ...] = ()) -> None:
        self._named = frozenset(named)

    def includes(self, client: WebClient, user: str) -> bool:
        """True for an admin or owner. Without the scope users:read only those in ADMINS are known."""
        if user in self._named:
            return True
        try:
            found = client.users_info(user=user)["user"]
        except SlackApiError as error:
            if error.response["error"] in ("missing_scope", "user_not_found", "user_not_visible"):
                return False
            raise
        return bool(found.get("is_admin") or found.get("is_owner")) and not found.get("deleted")

    def require(self, client: WebClient, user: str) -> None:
        """Raises UserError for anybody else."""
        if not self.includes(client, user):
            raise UserError(NO_ADMIN)
