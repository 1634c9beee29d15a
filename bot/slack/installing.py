"""One program for many workspaces: each installs the app over Slack's OAuth v2 and is served with its own token."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import structlog
from slack_bolt import BoltContext, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.settings import Settings
from bot.slack.clients import web_client
from bot.slack.installations import Installations

log = structlog.get_logger("bot.slack")

# The same as deploy/slack-manifest.yaml, which a wheel does not carry; a test holds the two together.
SCOPES = (
    *("app_mentions:read", "assistant:write", "channels:history", "groups:history", "chat:write", "commands"),
    *("files:read", "files:write", "im:history", "im:write", "reactions:write", "usergroups:read", "users:read"),
)
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
_STATE_SECONDS = 600


@dataclass(frozen=True)
class Installed:
    """All workspaces that installed the app."""

    installations: Installations
    like: WebClient

    def ids(self) -> Sequence[str]:
        return self.installations.practices()

    def client(self, practice: str) -> WebClient | None:
        bot = self.installations.bot_of(practice)
        return web_client(str(bot.bot_token), self.like.base_url, self.like._logger) if bot else None


class Flow(OAuthFlow):
    """Bolt's flow, which keeps no token of a workspace that is not on the list."""

    allowed: Collection[str] = ()

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Raises BoltError, which Bolt's page tells, for a workspace that is not to be served."""
        named = {installation.team_id, installation.enterprise_id}
        if not installation.team_id or (self.allowed and not named.intersection(self.allowed)):
            log.warning("installation_refused", practice=installation.team_id or installation.enterprise_id)
            try:
                self.client.auth_revoke(token=installation.bot_token)
            except (SlackClientError, OSError) as error:
                log.warning("token_not_revoked", error=type(error).__name__)
            raise BoltError("This workspace is not one that this copilot serves: see ALLOWED_TEAMS.")
        super().store_installation(request, installation)


class _Stored(Authorize):
    """The token of the workspace that a delivery is for, with no call to Slack: an outage loses no delivery."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    def __call__(  # noqa: PLR0913  # Bolt's own, of which the team alone counts
        self,
        *,
        context: BoltContext,  # noqa: ARG002
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult | None:
        bot = self._installations.bot_of(team_id or "")
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token,
            bot_scopes=list(bot.bot_scopes),
        )


def oauth_flow(settings: Settings, installations: Installations, client: WebClient) -> Flow:
    """The pages at /slack/install and /slack/oauth_redirect, and the tokens they bring."""
    assert settings.slack_client_secret
    states = SQLAlchemyOAuthStateStore(_STATE_SECONDS, installations.engine, client._logger)
    oauth = OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=SCOPES,
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
        state_expiration_seconds=_STATE_SECONDS,
        logger=client._logger,
    )
    oauth.authorize = _Stored(installations)
    flow = Flow(client=client, logger=client._logger, settings=oauth)
    flow.allowed = settings.allowed_team_ids
    return flow
