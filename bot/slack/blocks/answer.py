"""An answer as a card: the decision first, then why, what to do, and where it is written."""

from collections.abc import Sequence
from datetime import date

from bot.answers.models import Answer, Citation, Reply
from bot.policies.models import Confidence, Decision, SourceKind, Topic
from bot.slack.blocks.split import Block, Message, context, messages, sections
from bot.slack.blocks.text import clip, escape, link, one_line

# Of a button's value, by Slack.
VALUE_LIMIT = 2_000

_DECISIONS = {
    Decision.ALLOWED: ("✅", "Allowed"),
    Decision.ALLOWED_WITH_CONDITIONS: ("🟡", "Allowed with conditions"),
    Decision.NOT_ALLOWED: ("⛔", "Not allowed"),
    Decision.REQUIRED: ("🔶", "Required"),
    Decision.NOT_REQUIRED: ("✅", "Not required"),
    Decision.VARIES: ("🔀", "It varies"),
    Decision.UNKNOWN: ("❔", "Not known"),
    Decision.NOT_APPLICABLE: ("⚪", "Here is what applies"),
}
_TOPICS = {
    Topic.SAME_DAY: "same-day services",
    Topic.PRIOR_AUTH: "prior authorization",
    Topic.PROVIDER_TYPES: "who may bill",
    Topic.NON_COVERED: "what is not covered",
    Topic.CODING: "coding",
    Topic.GENERAL: "group psychotherapy",
}
_SOURCE_KINDS = {
    SourceKind.PRACTICE_VERIFICATION: "verified by your practice",
    SourceKind.CONTRACT: "your contract",
    SourceKind.PRIMARY: "the payer's or programme's own document",
    SourceKind.SECONDARY: "someone else's article, not the payer's",
    SourceKind.GUIDE: "general billing guide",
}


def answer_messages(reply: Reply, today: date) -> list[Message]:
    """The whole reply: one card, or one section a payer where several were named."""
    several = len(reply.answers) > 1
    blocks: list[Block] = []
    for number, answer in enumerate(reply.answers):
        if number:
            blocks.append({"type": "divider"})
        blocks += _card(answer, number, today, named=several)
    blocks.append(_feedback())
    return messages(blocks)


def headline(answer: Answer) -> str:
    """The decision in one line: "Allowed with conditions · Aetna · same-day services"."""
    icon, words = _DECISIONS[answer.decision]
    about = [_topic(answer.topic)]
    if answer.payer:
        about.insert(0, answer.payer.name)
    return f"{icon} *{words}* · {escape(' · '.join(about))}"


def call_script(answer: Answer) -> str:
    """The questions to ask the payer, one a line, as much as a button's value holds."""
    lines: list[str] = []
    for line in answer.call_script:
        if sum(len(kept) + 1 for kept in lines) + len(line) > VALUE_LIMIT:
            break
        lines.append(one_line(line))
    return "\n".join(lines)


def sources_detail(citations: Sequence[Citation], today: date) -> str:
    """Each source in full as mrkdwn, as many as a button's value holds; all stand on the card in short."""
    lines: list[str] = []
    for citation in citations:
        line = f"• {_source(citation, today)}\n{escape(citation.publisher)}: {_SOURCE_KINDS[citation.source_kind]}"
        if sum(len(kept) + 1 for kept in lines) + len(line) > VALUE_LIMIT:
            break
        lines.append(line)
    return "\n".join(lines)


def shown_script(value: str) -> list[Message]:
    """What the "Call script" button shows."""
    questions = [f"{number}. {escape(line)}" for number, line in enumerate(value.splitlines(), 1)]
    heading = "*Call script.* Note who answered, the date and the call's reference number."
    return messages(sections([heading, *questions]))


def shown_sources(value: str) -> list[Message]:
    """What the "Sources" button shows."""
    return messages(sections(["*Sources*", *value.splitlines()]))


def _card(answer: Answer, number: int, today: date, *, named: bool) -> list[Block]:
    paragraphs = [headline(answer), escape(answer.answer)]
    if answer.conditions:
        paragraphs += ["*Conditions*", *(f"• {escape(line)}" for line in answer.conditions)]
    if answer.modifiers:
        paragraphs += ["*Modifiers*", *(f"• {escape(line)}" for line in answer.modifiers)]
    if answer.stale:
        paragraphs.append("⚠️ *Verify first:* the rule on file may be out of date for this benefit year.")
    paragraphs += [f"⚠️ *Sources disagree:* {escape(line)}" for line in answer.conflicts]
    if answer.next_step:
        paragraphs.append(f"➡️ *Next:* {escape(answer.next_step)}")
    blocks = sections(paragraphs)
    blocks += context([_source(citation, today) for citation in answer.citations] or ["No source on file says more."])
    small = _small_print(answer)
    if small:
        blocks += context([small])
    buttons = _buttons(answer, number, today, named=named)
    return [*blocks, {"type": "actions", "elements": buttons}] if buttons else blocks


def _small_print(answer: Answer) -> str:
    parts = []
    if answer.confidence is not Confidence.HIGH and answer.decision is not Decision.UNKNOWN:
        parts.append(f"Confidence: {answer.confidence.value}")
    if answer.engine.name == "model":
        parts.append(f"Worded by {answer.engine.model or 'a model'}; decision and sources checked against the file")
    if answer.engine.note:
        parts.append(answer.engine.note)
    return escape(" · ".join(parts))


def _buttons(answer: Answer, number: int, today: date, *, named: bool) -> list[Block]:
    suffix = f": {answer.payer.name}" if named and answer.payer else ""
    found = []
    for action, label, value in (
        ("call_script", "Call script", call_script(answer)),
        ("sources", "Sources", sources_detail(answer.citations, today)),
    ):
        if value:
            text = {"type": "plain_text", "text": clip(label + suffix, 75)}
            found.append({"type": "button", "action_id": f"{action}_{number}", "text": text, "value": value})
    return found


def _source(citation: Citation, today: date) -> str:
    parts = [link(citation.source_url, clip(citation.source_title, 150))]
    if citation.effective_date:
        parts.append(f"in effect {escape(citation.effective_date)}")
    if citation.checked_on:
        parts.append(f"read {escape(citation.checked_on)}{_age(citation.checked_on, today)}")
    return " · ".join(parts)


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


def _topic(topic: Topic) -> str:
    return _TOPICS.get(topic, topic.value.replace("_", " "))


def _feedback() -> Block:
    def button(label: str, value: str, spoken: str) -> Block:
        return {"text": {"type": "plain_text", "text": label}, "value": value, "accessibility_label": spoken}

    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": button("Helpful", "up", "This answer helped"),
                "negative_button": button("Not helpful", "down", "This answer did not help"),
            }
        ],
    }
