"""Tells people of drills to repeat: in their direct message, once a day at most, as durable work."""

import structlog
from slack_sdk.errors import SlackApiError

from bot.jobs.work import Request, Work
from bot.slack.blocks.course import due_messages
from bot.slack.daily import Daily
from bot.slack.outage import is_outage
from bot.slack.outlets import direct, post_all

log = structlog.get_logger("bot.slack")

COURSE_DUE = "course_due"


class CourseDue(Daily):
    """Looks at every practice's learners."""

    kinds = (COURSE_DUE,)

    def _check(self, practice: str) -> int:
        """Of several replicas one hands it on: person and day name the work."""
        people = self._copilot.at(practice).learning.to_tell()
        name = f"{COURSE_DUE}:{practice}:{{}}:{self._today()}"
        return sum(
            self._jobs.take(Request(name.format(person), practice, COURSE_DUE, person.encode())) for person in people
        )

    def post(self, work: Work) -> None:
        """Tell one person; raises what Slack's or the database's outage raises."""
        learning, client = self._copilot.at(work.practice).learning, self._practices.client(work.practice)
        person = work.payload.decode()
        standing = learning.standing(person)
        if client is None or standing.paused or not standing.due:
            return
        try:
            post_all(direct(client, person), due_messages(len(standing.due)))
        except SlackApiError as error:
            if is_outage(error):
                raise
            log.warning("course_due_not_told", code=error.response.get("error", ""))
        learning.told(person)
