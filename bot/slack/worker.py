"""What durable work means in Slack: a delivery to answer, or something to remind of."""

from collections.abc import Sequence

from slack_bolt import App

from bot.jobs.work import LaterError, Work
from bot.observing import NOBODY, Observer, WorkOutcome, WorkTried
from bot.record.acting import PROGRAM, act_as
from bot.slack import reception
from bot.slack.daily import Daily
from bot.slack.outage import is_outage
from bot.slack.practices import Practices


class SlackWorker:
    """Does the work that `bot.jobs` keeps; `daily` is what posts the work that nobody sent."""

    def __init__(self, app: App, practices: Practices, daily: Sequence[Daily], observer: Observer = NOBODY) -> None:
        self._app = app
        self._practices = practices
        self._daily = {kind: matter for matter in daily for kind in matter.kinds}
        self._observer = observer

    def do(self, work: Work) -> None:
        """Raises LaterError while Slack or the database is away, anything else for what nobody foresaw."""
        with self._observer.watch(tried := self._tried(work)):
            try:
                if matter := self._daily.get(work.kind):
                    act_as(PROGRAM, work=work.id)
                    matter.post(work)
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
        with self._observer.watch(tried := self._tried(work)):
            if matter := self._daily.get(work.kind):
                matter.failed(work)
            else:
                reception.tell_failure(self._practices.client(work.practice), work, error)
            tried.outcome = WorkOutcome.GIVEN_UP

    def _tried(self, work: Work) -> WorkTried:
        return WorkTried(work.id, work.received_at, work.kind in self._daily)
