"""The Bolt app: listeners registered, threads enough, and one place for errors."""

import logging
from collections.abc import Callable
from datetime import date
from urllib.error import URLError

from slack_bolt import App, BoltContext
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackClientError

from bot.errors import OperatorError
from bot.jobs.jobs import Jobs
from bot.settings import Settings
from bot.slack import mishaps, reception
from bot.slack.adding import Adding
from bot.slack.admins import Admins
from bot.slack.answering import Answering
from bot.slack.clients import web_client
from bot.slack.connection import told_to_operator
from bot.slack.copilot import Copilot
from bot.slack.desk import Desk
from bot.slack.listeners import (
    actions,
    commands,
    disputes,
    documents,
    facts,
    home,
    mentions,
    payers,
    shortcuts,
    splits,
    verifications,
    views,
)
from bot.slack.listeners import messages as direct
from bot.slack.reviewing import Reviewing
from bot.slack.verifying import Verifying

# Bolt's five threads are soon held by slow answers, and then nothing is acknowledged any more.
LISTENER_THREADS = 32


def build_app(copilot: Copilot, settings: Settings, jobs: Jobs, *, today: Callable[[], date] = date.today) -> App:
    """The app, its token checked with Slack, which hands its work to `jobs`.

    Raises OperatorError for a missing or refused bot token, UpstreamError when Slack is out of reach.
    """
    app = bolt_app(settings)
    app.use(_same_way_out(app))
    practice = practice_of(app)
    office = copilot.at(practice)
    adding, verifying = Adding(office, Admins(settings.admin_ids), today), Verifying(office, today)
    desk = Desk(office, Answering(office, today), Reviewing(office, today), verifying, adding, today)
    reception.register(app, desk, jobs, practice)
    rooms = (
        direct,
        mentions,
        commands,
        payers,
        shortcuts,
        actions,
        splits,
        disputes,
        views,
        verifications,
        documents,
        facts,
        home,
    )
    for room in rooms:
        room.register(app, desk)
    mishaps.register(app)
    return app


def practice_of(app: App) -> str:
    """The workspace that the bot's token belongs to: one token, one practice."""
    try:
        return str(app.client.auth_test()["team_id"])
    except (SlackClientError, URLError, OSError) as error:
        raise told_to_operator(error, "SLACK_BOT_TOKEN", app.client.base_url) from None


def bolt_app(settings: Settings) -> App:
    """An app with no listeners; raises as `build_app` does."""
    if settings.slack_bot_token is None:
        raise OperatorError("SLACK_BOT_TOKEN is not set: give the app's bot token (xoxb-...).")
    # Bolt and the client print whole payloads when they log at debug or find a request unhandled.
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(logging.CRITICAL)
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, logger)
    secret = settings.slack_signing_secret
    try:
        return App(
            client=client,
            logger=logger,
            signing_secret=secret.get_secret_value() if secret else "",
            listener_executor=reception.Threads(LISTENER_THREADS, thread_name_prefix="slack"),
            raise_error_for_unhandled_request=True,
        )
    except BoltError as error:
        refused = error.__context__ or error
        raise told_to_operator(_as_exception(refused), "SLACK_BOT_TOKEN", settings.slack_api_url) from None
    except (SlackClientError, URLError, OSError) as error:
        raise told_to_operator(error, "SLACK_BOT_TOKEN", settings.slack_api_url) from None


def _as_exception(error: BaseException) -> Exception:
    return error if isinstance(error, Exception) else BoltError(type(error).__name__)


def _same_way_out(app: App) -> Callable[..., None]:
    """Middleware: Bolt makes a client for each request, and that one reads the proxy settings anew."""

    def same_way_out(context: BoltContext, next: Callable[[], None]) -> None:
        context.client.proxy = app.client.proxy
        next()

    return same_way_out
