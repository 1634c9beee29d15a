"""An answer as a card: decision, payer and matter first, then why, what to do, and where it is written.

A screenful on a phone: what does not fit there waits behind "More", the sources in full behind "Sources".
"""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.models import Answer, Citation, Matter, Reply
from bot.answers.phrases import HOW_LEARNT
from bot.policies.models import Decision, LineOfBusiness, SourceKind
from bot.policies.verification_draft import ASKABLE
from bot.slack.blocks.buttons import button
from bot.slack.blocks.gist import Gist, markers, unsaid_conditions
from bot.slack.blocks.headline import headline, told_of
from bot.slack.blocks.lesson import why_button
from bot.slack.blocks.menu import menu
from bot.slack.blocks.split import Block, Message, context, messages, section_each, sections
from bot.slack.blocks.text import clip, escape, length, link, one_line
from bot.slack.blocks.thumbs import thumbs

# Of a button's value, by Slack.
VALUE_LIMIT = 2_000
_CONFLICT_LENGTH = 260
_SOURCES_ON_CARD = 4


_PROGRAMMES = (
    LineOfBusiness.MEDICARE,
    LineOfBusiness.MEDICAID,
    LineOfBusiness.TRICARE,
    LineOfBusiness.VA,
    LineOfBusiness.NATIONAL_CODING,
)


def answer_messages(reply: Reply, today: date, before: Sequence[Answer] = ()) -> list[Message]:
    """The whole reply: one card, or one section a payer where several were named.

    `before` are the answers as they stood before a model worded them: their headline stays.
    """
    several = len(reply.answers) > 1
    blocks: list[Block] = []
    for number, answer in enumerate(reply.answers):
        if number:
            blocks.append({"type": "divider"})
        blocks += _card(answer, number, today, told_of(answer, before[number : number + 1]), named=several)
    blocks.append(thumbs(reply.answers))
    return messages(blocks)


def card_beneath(reply: Reply, today: date, before: Sequence[Answer], shown: str) -> list[Block] | None:
    """What is still to come of a card whose headline and words, `shown`, stand already.

    None where the card does not begin with these words, or is several.
    """
    if len(reply.answers) > 1:
        return None
    (answer,) = reply.answers
    told = told_of(answer, before)
    if shown and shown != (told.said[0] if told.said else ""):
        return None
    return [*_card(answer, 0, today, told, named=False, said=1 if shown else 0, headed=False), thumbs(reply.answers)]


def card(answer: Answer, today: date) -> list[Block]:
    """One answer alone, without buttons, as part of another message."""
    told = told_of(answer, ())
    return [block for block in _card(answer, 0, today, told, named=False) if block["type"] != "actions"]


def call_script(answer: Answer) -> str:
    """The questions to ask the payer, one a line, as much as a button's value holds; first what they are about."""
    about = [_asked(answer)] if answer.call_script and _asked(answer) else []
    return "\n".join(_fitting([*about, *(one_line(line) for line in answer.call_script)]))


def more_detail(told: Gist, answer: Answer) -> str:
    """What the card leaves out of the answer's text, as mrkdwn, as much as a button's value holds."""
    conflicts = [f"⚠️ *Sources disagree:* {escape(line)}" for line in answer.conflicts]
    cut = conflicts if len(conflicts) > 1 or any(length(line) > _CONFLICT_LENGTH for line in answer.conflicts) else []
    return "\n".join(_fitting([*(_bulleted(part) for part in told.rest), *cut]))


def sources_detail(answer: Answer, today: date) -> str:
    """Each source in full as mrkdwn, as many as a button's value holds; all stand on the card in short."""
    lines = []
    for number, citation in enumerate(answer.citations, 1):
        read = f"read {escape(citation.checked_on)}{_age(citation.checked_on, today)}"
        lines.append(f"{_source(f'[{number}]', answer, citation, citation.effective_date)} · {read}")
    return "\n".join(_fitting(lines))


def shown_script(value: str) -> list[Message]:
    """What the "Call script" button shows."""
    lines = value.splitlines()
    about = lines.pop(0) if lines and lines[0].startswith("{") else ""
    questions = [f"{number}. {escape(line)}" for number, line in enumerate(lines, 1)]
    heading = "*Call script.* Note who answered, the date and the call's reference number."
    record: list[Block] = [{"type": "actions", "elements": [_record(about, 0)]}] if about else []
    return messages([*sections([heading, *questions]), *record])


def read_asked(value: str) -> Matter:
    """What a "Record" button is about."""
    return Matter.model_validate_json(value)


def shown_sources(value: str) -> list[Message]:
    """What the "Sources" button shows."""
    return messages(sections(["*Sources*", *value.splitlines()]))


def shown_more(value: str) -> list[Message]:
    """What the "More" button shows."""
    return messages(sections(["*More on file*", *value.splitlines()]))


def _card(  # noqa: PLR0913  # what a growing message shows already is told by name
    answer: Answer, number: int, today: date, told: Gist, *, named: bool, said: int = 0, headed: bool = True
) -> list[Block]:
    """A card; `said` statements and, unless `headed`, the headline stand above it already."""
    why = [_bulleted(part) for part in told.said]
    if len(why) == 1:
        why[0] = why[0].removeprefix("• ")
    ruled = answer.payer or answer.citations or answer.decision is not Decision.NOT_APPLICABLE
    heading = [headline(answer, told)] if ruled and headed else []
    blocks = section_each(["\n".join([*heading, *why[said:], *_terms(answer, told)])])
    doing = _warnings(answer, told)
    if answer.next_step:
        # The questions stand behind a button here, not below.
        doing.append(f"➡️ *Next:* {escape(answer.next_step.replace('the questions below', 'the call script'))}")
    blocks += sections(doing)
    shown = "\n".join([*told.said, told.modifiers, *answer.conflicts[:1]])
    blocks += context([*_sources(answer, shown, today), *_small_print(answer, shown)])
    buttons = _buttons(answer, told, number, today, named=named)
    return [*blocks, {"type": "actions", "elements": buttons}] if buttons else blocks


def _terms(answer: Answer, told: Gist) -> list[str]:
    lines = []
    unsaid = unsaid_conditions(answer, "\n".join(told.said))
    if unsaid:
        lines.append(f"*Conditions:* {escape('; '.join(unsaid))}")
    if told.modifiers:
        lines.append(f"*Modifier{'s' if len(answer.modifiers) > 1 else ''}:* {escape(told.modifiers)}")
    return lines


def _warnings(answer: Answer, told: Gist) -> list[str]:
    lines = []
    if answer.stale:
        age = told.age or "The rule on file may be out of date for this benefit year"
        lines.append(f"⚠️ *Old rule:* {escape(age[:1].lower() + age[1:])}.")
    if answer.conflicts:
        more = len(answer.conflicts) - 1
        others = f" (and {more} more under “More”)" if more else ""
        lines.append(f"⚠️ *Sources disagree:* {escape(clip(answer.conflicts[0], _CONFLICT_LENGTH))}{others}")
    return lines


def _sources(answer: Answer, shown: str, today: date) -> list[str]:
    """One line a source that the card points at; sources that are one document share a line."""
    found = []
    for numbers in _documents(answer, shown):
        same = [answer.citations[number - 1] for number in numbers]
        dates = " and ".join(dict.fromkeys(_dated(one, today) for one in same))
        found.append(_source("".join(f"[{number}]" for number in numbers), answer, same[0], dates))
    return found or (["No source on file says more."] if answer.payer else [])


def _documents(answer: Answer, shown: str) -> list[list[int]]:
    """The numbers of the sources for the card, those of one document together."""
    documents: dict[tuple[str, str], list[int]] = {}
    for number in markers(shown) or range(1, len(answer.citations) + 1):
        if number <= len(answer.citations):
            citation = answer.citations[number - 1]
            documents.setdefault((citation.source_url, citation.source_title), []).append(number)
    return list(documents.values())[:_SOURCES_ON_CARD]


def _source(marker: str, answer: Answer, citation: Citation, dates: str) -> str:
    parts = [
        f"{marker} {link(citation.source_url, clip(citation.source_title, 60))}",
        escape(clip(one_line(citation.publisher), 45)),
        escape(dates) or "undated",
        how_learnt(answer, citation),
    ]
    return " · ".join(part for part in parts if part)


def how_learnt(answer: Answer, citation: Citation) -> str:
    """Whose word a source is, in the light of whose answer it stands in."""
    if citation.source_kind is SourceKind.PRIMARY:
        if "NCCI" in f"{citation.source_title} {citation.publisher}":
            return "national rule"
        if answer.payer is None:
            return "primary source"
        if answer.payer.line_of_business in _PROGRAMMES:
            return "programme's own document"
    return HOW_LEARNT[citation.source_kind]


def _small_print(answer: Answer, shown: str) -> list[str]:
    parts = []
    left = len(answer.citations) - sum(map(len, _documents(answer, shown)))
    if left:
        parts.append(f"{left} more under “Sources”")
    if answer.citations and answer.decision is not Decision.UNKNOWN:
        parts.append(f"Confidence: {answer.confidence.value}")
    if answer.engine.name == "model":
        parts.append(f"Worded by {answer.engine.model or 'a model'}; decision and sources checked against the file")
    if answer.engine.note:
        parts.append(answer.engine.note if answer.engine.name == "model" else f"Worded offline: {answer.engine.note}")
    return [escape(" · ".join(parts))] if parts else []


def _buttons(answer: Answer, told: Gist, number: int, today: date, *, named: bool) -> list[Block]:
    suffix = f": {answer.payer.name}" if named and answer.payer else ""
    found = [_record(_asked(answer), number, suffix)] if _asked(answer) else []
    own = next((c for c in answer.citations if c.source_kind is SourceKind.PRACTICE_VERIFICATION), None)
    if own:
        found.append(button(f"verification_{number}", "Verification" + suffix, own.snippet_id))
    for action, label, value in (
        ("call_script", "Call script", call_script(answer)),
        ("sources", "Sources", sources_detail(answer, today)),
        ("more", "More", more_detail(told, answer)),
    ):
        if value:
            found.append(button(f"{action}_{number}", label + suffix, value))
    if number:  # of several cards the first has what is about the matter, the same for all
        return found
    found += why_button(answer.topic)
    if answer.decision is Decision.NOT_APPLICABLE and not (answer.payer or answer.citations):
        found.append(button("learn_resume", "The course"))  # who asks what a word of the trade means may be new to it
    return [*found, menu(answer)] if answer.payer or answer.citations else found


def _asked(answer: Answer) -> str:
    """What a practice can ask the payer and record, as a button's value; empty where there is nothing to decide."""
    if answer.to_ask is None or answer.to_ask.topic not in ASKABLE:
        return ""
    return answer.to_ask.model_dump_json(exclude_defaults=True)


def _record(about: str, number: int, suffix: str = "") -> Block:
    return button(f"record_{number}", "Record what they said" + suffix, about)


def _fitting(lines: Iterable[str]) -> list[str]:
    """The first lines that a button's value holds together."""
    kept: list[str] = []
    for line in lines:
        if sum(length(one) + 1 for one in kept) + length(line) > VALUE_LIMIT:
            break
        kept.append(line)
    return kept


def _bulleted(part: str) -> str:
    """A statement as mrkdwn, the items of a list with their bullets."""
    return "\n".join(f"• {escape(line[2:])}" if line.startswith("- ") else escape(line) for line in part.split("\n"))


def _dated(source: Citation, today: date) -> str:
    """A source's date with its age, where it has a day: "2026-01-01, 10 months old".

    What the practice asked itself names the day of the call already: its date is when it begins to hold.
    """
    effective = source.effective_date
    if source.source_kind is SourceKind.PRACTICE_VERIFICATION:
        return f"from {effective}"
    try:
        months = (today - date.fromisoformat(effective)).days // 30
    except ValueError:
        return effective or "undated"
    if months < 1:
        return effective
    old = f"{months} month{'s' * (months > 1)}" if months < 24 else f"{months * 30 // 365} years"
    return f"{effective}, {old} old"


def _age(checked_on: str, today: date) -> str:
    try:
        days = (today - date.fromisoformat(checked_on)).days
    except ValueError:
        return ""
    if days < 1:
        return " (today)"
    if days < 60:
        return f" ({days} day{'s' if days > 1 else ''} ago)"
    return f" ({days // 30} months ago)" if days < 730 else f" ({days // 365} years ago)"
