"""How the app hears from Slack by a Socket Mode connection that it opens, and how a refused first call is told."""

import time
from urllib.error import URLError

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.errors import OperatorError, UpstreamError
from bot.observing import NOBODY, Delivery, DeliveryKind, DeliveryOutcome, Observer, taking
from bot.settings import Settings

log = structlog.get_logger("bot.slack")

# Three missed pings of ten seconds: a socket that only looks healthy (auth.test answers while it is deaf).
DEAF_AFTER_SECONDS = 35.0
REFUSED = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type")


class _Hearing(ConnectionState):
    """Whether to go on hearing from a session: until another has taken its place, or the client is closed.

    The SDK sets a flag on whichever state is the newest. A thread that began with a session at that moment may look
    at an older one: it would listen to a dead session for ever, deaf to the next, and a stop would wait for it.
    """

    def __init__(self, client: SocketModeClient) -> None:
        self._client, self._session, self._ended = client, client.current_session, False

    @property
    def terminated(self) -> bool:
        return self._ended or self._client.closed or self._client.current_session is not self._session

    @terminated.setter
    def terminated(self, ended: bool) -> None:
        self._ended = ended


class Socket(SocketModeHandler):
    """A Socket Mode connection that knows when it last heard from Slack, and tells an observer what it hears."""

    observer: Observer = NOBODY

    def __init__(self, app: App, token: str) -> None:
        super().__init__(app, token)
        runner = self.client.current_session_runner
        run = runner.target

        def hear() -> None:
            self.client.current_session_state = _Hearing(self.client)
            run()

        runner.target = hear

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """As Bolt's own, watched; what is not formed as Slack forms it is acknowledged too, or it would come again."""
        started = time.time()
        delivery = Delivery(_SOCKET_KINDS.get(req.type, DeliveryKind.OTHER))
        with self.observer.watch(delivery), taking(delivery):
            try:
                answer = run_bolt_app(self.app, req)
                send_response(client, req, answer, started)
            except Exception as error:
                malformed(error)
                client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
                delivery.outcome = DeliveryOutcome.REFUSED
                return
            delivery.outcome = outcome_of(answer)

    def silent_for(self) -> float | None:
        """Seconds since the last ping or pong, idle or not; None before the first."""
        session = self.client.current_session
        heard = session.last_ping_pong_time if session else None
        return None if heard is None else max(0.0, time.time() - heard)

    def is_healthy(self) -> bool:
        """Connected, and not deaf."""
        silent = self.silent_for()
        return self.client.is_connected() and (silent is None or silent < DEAF_AFTER_SECONDS)


def malformed(error: Exception) -> None:
    """Bolt itself trips over what is not formed as Slack forms it. The error's words may be the delivery's."""
    log.error("malformed", error=type(error).__name__)


_SOCKET_KINDS = {
    "events_api": DeliveryKind.EVENT,
    "slash_commands": DeliveryKind.COMMAND,
    "interactive": DeliveryKind.INTERACTION,
}


def outcome_of(answer: BoltResponse) -> DeliveryOutcome:
    """What came of a delivery that was answered so."""
    if answer.status < 400:
        return DeliveryOutcome.ACKNOWLEDGED
    return DeliveryOutcome.REFUSED if answer.status in (400, 401, 413) else DeliveryOutcome.NOT_ACKNOWLEDGED


def join_socket(app: App, settings: Settings, observer: Observer = NOBODY) -> Socket:
    """Connect to Slack; raises OperatorError for a refused token and UpstreamError when Slack is out of reach."""
    if settings.slack_app_token is None:
        raise OperatorError("SLACK_APP_TOKEN is not set: Socket Mode needs an app-level token (xapp-...).")
    token = settings.slack_app_token.get_secret_value()
    url = open_socket_address(app, token)
    handler = Socket(app, token)
    handler.observer = observer
    # Already issued above, where a refusal is worded for the operator.
    handler.client.wss_uri = url
    handler.client.proxy = app.client.proxy
    try:
        handler.connect()  # type: ignore[no-untyped-call]  # Bolt gives it no types
    except (SlackClientError, OSError) as error:
        handler.close()  # type: ignore[no-untyped-call]
        raise UpstreamError(f"Slack's socket could not be opened ({type(error).__name__}): try again.") from None
    return handler


def open_socket_address(app: App, token: str) -> str:
    try:
        return str(app.client.apps_connections_open(app_token=token)["url"])
    except (SlackApiError, URLError, OSError) as error:
        raise told_to_operator(error, "SLACK_APP_TOKEN", app.client.base_url) from None


def told_to_operator(error: Exception, setting: str, api_url: str) -> OperatorError | UpstreamError:
    """A failed first call in one line: a refused token is the operator's, the rest is upstream."""
    if isinstance(error, SlackApiError):
        code = error.response.get("error") or f"HTTP {error.response.status_code}"
        if code in REFUSED:
            return OperatorError(f"{setting} was refused by Slack ({code}): check the token in the app's settings.")
        if code == "missing_scope":
            return OperatorError(f"{setting} lacks a scope ({error.response.get('needed')}): see docs/slack.md.")
        return UpstreamError(f"Slack at {api_url} answered {code}: try again.")
    return UpstreamError(f"Slack at {api_url} cannot be reached: check SLACK_API_URL and the network.")
