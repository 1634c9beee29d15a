"""The monthly audit in Slack: its summary for a channel and each clinician's card, each once, as durable work."""

import structlog
from slack_sdk.errors import SlackApiError

from bot.jobs.work import Request, Work
from bot.slack.blocks.audit import coaching_messages, summary_message
from bot.slack.daily import Daily
from bot.slack.outage import is_outage
from bot.slack.outlets import Place, direct, post_all

log = structlog.get_logger("bot.slack")

AUDIT_SUMMARY, AUDIT_COACHING = "audit_summary", "audit_coaching"


class Monthly(Daily):
    """Looks daily at what each practice published."""

    kinds = (AUDIT_SUMMARY, AUDIT_COACHING)

    def _check(self, practice: str) -> int:
        """Of several replicas one hands it on: the day names the work, and its month goes with it.

        So one that Slack refused is tried again on the next day, and one that waits for Slack is not overtaken.
        """
        audits, today = self._copilot.at(practice).audits, self._today()
        audits.forget_old()
        latest, handed = audits.latest(), 0
        if latest and audits.posts.channel and not audits.posts.was_posted(latest.month):
            name = f"{AUDIT_SUMMARY}:{practice}"
            also = (f"{name}:{latest.month}",)
            handed += self._jobs.take(Request(f"{name}:{today}", practice, AUDIT_SUMMARY, latest.month.encode(), also))
        month, people = audits.to_coach()
        for person in people:
            name, payload = f"{AUDIT_COACHING}:{practice}:{person}", f"{month} {person}".encode()
            also = (f"{name}:{month}",)
            handed += self._jobs.take(Request(f"{name}:{today}", practice, AUDIT_COACHING, payload, also))
        return handed

    def post(self, work: Work) -> None:
        """Post a summary or tell a clinician; raises what Slack's or the database's outage raises."""
        if work.kind == AUDIT_SUMMARY:
            self._summary(work)
        else:
            self._coach(work)

    def _summary(self, work: Work) -> None:
        office, client, month = (
            self._copilot.at(work.practice),
            self._practices.client(work.practice),
            work.payload.decode(),
        )
        posts, latest = office.audits.posts, office.audits.latest()
        channel = posts.channel
        if client is None or not channel or latest is None or latest.month != month or posts.was_posted(month):
            return
        if office.channels.get(channel).outsiders:
            log.warning("audit_not_posted", month=month, code="outsiders")
            self.failed(work)
            return
        try:
            Place(client, channel).post(summary_message(latest))
        except SlackApiError as error:
            if is_outage(error):
                raise
            log.warning("audit_not_posted", month=month, code=error.response.get("error", ""))
            self.failed(work)
            return
        posts.done(month)
        log.info("audit_posted", month=month)

    def _coach(self, work: Work) -> None:
        audits, client = self._copilot.at(work.practice).audits, self._practices.client(work.practice)
        month, person = work.payload.decode().split(" ")
        own, latest = audits.own(month, person), audits.latest()
        if client is None or latest is None or not own:
            return
        try:
            post_all(direct(client, person), coaching_messages(own, latest))
        except SlackApiError as error:
            if is_outage(error):
                raise
            log.warning("clinician_not_told", code=error.response.get("error", ""))
        audits.told(month, person)

    def failed(self, work: Work) -> None:
        """Let another day try, and remember of a summary that it could not be posted."""
        work.reopens = True
        if work.kind == AUDIT_SUMMARY:
            self._copilot.at(work.practice).audits.posts.failed(work.payload.decode())
