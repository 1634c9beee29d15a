"""The Bolt app: listeners registered, threads enough, and one place for errors."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.error import URLError

from slack_bolt import App, BoltContext
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackClientError

from bot import __version__
from bot.errors import OperatorError
from bot.jobs.jobs import Jobs
from bot.settings import Settings
from bot.slack import mishaps, reception
from bot.slack.adding import Adding
from bot.slack.answering import Answering
from bot.slack.clients import for_request, is_loopback, web_client
from bot.slack.connection import told_to_operator
from bot.slack.copilot import Copilot, Office
from bot.slack.desk import Desk, Desks
from bot.slack.gate import Gate
from bot.slack.http_door import Doorkeeper
from bot.slack.installations import Installations
from bot.slack.installing import Installed, oauth_flow
from bot.slack.listeners import (
    actions,
    audit,
    channels,
    commands,
    course,
    disputes,
    documents,
    facts,
    home,
    mentions,
    payers,
    persons,
    shortcuts,
    splits,
    thumbs,
    verifications,
    views,
)
from bot.slack.listeners import messages as direct
from bot.slack.practices import OnePractice, Practices
from bot.slack.reviewing import Reviewing
from bot.slack.screening import Screening
from bot.slack.staff import Staff
from bot.slack.teaching import Teaching
from bot.slack.verifying import Verifying

# Bolt's five threads are soon held by slow answers, and then nothing is acknowledged any more.
LISTENER_THREADS = 32


@dataclass(frozen=True)
class Bot:
    """The app, and the workspaces it serves."""

    app: App
    practices: Practices


def build_app(  # noqa: PLR0913  # the parts that differ between tests, Socket Mode, HTTP and many workspaces
    copilot: Copilot,
    settings: Settings,
    jobs: Jobs,
    *,
    today: Callable[[], date] = date.today,
    doorkeeper: Doorkeeper | None = None,
    installations: Installations | None = None,
) -> Bot:
    """The app, its token checked with Slack, which hands its work to `jobs`; HTTP delivery needs a `doorkeeper`.

    With `installations` it serves every workspace there, else the one of SLACK_BOT_TOKEN.

    Raises OperatorError for a missing, refused or unlisted bot token, UpstreamError when Slack is out of reach.
    """
    app = bolt_app(settings, doorkeeper, installations)
    practices = Installed(installations, app.client) if installations else practice_of(app, settings)
    app.use(_same_way_out(app))
    desks = Desks(lambda practice: _desk(copilot.at(practice), today, settings))
    app.use(Gate(practices, desks, Staff(settings), settings.allowed_team_ids))
    reception.register(app, jobs)
    rooms = (
        direct,
        mentions,
        commands,
        channels,
        audit,
        payers,
        persons,
        shortcuts,
        actions,
        splits,
        thumbs,
        disputes,
        views,
        verifications,
        documents,
        facts,
        course,
        home,
    )
    for room in rooms:
        room.register(app)
    mishaps.register(app)
    if installations:
        app.enable_token_revocation_listeners()
    return Bot(app, practices)


def _desk(office: Office, today: Callable[[], date], settings: Settings) -> Desk:
    screening = Screening(is_covered=settings.slack_baa, payers=lambda: (name for _, name in office.payers()))
    return Desk(
        office,
        screening,
        Answering(office, screening, today),
        Reviewing(office, screening, today),
        Verifying(office, today),
        Adding(office, today),
        Teaching(office.learning, screening),
        today,
        settings.billing_lead.strip(),
        standing_of(settings),
    )


def standing_of(settings: Settings) -> tuple[str, ...]:
    """How the program is set up, for admins to see: nothing secret is among it."""
    return (
        f"Version {__version__}",
        f"Language model: {settings.llm_model or 'none, all is worded offline'}",
        f"BAA with Slack: {_baa(settings)}",
        f"Billing lead: {'set' if settings.billing_lead.strip() else 'none (BILLING_LEAD)'}",
    )


def _baa(settings: Settings) -> str:
    if settings.slack_baa:
        # The local workspace takes notes without anybody having stated a thing.
        local = is_loopback(settings.slack_api_url)
        return "none is needed, this workspace is on this computer" if local else "stated (SLACK_BAA)"
    return "none, so de-identified text only"


def practice_of(app: App, settings: Settings) -> OnePractice:
    """The workspace that the bot's token belongs to: one token, one practice."""
    try:
        told = app.client.auth_test()
    except (SlackClientError, URLError, OSError) as error:
        raise told_to_operator(error, "SLACK_BOT_TOKEN", app.client.base_url) from None
    practice, allowed = str(told["team_id"]), settings.allowed_team_ids
    if allowed and practice not in allowed and told.get("enterprise_id") not in allowed:
        raise OperatorError(f"ALLOWED_TEAMS does not name the workspace of SLACK_BOT_TOKEN, {practice}.")
    return OnePractice(practice, app.client)


def bolt_app(
    settings: Settings, doorkeeper: Doorkeeper | None = None, installations: Installations | None = None
) -> App:
    """An app with no listeners; raises as `build_app` does."""
    if settings.slack_bot_token is None and installations is None:
        raise OperatorError("SLACK_BOT_TOKEN is not set: give the app's bot token (xoxb-...).")
    # Bolt and the client print whole payloads when they log at debug or find a request unhandled.
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(logging.CRITICAL)
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = web_client(token, settings.slack_api_url, logger)
    secret = settings.slack_signing_secret
    try:
        return App(
            client=client,
            logger=logger,
            before_authorize=doorkeeper,
            oauth_flow=oauth_flow(settings, installations, client) if installations else None,
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
    """Middleware: every request's client is one of ours."""

    def same_way_out(context: BoltContext, next: Callable[[], None]) -> None:
        context["client"] = for_request(context.client, app.client)
        next()

    return same_way_out
