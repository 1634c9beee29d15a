"""A payer's answer on its way into the ledger: the form, what it records, and the answer as it then reads."""

from collections.abc import Callable, Mapping
from datetime import date

import structlog

from bot.answers.models import Answer, Matter
from bot.errors import FieldsError
from bot.policies.renewal import draft_of, renewal_of
from bot.policies.verification import Verification
from bot.slack.blocks.split import Block, Message
from bot.slack.blocks.verification_form import Filled, filled_from, topic_value, verification_form
from bot.slack.blocks.verified import day_of, recorded_messages, withdrawn_messages
from bot.slack.copilot import Office
from bot.slack.form_ref import FormRef
from bot.slack.verification_answers import by_block, read_draft

log = structlog.get_logger("bot.slack")

_NEW, _CHANGED, _RENEWED = "Record an answer", "Change an answer", "Ask again"


class Verifying:
    """Everything about verifications that is done in Slack; Bolt and its payloads stay with the listeners."""

    def __init__(self, office: Office, today: Callable[[], date]) -> None:
        self._office = office
        self._today = today

    # -- forms

    def new_form(self, about: Matter, ref: FormRef) -> Block:
        """An empty form but for what is asked about."""
        filled = {
            "payer": self._name(about.payer),
            "state": about.state,
            "plans": about.line_of_business or "",
            "topic": topic_value(about.topic, about.aspect) if about.topic else "",
            "verified_on": self._today().isoformat(),
        }
        return verification_form(filled, ref.dumps(), title=_NEW)

    def change_form(self, verification_id: str, ref: FormRef) -> Block:
        """The form as it was filled in; raises UserError where the verification was withdrawn."""
        one = self._office.verifications.get(verification_id)
        ref = ref.model_copy(
            update={"changes": verification_id, "seen": self._office.verifications.state_of(verification_id)}
        )
        return verification_form(filled_from(draft_of(one)), ref.dumps(), title=_CHANGED)

    def renewal_form(self, verification_id: str, ref: FormRef) -> Block:
        """A new verification of the same matter for the time after it."""
        one = self._office.verifications.get(verification_id)
        return verification_form(filled_from(renewal_of(one, self._today())), ref.dumps(), title=_RENEWED)

    def overtaken_form(self, filled: Filled, ref: FormRef, why: str) -> Block:
        """What the person filled in, over what somebody else made of it meanwhile; to be sent again knowingly."""
        seen = self._office.verifications.state_of(ref.changes)
        if not seen:
            notice = f"{why} Record puts what you filled in on record as a new one."
            return verification_form(filled, ref.model_copy(update={"changes": ""}).dumps(), title=_NEW, notice=notice)
        steps = self._office.verifications.history(ref.changes)
        told = "; ".join(steps[-1].words)
        notice = f"{why} {told}. Record puts yours in its place; the history keeps both."
        return verification_form(filled, ref.model_copy(update={"seen": seen}).dumps(), title=_CHANGED, notice=notice)

    # -- what is done

    def take(self, filled: Filled, ref: FormRef, by: str) -> tuple[Verification | None, Mapping[str, str]]:
        """Record a filled form, or say by block what cannot be taken; raises OvertakenError."""
        draft, errors = read_draft(filled)
        verifications = self._office.verifications
        if errors:
            return None, by_block({**verifications.problems(draft, self._today()), **errors}, draft)
        try:
            if ref.changes:
                made = verifications.change(ref.changes, ref.seen, draft, by, self._today())
            else:
                made = verifications.record(draft, by, self._today())
        except FieldsError as error:
            return None, by_block(error.lines, draft)
        log.info("verification_recorded", id=made.id, topic=made.topic.value, changed=bool(ref.changes))
        return made, {}

    def recorded(self, one: Verification, ref: FormRef, by: str) -> list[Message]:
        said = "Changed" if ref.changes else "Recorded"
        return recorded_messages(one, said, by, self._answer(one), self._today())

    def withdraw(self, verification_id: str, by: str) -> list[Message]:
        one = self._office.verifications.withdraw(verification_id, by)
        log.info("verification_withdrawn", id=one.id)
        known = any(payer_id == one.payer_id for payer_id, _ in self._office.payers())
        return withdrawn_messages(one, by, self._answer(one) if known else None, self._today())

    def restore(self, verification_id: str, by: str) -> list[Message]:
        one = self._office.verifications.restore(verification_id, by)
        log.info("verification_restored", id=one.id)
        return recorded_messages(one, "Brought back", by, self._answer(one), self._today())

    def _answer(self, one: Verification) -> Answer:
        about = Matter(
            payer=one.payer_id,
            topic=one.topic,
            aspect=one.aspect,
            line_of_business=one.line_of_business,
            state=one.jurisdiction[0] if one.jurisdiction else "",
        )
        today = self._today()
        day = day_of(one, today)
        return self._office.on_file(about, None if day == today else day)

    def _name(self, payer: str) -> str:
        return dict(self._office.payers()).get(payer, payer)
