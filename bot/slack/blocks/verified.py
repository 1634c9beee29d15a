"""A practice's verifications as messages: recorded, in full, withdrawn, their history, and those to renew."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.answers.models import Answer
from bot.answers.phrases import DECISIONS
from bot.policies.matters import matter
from bot.policies.verification import Verification
from bot.policies.verification_history import Step, summary
from bot.slack.blocks.answer import card
from bot.slack.blocks.buttons import button
from bot.slack.blocks.split import Block, Message, context, messages, section, sections
from bot.slack.blocks.text import escape

CHANGE, WITHDRAW, HISTORY = "change_verification", "withdraw_verification", "verification_history"
RESTORE, RENEW = "restore_verification", "renew_verification"
# One response_url takes five messages: a longer list names its rest.
_MOST_DUE = 30
_MOST_REMINDED = 12


def recorded_messages(one: Verification, said: str, by: str, answer: Answer, today: date) -> list[Message]:
    """What was done ("Recorded"), the answer as it reads now, and what can be done with it."""
    done = f"*{said}* by <@{by}>: {escape(title(one))}. It holds for dates of service {_span(one)}."
    return messages([section(done), *_as_it_reads(one, answer, today), _controls(one)])


def verification_messages(one: Verification) -> list[Message]:
    """One verification in full, with what can be done with it."""
    return messages([*sections([f"*{escape(title(one))}*", *map(escape, summary(one))]), _controls(one)])


def withdrawn_messages(one: Verification, by: str, answer: Answer | None, today: date) -> list[Message]:
    """What no longer counts, the answer without it (none where the payer is on file no more), and the way back."""
    done = f"*Withdrawn* by <@{by}>: {escape(title(one))}, answered on {one.verified_on}. Its history is kept."
    left = (
        _as_it_reads(one, answer, today)
        if answer
        else context([escape(f"{one.payer_name} is not on file without it.")])
    )
    buttons = [button(RESTORE, "Bring it back", one.id), button(HISTORY, "History", one.id)]
    return messages([section(done), *left, {"type": "actions", "elements": buttons}])


def history_messages(steps: Sequence[Step]) -> list[Message]:
    """Who did what and when, oldest first, with what stood before."""
    lines = []
    for step in steps:
        lines.append(f"*{step.action.capitalize()}* by <@{step.by}>, {_when(step.at)}")
        lines += [f"• {escape(words)}" for words in step.words]
    return messages(sections(["*History*", *lines]))


def due_messages(due: Sequence[Verification], today: date, reminders: str) -> list[Message]:
    """Those to ask the payer again, each with its button; `reminders` says where the monthly one goes."""
    if not due:
        return messages([section("Nothing is to be asked again within 60 days."), *context([reminders])])
    heading = f"*{_counted(due)} to ask again*"
    return messages([section(heading), *_rows(due[:_MOST_DUE], today), *context([*_rest(due, _MOST_DUE), reminders])])


def reminder_message(due: Sequence[Verification], today: date) -> Message:
    """The monthly reminder for a channel: one message, however many there are."""
    heading = f"*{_counted(due)} to ask again.* Ask the payer, and record the answer with its button."
    stop = "`/billing due` shows them at any time; `/billing remind off` stops these reminders."
    rows = _rows(due[:_MOST_REMINDED], today)
    return messages([section(heading), *rows, *context([*_rest(due, _MOST_REMINDED), stop])])[0]


def title(one: Verification) -> str:
    """ "Aetna · prior authorization for group therapy"."""
    return f"{one.payer_name} · {matter(one.topic, one.aspect)}"


def _rows(due: Sequence[Verification], today: date) -> list[Block]:
    rows = []
    for one in due:
        known = f"{DECISIONS[one.decision]}; {one.answered_by} on {one.verified_on}"
        row = section(f"*{escape(title(one))}*\n{escape(known)}\n{_ends(one, today)}")
        rows.append(row | {"accessory": button(RENEW, "Renew", one.id)})
    return rows


def _ends(one: Verification, today: date) -> str:
    days = (one.valid_until - today).days
    if days < 0:
        return f"⚠️ Ran out on {one.valid_until}"
    return f"Ends on {one.valid_until}, " + ("today" if days == 0 else f"in {days} day{'s' * (days > 1)}")


def _rest(due: Sequence[Verification], shown: int) -> list[str]:
    return [f"And {len(due) - shown} more."] if len(due) > shown else []


def _counted(due: Sequence[Verification]) -> str:
    return f"{len(due)} verification{'s' * (len(due) > 1)}"


def _as_it_reads(one: Verification, answer: Answer, today: date) -> list[Block]:
    stands = one.applies_from <= today <= one.valid_until
    when = "The answer now" if stands else f"The answer for dates of service on {day_of(one, today)}"
    return [{"type": "divider"}, *context([f"{when}:"]), *card(answer, today)]


def day_of(one: Verification, today: date) -> date:
    """The day of its time that is nearest to today: for this one the answer is shown."""
    return min(max(today, one.applies_from), one.valid_until)


def _span(one: Verification) -> str:
    return f"from {one.applies_from} to {one.valid_until}"


def _when(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _controls(one: Verification) -> Block:
    sure = {
        "title": _plain("Withdraw it?"),
        "text": _plain("Answers go back to what else is on file. Its history is kept, and it can be brought back."),
        "confirm": _plain("Withdraw"),
        "deny": _plain("Keep it"),
    }
    buttons = [
        button(CHANGE, "Change", one.id),
        button(WITHDRAW, "Withdraw", one.id) | {"confirm": sure},
        button(HISTORY, "History", one.id),
    ]
    return {"type": "actions", "elements": buttons}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
