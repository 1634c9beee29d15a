"""The monthly reminder of verifications to renew: a thread of the running bot, until durable jobs take it over."""

import threading
from collections.abc import Callable
from datetime import date

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import UserError
from bot.slack.blocks.guide import line
from bot.slack.blocks.split import Message, section
from bot.slack.blocks.verified import reminder_message
from bot.slack.copilot import Office
from bot.slack.outlets import Place

log = structlog.get_logger("bot.slack")

A_DAY, AN_HOUR = 86_400.0, 3_600.0
_CHOSEN = (
    "Once a month, reminders of payer verifications to renew come here: <@{by}> chose this channel. "
    "`/billing remind off` stops them."
)


class Reminding:
    """Posts what is due into the channel the practice chose, once a month."""

    def __init__(self, office: Office, client: WebClient, today: Callable[[], date]) -> None:
        self._office = office
        self._client = client
        self._today = today

    def check(self) -> bool:
        """Post this month's reminder if it is time; False where it could not be posted and is to be tried again."""
        book, today = self._office.reminders, self._today()
        month = f"{today:%Y-%m}"
        channel = book.channel
        if not channel or book.was_posted(month):
            return True
        due = self._office.verifications.due(today)
        if not due or not book.take(month):
            return True
        try:
            Place(self._client, channel).post(reminder_message(due, today))
        except (SlackClientError, OSError) as error:
            book.failed(month)
            code = error.response.get("error", "") if isinstance(error, SlackApiError) else ""
            log.warning("reminder_not_posted", month=month, error=type(error).__name__, code=code)
            return False
        book.done(month)
        log.info("reminded", month=month, due=len(due))
        return True

    def run(self, wait: Callable[[float], bool]) -> None:
        """Check daily, after a failure hourly, until `wait` (seconds) returns True."""
        well = True
        while True:
            try:
                well = self.check()
            except Exception as error:  # a locked database, say: the next check is in an hour
                log.warning("reminder_check_failed", error=type(error).__name__)
                well = False
            if wait(A_DAY if well else AN_HOUR):
                return


def start_reminding(reminding: Reminding) -> Callable[[], None]:
    """Run it on a thread of its own; returns what stops it."""
    stopped = threading.Event()
    threading.Thread(target=reminding.run, args=(stopped.wait,), name="reminding", daemon=True).start()
    return stopped.set


def choose_channel(office: Office, client: WebClient, channel: str, by: str) -> str:
    """Say in the channel that reminders come there, and remember it where that worked; returns its id.

    Slack takes a name ("#billing") or an id, and saying it shows at once whether we may speak there.
    """
    words = _CHOSEN.format(by=by)
    try:
        sent = client.chat_postMessage(channel=channel, text=words, blocks=[section(words)])
    except SlackApiError as error:
        code = error.response.get("error", "")
        if code in ("channel_not_found", "not_in_channel", "is_archived", "restricted_action"):
            raise UserError("I cannot write there: /invite me to that channel, then send this again.") from None
        raise
    office.reminders.choose(str(sent["channel"]), by)
    return str(sent["channel"])


def where_reminders_go(office: Office, today: date) -> str:
    """In one line, as mrkdwn."""
    channel = office.reminders.channel
    if not channel:
        return "No monthly reminder is set: `/billing remind here` brings it to this channel."
    failed = " The last one could not be posted there." if office.reminders.last_failed(f"{today:%Y-%m}") else ""
    place = "our direct message" if channel.startswith("D") else f"<#{channel}>"
    return f"Monthly reminders go to {place}.{failed} `/billing remind off` stops them."


def told(text: str) -> Message:
    """A line of our own words with mrkdwn in it."""
    return Message(text, (section(text),))


def stopped(office: Office, by: str) -> Message:
    return line("Reminders are off." if office.reminders.stop(by) else "No reminder was set.")
