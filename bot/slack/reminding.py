"""The monthly reminder of verifications to renew: a thread of the running bot looks daily, durable work posts it."""

import re
from datetime import date

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.jobs.work import Request, Work
from bot.slack.blocks.guide import line
from bot.slack.blocks.split import Message, section
from bot.slack.blocks.verified import reminder_message
from bot.slack.copilot import Office
from bot.slack.daily import Daily
from bot.slack.outage import is_outage
from bot.slack.outlets import Place

log = structlog.get_logger("bot.slack")

REMINDER = "reminder"
_CHOSEN = (
    "Once a month, reminders of payer verifications to renew come here: <@{by}> chose this channel. "
    "`/billing remind off` stops them."
)
_NOT_THERE = (
    "I cannot write there: no channel has that name, or I am not in it. Type `/invite @Billing Copilot` in it, then "
    "send this again."
)


class Reminding(Daily):
    """Posts what is due into the channel each practice chose, once a month, as durable work."""

    kinds = (REMINDER,)

    def _check(self, practice: str) -> int:
        """This month's reminder, where its time has come.

        The day names the work, so that a reminder that Slack refused is tried again on the next day; the month goes
        with it, so that one that waits for Slack to come back is not overtaken by the next day's.
        """
        office, today = self._copilot.at(practice), self._today()
        book, month = office.reminders, f"{today:%Y-%m}"
        if not book.channel or book.was_posted(month) or not office.verifications.due(today):
            return False
        name = f"reminder:{practice}"
        return self._jobs.take(Request(f"{name}:{today}", practice, REMINDER, month.encode(), (f"{name}:{month}",)))

    def post(self, work: Work) -> None:
        """Post it; raises what Slack's or the database's outage raises."""
        office, client = self._copilot.at(work.practice), self._practices.client(work.practice)
        book, month, today = office.reminders, work.payload.decode(), self._today()
        channel = book.channel
        if client is None or not channel or book.was_posted(month) or not (due := office.verifications.due(today)):
            return
        try:
            Place(client, channel).post(reminder_message(due, today))
        except SlackApiError as error:
            if is_outage(error):
                raise
            log.warning("reminder_not_posted", month=month, code=error.response.get("error", ""))
            self.failed(work)
            return
        book.done(month)
        log.info("reminded", month=month, due=len(due))

    def failed(self, work: Work) -> None:
        """Remember that the month's reminder could not be posted, and let another day try."""
        work.reopens = True
        self._copilot.at(work.practice).reminders.failed(work.payload.decode())


def choose_channel(office: Office, client: WebClient, channel: str, by: str) -> str:
    """Say in the channel that reminders come there, and remember it where that worked; returns its id."""
    chosen = announce(client, channel, _CHOSEN.format(by=by))
    office.reminders.choose(chosen, by)
    return chosen


def announce(client: WebClient, channel: str, words: str) -> str:
    """Say in a channel what will come there; returns its id, raises UserError where we may not speak.

    Slack takes a name ("#billing") or an id, and saying it shows at once whether we may.
    """
    try:
        sent = client.chat_postMessage(channel=channel, text=words, blocks=[section(words)])
    except SlackApiError as error:
        code = error.response.get("error", "")
        if code in ("channel_not_found", "not_in_channel", "is_archived", "restricted_action"):
            raise UserError(_NOT_THERE) from None
        raise
    return str(sent["channel"])


def channel_named(text: str, rest: str) -> str:
    """The channel that a command names: its id where Slack gives it (`should_escape`), else its name."""
    escaped = re.search(r"<#([A-Z0-9]+)", text)
    return escaped[1] if escaped else "#" + rest.rsplit(maxsplit=1)[-1].lstrip("#").lower()


def where_reminders_go(office: Office, today: date) -> str:
    """In one line, as mrkdwn."""
    channel = office.reminders.channel
    if not channel:
        return "No monthly reminder is set: `/billing remind here`, typed in a channel, brings it there."
    failed = " The last one could not be posted there." if office.reminders.last_failed(f"{today:%Y-%m}") else ""
    place = "our direct message" if channel.startswith("D") else f"<#{channel}>"
    return f"Monthly reminders go to {place}.{failed} `/billing remind off` stops them."


def told(text: str) -> Message:
    """A line of our own words with mrkdwn in it."""
    return Message(text, (section(text),))


def stopped(office: Office, by: str) -> Message:
    return line("Reminders are off." if office.reminders.stop(by) else "No reminder was set.")
