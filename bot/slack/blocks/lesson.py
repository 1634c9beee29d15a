"""The lesson behind a finding or an answer: the button "Why?", and what it shows."""

from collections.abc import Iterable

from bot.onboarding.lessons import Lesson, lesson_for_element, lesson_for_topic
from bot.policies.models import Topic
from bot.review.models import Element, Item
from bot.slack.blocks.buttons import button, row
from bot.slack.blocks.course_text import as_mrkdwn
from bot.slack.blocks.guide import line
from bot.slack.blocks.split import Block, Message, context, messages, section_each
from bot.slack.blocks.text import escape, link

_MOST = 5
"""Lessons shown at once."""
_TOPIC, _ITEM = "topic.", "item."


def why_button(*about: Element | Item | Topic) -> list[Block]:
    """The button, as a list; empty where no lesson is behind any of them."""
    named = list(dict.fromkeys(_name(one) for one in about))
    value = ",".join(named)
    return [button("learn_why", "Why?", value)] if lessons_in(value) else []


def why_messages(value: str, back: str = "") -> list[Message]:
    """The teaching text of each lesson that a button names, the way to the whole of each, and the way `back`."""
    found = lessons_in(value)
    if not found:
        return [line("That lesson is no longer part of the course: `/billing learn` shows what is.")]
    blocks = section_each(f"*{escape(lesson.heading)}*\n{as_mrkdwn(lesson.text)}" for lesson in found)
    modules = {lesson.module: lesson.title for lesson in found}
    blocks += row(_opening(number, *one) for number, one in enumerate(modules.items()))
    return messages([*blocks, *(context([link(back, "Back to the card")]) if back else [])])


def lessons_in(value: str) -> list[Lesson]:
    """The lessons that a button's value names, each once; what is unknown is passed over."""
    found = (_lesson(name) for name in value.split(","))
    return list(dict.fromkeys(lesson for lesson in found if lesson))[:_MOST]


def _opening(number: int, module: str, title: str) -> Block:
    return button(f"learn_module_{number}", f"Lesson: {title}", module)


def _name(about: Element | Item | Topic) -> str:
    prefix = {Topic: _TOPIC, Item: _ITEM}.get(type(about), "")
    return prefix + about.value


def _lesson(name: str) -> Lesson | None:
    try:
        if name.startswith(_TOPIC):
            return lesson_for_topic(Topic(name.removeprefix(_TOPIC)))
        if name.startswith(_ITEM):
            return lesson_for_element(Item(name.removeprefix(_ITEM)))
        return lesson_for_element(Element(name))
    except ValueError:
        return None


def lessons_behind(elements: Iterable[Element | Item]) -> list[Block]:
    """The same button for a card's findings, as the block it stands in."""
    return row(why_button(*elements))
