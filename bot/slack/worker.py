"""What durable work means in Slack: a delivery to answer, or something to remind of."""

from slack_bolt import App

from bot.jobs.work import LaterError, Work
from bot.observing import NOBODY, Observer, WorkOutcome, WorkTried
from bot.record.acting import PROGRAM, act_as
from bot.slack import reception
from bot.slack.course_due import COURSE_DUE, CourseDue
from bot.slack.monthly import AUDIT_COACHING, AUDIT_SUMMARY, Monthly
from bot.slack.outage import is_outage
from bot.slack.practices import Practices
from bot.slack.reminding import REMINDER, Reminding

_OF_OUR_OWN = (REMINDER, COURSE_DUE, AUDIT_SUMMARY, AUDIT_COACHING)
"""Work that nobody sent."""


class SlackWorker:
    """Does the work that `bot.jobs` keeps."""

    def __init__(  # noqa: PLR0913  # whoever posts what nobody sent
        self,
        app: App,
        practices: Practices,
        reminding: Reminding,
        observer: Observer = NOBODY,
        *,
        course_due: CourseDue | None = None,
        monthly: Monthly | None = None,
    ) -> None:
        self._app = app
        self._practices = practices
        self._reminding = reminding
        self._course_due = course_due
        self._monthly = monthly
        self._observer = observer

    def do(self, work: Work) -> None:
        """Raises LaterError while Slack or the database is away, anything else for what nobody foresaw."""
        with self._observer.watch(tried := _tried(work)):
            try:
                if work.kind == REMINDER:
                    act_as(PROGRAM, work=work.id)
                    self._reminding.post(work)
                elif self._course_due and work.kind == COURSE_DUE:
                    act_as(PROGRAM, work=work.id)
                    self._course_due.post(work)
                elif self._monthly and work.kind in (AUDIT_SUMMARY, AUDIT_COACHING):
                    act_as(PROGRAM, work=work.id)
                    self._monthly.post(work)
                else:
                    reception.perform(self._app, work)
            except LaterError:
                raise
            except Exception as error:
                if is_outage(error):
                    raise LaterError from None
                tried.outcome = WorkOutcome.FAILED
                raise
            tried.outcome = WorkOutcome.DONE

    def give_up(self, work: Work, error: Exception) -> None:
        with self._observer.watch(tried := _tried(work)):
            if work.kind == REMINDER:
                self._reminding.failed(work)
            elif self._monthly and work.kind in (AUDIT_SUMMARY, AUDIT_COACHING):
                self._monthly.failed(work)
            elif work.kind != COURSE_DUE:  # nobody waits for it, and tomorrow tells again
                reception.tell_failure(self._practices.client(work.practice), work, error)
            tried.outcome = WorkOutcome.GIVEN_UP


def _tried(work: Work) -> WorkTried:
    return WorkTried(work.id, work.received_at, work.kind in _OF_OUR_OWN)
