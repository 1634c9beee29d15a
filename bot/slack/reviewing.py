"""A note reviewed into cards: the summary first, then the session and the members, in one thread."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.claims.models import ClaimFacts
from bot.errors import UserError
from bot.record.acting import acting
from bot.review.models import Readiness, Report
from bot.review.since import mark, since
from bot.slack.blocks.member import member_blocks
from bot.slack.blocks.review import review_cards
from bot.slack.blocks.since import since_messages
from bot.slack.blocks.split import messages
from bot.slack.copilot import Office
from bot.slack.members_line import left_out
from bot.slack.noteref import NoteRef
from bot.slack.notes import fetch_tables
from bot.slack.outlets import Aside, Place, post_all
from bot.slack.review_state import ReviewState
from bot.slack.screening import Screening
from bot.storage.database import DATABASE_AWAY

log = structlog.get_logger("bot.slack")

_PICTURE = (
    "Members against members: the darker a box, the more alike their parts. The message above tells the same in words."
)
_TOO_MANY_FACTS = (
    "These facts were used, but are too many for Slack to carry along: facts added later start afresh. "
    "For many members, send a claims CSV in this thread."
)


class Reviewing:
    """Asks the copilot and posts the cards. The note's text is held only while this runs."""

    def __init__(self, office: Office, screening: Screening, today: Callable[[], date]) -> None:
        self._office = office
        self._screening = screening
        self._today = today

    def review(self, place: Place, note: NoteRef, text: str, tables: Sequence[str] = ()) -> None:
        """Review a note into a thread where only its sender reads; `tables` are the files of claim facts with it."""
        self._post(place, ReviewState(note=note, members=0).with_tables(tables), text, only=None)

    def review_again(self, place: Place, state: ReviewState, text: str, number: int, facts: ClaimFacts) -> None:
        """Review with new facts; for one member, only their card is shown again."""
        if number:
            labels = self._office.members(text, state.named)
            if number > len(labels):
                raise UserError(f"The note has {len(labels)} members now: choose again, or send it anew.")
            facts = facts.model_copy(update={"member": labels[number - 1]})
        self._post(place, state.with_facts(facts), text, only=number - 1 if number else None)

    def review_mended(self, place: Place, before: ReviewState, note: NoteRef, text: str) -> None:
        """Review a note that takes the place of the one reviewed before, with its facts; says first what changed."""
        same = before.note == note
        self._post(place, before if same else before.mended(note), text, only=None, compares=True)

    def review_whole(self, place: Place, state: ReviewState, text: str) -> None:
        """Review with all that the state knows, and show every card again."""
        self._post(place, state, text, only=None)

    def review_renamed(self, place: Place, before: ReviewState, state: ReviewState, text: str) -> None:
        """Review at the members named anew, and say whom of those read before they leave out.

        The words of a part that lost its heading speak for the member before it: a risk may be answered by them.
        """
        remarks = left_out(self._office.members(text, before.named), state.named)
        self._post(place, state, text, only=None, remarks=remarks)

    def show_member(self, outlet: Place | Aside, state: ReviewState, text: str, number: int) -> None:
        """One member's card, from the note as it stands in Slack now."""
        report, _ = self._judge(outlet.client, state, text)
        if number >= len(report.patients):
            raise UserError(f"The note has {len(report.patients)} members now: send it anew.")
        post_all(outlet, messages(member_blocks(report, number, state.note)))

    def send_report(self, place: Place, state: ReviewState, text: str, kind: str) -> None:
        """The whole report as a file in the thread, from the note and the facts as they stand now."""
        from bot.reports.content import content_of
        from bot.reports.saving import file_name, laid_out

        report, claims = self._judge(place.client, state, text)
        made_on = self._today()
        data = laid_out(content_of(report, text, claims, made_on=made_on), kind)
        place.upload(file_name(kind, made_on), f"Review of {len(report.patients)} claims", data)
        self._office.recorder.sent(report, kind)
        log.info("report_sent", channel=place.channel, kind=kind, members=len(report.patients), size=len(data))

    def _judge(self, client: WebClient, state: ReviewState, text: str) -> tuple[Report, list[ClaimFacts]]:
        """The report, and the claim facts it used; raises UserError for a note that may not be read here."""
        self._screening.note(text)
        facts, remarks = fetch_tables(client, state.tables)
        claims = state.claims(facts)
        return self._office.review(text, claims, members=state.named).saying(*remarks), claims

    def _post(  # noqa: PLR0913  # one review, and how it differs from a first one
        self,
        place: Place,
        state: ReviewState,
        text: str,
        only: int | None,
        *,
        compares: bool = False,
        remarks: Sequence[str] = (),
    ) -> None:
        started = perf_counter()
        report, _ = self._judge(place.client, state, text)
        report = report.saying(*remarks)
        changes = since(state.verdicts, report, text) if compares and state.verdicts else None
        state = state.model_copy(update={"members": len(report.patients), "verdicts": mark(report, text)})
        if not state.fits():
            report = report.saying(_TOO_MANY_FACTS)
        cards = review_cards(report, text, state.dumps(), state.note)
        if changes:
            post_all(place, since_messages(changes))
        self._remember(place, report)
        if changes and not (changes.changed or changes.edited):
            return  # the cards above say the same
        post_all(place, cards.summary)
        if only is None:
            _show_copies(place, report)
            post_all(place, cards.session)
            post_all(place, cards.members)
            if cards.file:
                place.upload("review.txt", f"Review of {len(report.patients)} claims", cards.file)
        else:
            post_all(place, messages(member_blocks(report, only, state.note)))
        _log(place, text, report, perf_counter() - started)

    def _remember(self, place: Place, report: Report) -> None:
        """That it waits for a fix, or does no more; a review is not lost for that."""
        to_fix = sum(patient.readiness is Readiness.FIX for patient in report.patients)
        try:
            self._office.waiting.put(
                acting().who, place.channel, str(place.thread_ts or ""), len(report.patients), to_fix
            )
        except DATABASE_AWAY as error:
            log.warning("waiting_not_kept", channel=place.channel, error=type(error).__name__)


def _show_copies(place: Place, report: Report) -> None:
    """Who reads as whom, as a picture under the summary, where there is anything to see."""
    if not (report.copies or report.earlier):
        return
    from bot.review.copy_map import copy_map_png

    try:
        place.upload("copies.png", "Parts that read as copies", copy_map_png(report), alt=_PICTURE)
    except SlackApiError as error:  # the summary has told it in words: no card waits for a picture
        log.warning("picture_not_sent", channel=place.channel, code=error.response.get("error", ""))


def _log(place: Place, text: str, report: Report, seconds: float) -> None:
    log.info(
        "reviewed",
        channel=place.channel,
        thread=place.thread_ts,
        size=len(text),
        members=len(report.patients),
        readiness=dict(Counter(patient.readiness.value for patient in report.patients)),
        copies=len(report.copies),
        seconds=round(seconds, 3),
    )
