import pytest

from bot.onboarding.course import shipped_course
from bot.onboarding.lessons import lesson_for_element, lesson_for_topic
from bot.policies.models import Topic
from bot.review.models import Element, Item


@pytest.mark.parametrize("about", [*Element, *Item], ids=lambda one: f"{type(one).__name__}-{one.value}")
def test_every_finding_has_a_lesson_behind_it(about: Element | Item) -> None:
    lesson = lesson_for_element(about)
    assert lesson
    module = shipped_course().module(lesson.module)
    assert module
    section = module.section(lesson.anchor)
    assert section
    assert section.text == lesson.text


def test_every_topic_but_the_general_ones_has_a_lesson() -> None:
    assert [topic for topic in Topic if lesson_for_topic(topic) is None] == [Topic.FREQUENCY, Topic.GENERAL]
