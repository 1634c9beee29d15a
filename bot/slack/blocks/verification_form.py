"""The modal that asks what a payer answered: the rule and who told it, never anything of a patient or a note."""

from collections.abc import Mapping
from datetime import date

from bot.answers.phrases import LINES
from bot.policies.matters import matter
from bot.policies.models import Decision, LineOfBusiness, Topic
from bot.policies.states import STATES
from bot.policies.verification_draft import ASKABLE, Draft, decisions_for
from bot.slack.blocks.split import Block, section
from bot.slack.blocks.text import clip, escape

CALLBACK = "verification"
TOPIC_CHOSEN = "verification_topic"
_OPTION_TEXT = 75
_CONDITIONS_LENGTH = 800
_CHOICES = {
    Decision.ALLOWED: "Allowed",
    Decision.ALLOWED_WITH_CONDITIONS: "Allowed with conditions",
    Decision.NOT_ALLOWED: "Not allowed",
    Decision.REQUIRED: "Required",
    Decision.NOT_REQUIRED: "Not required",
    Decision.VARIES: "It varies: by plan, diagnosis or provider",
}
_ASKED = {
    Topic.SAME_DAY: "Group and individual psychotherapy on one date",
    Topic.GENERAL: "Whether group therapy is covered at all",
    Topic.NON_COVERED: "A kind of group that may not be covered",
}

Filled = Mapping[str, str]
"""The form's fields by name, as words; what is empty is left out or empty."""


def filled_from(draft: Draft) -> dict[str, str]:
    """A draft as the form's words."""
    days = {name: getattr(draft, name) for name in ("verified_on", "applies_from", "valid_until")}
    return {
        "payer": draft.payer,
        "state": draft.state,
        "plans": draft.line_of_business or "",
        "topic": topic_value(draft.topic, draft.aspect) if draft.topic else "",
        "decision": draft.decision or "",
        "conditions": "\n".join(draft.conditions),
        "modifiers": ", ".join(draft.modifiers),
        "answered_by": draft.answered_by,
        "reference": draft.reference,
        **{name: day.isoformat() for name, day in days.items() if day},
    }


def topic_value(topic: Topic, aspect: str = "") -> str:
    return f"{topic}/{aspect}" if aspect else str(topic)


def read_topic(value: str) -> tuple[Topic | None, str]:
    """The topic and aspect that an option's value stands for."""
    name, _, aspect = value.partition("/")
    return (Topic(name), aspect) if name in ASKABLE else (None, "")


def decision_block(topic: Topic | None) -> str:
    """The block id of the answers to a topic: another kind of answer is another block, so that no choice is stale."""
    return "decision_" + ("any" if topic is None else str(decisions_for(topic)[0]))


def verification_form(filled: Filled, private_metadata: str, *, title: str, notice: str = "") -> Block:
    """The modal with what is known filled in; `notice` is a sentence above it."""
    told = "What the payer's line said: rules only, nothing of a patient. It stands above every document on file."
    intro: list[Block] = [{"type": "context", "elements": [{"type": "plain_text", "text": told}]}]
    if notice:
        intro.insert(0, section(f"⚠️ {escape(notice)}"))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": _plain(title),
        "submit": _plain("Record"),
        "close": _plain("Cancel"),
        "blocks": [*intro, *_who_and_what(filled), *_how_and_until(filled)],
    }


def _who_and_what(filled: Filled) -> list[Block]:
    topic, aspect = read_topic(filled.get("topic", ""))
    offered = [(topic_value(one), _asked(one)) for one in ASKABLE]
    if topic and aspect:
        offered.insert(0, (topic_value(topic, aspect), matter(topic, aspect)))
    answers = [(str(one), _CHOICES[one]) for one in (decisions_for(topic) if topic else _CHOICES)]
    asked = _input("topic", "Asked about", _select(offered, filled.get("topic", ""), action=TOPIC_CHOSEN))
    conditions = _text(filled.get("conditions", ""), _CONDITIONS_LENGTH, "Separate notes and times") | {
        "multiline": True
    }
    return [
        _input("payer", "Payer", _text(filled.get("payer", ""), 80, "As on the member's card")),
        _input(
            "state",
            "State",
            _select(sorted(STATES.items(), key=lambda pair: pair[1]), filled.get("state", "")),
            optional=True,
            hint="Only if the answer is for one state, or the name needs it (Medicaid, Blue Cross).",
        ),
        _input(
            "plans",
            "Plans",
            _select(_lines(), filled.get("plans", "")),
            optional=True,
            hint="Empty: as the payer's name says, else its commercial plans, if it has any.",
        ),
        asked | {"dispatch_action": True},
        _input(decision_block(topic), "They answered", _radio(answers, filled.get("decision", ""))),
        _input("conditions", "Conditions", conditions, optional=True, hint="One a line, in a few words."),
        _input("modifiers", "Modifiers", _text(filled.get("modifiers", ""), 40, "59, XE"), optional=True),
    ]


def _how_and_until(filled: Filled) -> list[Block]:
    return [
        _input("answered_by", "Who answered", _text(filled.get("answered_by", ""), 80, "Kim, provider services")),
        _input(
            "reference",
            "Call reference",
            _text(filled.get("reference", ""), 80, "The number they gave for the call"),
            optional=True,
        ),
        _input("verified_on", "Answered on", _date(filled.get("verified_on", ""))),
        _input(
            "applies_from",
            "For dates of service from",
            _date(filled.get("applies_from", "")),
            optional=True,
            hint="Empty: from 1 January of the year they answered, since that year's earlier claims are billed on it.",
        ),
        _input(
            "valid_until",
            "Valid until",
            _date(filled.get("valid_until", "")),
            optional=True,
            hint="Empty: to the end of that benefit year, 31 December. It comes up for renewal before.",
        ),
    ]


def _asked(topic: Topic) -> str:
    words = _ASKED.get(topic) or matter(topic)
    return words[0].upper() + words[1:]


def _lines() -> list[tuple[str, str]]:
    return [
        (str(line), words[0].upper() + words[1:])
        for line, words in LINES.items()
        if line is not LineOfBusiness.NATIONAL_CODING
    ]


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _input(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    block = {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}
    return block | {"hint": _plain(hint)} if hint else block


def _text(initial: str, limit: int, placeholder: str) -> Block:
    element = {"type": "plain_text_input", "action_id": "value", "placeholder": _plain(placeholder)}
    return element | {"max_length": limit} | ({"initial_value": initial[:limit]} if initial else {})


def _select(options: list[tuple[str, str]], chosen: str, *, action: str = "value") -> Block:
    return _chooser("static_select", options, chosen, action)


def _radio(options: list[tuple[str, str]], chosen: str) -> Block:
    return _chooser("radio_buttons", options, chosen, "value")


def _chooser(kind: str, options: list[tuple[str, str]], chosen: str, action: str) -> Block:
    made = {value: {"text": _plain(clip(words, _OPTION_TEXT)), "value": value} for value, words in options}
    element: Block = {"type": kind, "action_id": action, "options": list(made.values())}
    return element | {"initial_option": made[chosen]} if chosen in made else element


def _date(initial: str) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element | {"initial_date": initial} if _is_day(initial) else element


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
