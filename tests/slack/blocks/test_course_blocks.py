"""The course as Slack shows it: within Slack's limits, with every choice, and nothing that pings anybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.onboarding.course import shipped_course
from bot.onboarding.grading import Graded, choices
from bot.onboarding.learning import Row
from bot.onboarding.models import ChooseModifier, Drill, FixSentence, Module, Path, SpotCopy
from bot.onboarding.standing import ModuleStanding, Standing
from bot.policies.models import Topic
from bot.review.models import Element, Item
from bot.slack.acts import act_of
from bot.slack.blocks.course import due_messages, module_messages, onward, path_messages, progress_messages
from bot.slack.blocks.course_home import course_blocks
from bot.slack.blocks.course_text import as_mrkdwn
from bot.slack.blocks.drill import drill_messages, graded_messages
from bot.slack.blocks.lesson import why_button, why_messages
from bot.slack.blocks.split import Block, Message
from bot.slack.roles import Act
from bot.workspace.limits import check_message, check_view

COURSE = shipped_course()
DAY = date(2026, 5, 20)
DRILLS = [(module, drill) for module in COURSE.modules for drill in module.drills]


def standing(done: int = 0, path: Path = Path.NEWCOMER, **changes: object) -> Standing:
    modules = COURSE.of(path)
    each = tuple(
        ModuleStanding(module, () if n < done else module.drills, DAY if n < done else None)
        for n, module in enumerate(modules)
    )
    return replace(Standing(path, 2026, each), **changes)


def controls(blocks: tuple[Block, ...] | list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def labels(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    return [one["text"]["text"] for one in controls(blocks) if one["type"] == "button"]


def taken(messages: list[Message]) -> None:
    """Slack takes each, and each control is one that a learner may use."""
    assert messages
    for message in messages:
        check_message({"channel": "D1", "text": message.text, "blocks": list(message.blocks)})
        for control in controls(message.blocks):
            assert act_of({"type": "block_actions", "actions": [control]}) is Act.LEARN


@pytest.mark.parametrize("module", COURSE.modules, ids=lambda module: module.id)
def test_a_lesson_is_one_message_that_slack_takes(module: Module) -> None:
    messages = module_messages(module, standing())
    taken(messages)
    (message,) = messages
    assert "**" not in message.text
    assert labels(message.blocks) == ["Start the drills"]
    for source in module.sources:
        assert source.publisher in message.text.replace("&amp;", "&")


@pytest.mark.parametrize(("module", "drill"), DRILLS, ids=lambda one: one.id)
def test_a_drill_is_one_message_with_every_choice(module: Module, drill: Drill) -> None:
    messages = drill_messages(module, drill)
    taken(messages)
    (message,) = messages
    assert labels(message.blocks) == [*(one.label for one in choices(drill)), "Show me"]


def test_many_choices_are_a_list() -> None:
    module = COURSE.module("copies")
    assert module
    drill = module.drills[0]
    assert isinstance(drill, SpotCopy)
    four = drill.model_copy(update={"parts": {**drill.parts, "Q.Q.": "Came late."}})
    messages = drill_messages(module.model_copy(update={"drills": (four,)}), four)
    taken(messages)
    (list_,) = (one for one in controls(messages[0].blocks) if one["type"] == "static_select")
    assert [option["text"]["text"] for option in list_["options"]][-1] == "S.O. and Q.Q."


def test_what_the_engine_quotes_is_inert() -> None:
    graded = Graded(right=False, why=("Told <!channel> once.",), quote="<@U1> *said* so")
    (message,) = graded_messages(graded, after=[], said=[])
    assert "<!channel>" not in str(message.blocks)
    assert "<@U1>" not in str(message.blocks)


def test_what_comes_next_is_the_drill_then_the_lesson_then_the_certificate() -> None:
    assert labels([{"type": "actions", "elements": onward(standing(), "copies")}]) == ["Next drill"]
    between = onward(standing(1, due=("copies-1",)))
    assert [one["text"]["text"] for one in between] == ["Next: Eight patients, eight claims", "Repeat 1 drill"]
    assert [one["text"]["text"] for one in onward(standing(11))] == ["My certificate"]
    assert [one["text"]["text"] for one in onward(standing(11, looked=("copies-1",)))] == ["Answer 1 drill yourself"]


def test_the_paths_and_reminders_are_messages_that_slack_takes() -> None:
    taken(path_messages(COURSE, Standing(None, 2026)))
    taken(due_messages(1))
    taken(due_messages(3))


def test_home_says_how_far_and_what_is_due() -> None:
    for stands, says, buttons in (
        (Standing(None, 2026), "short lessons", ["Begin the course"]),
        (standing(4), "4 of 11 lessons", ["Resume", "Pause reminders"]),
        (standing(4, due=("copies-1", "copies-2"), paused=True), "2 drills to repeat", None),
        (standing(refreshes=2025), "you finished the course in 2025", ["Begin", "Pause reminders"]),
        (standing(11), "You have finished the course", ["My certificate", "Pause reminders"]),
        (standing(11, looked=("copies-1",)), "waits for 1 drill", ["Answer now", "Pause reminders"]),
    ):
        blocks = course_blocks(stands)
        check_view({"type": "home", "blocks": blocks})
        assert says in str(blocks)
        assert buttons in (None, labels(blocks))
    assert labels(course_blocks(standing(4, due=("copies-1",), paused=True))) == [
        "Resume",
        "Repeat now",
        "Tell me of repetitions",
    ]


def test_a_table_of_a_hundred_people_is_messages_that_slack_takes() -> None:
    rows = [Row(f"U{number}", standing(number % 12)) for number in range(100)]
    messages = progress_messages(rows, 2026)
    for message in messages:
        check_message({"channel": "D1", "text": message.text, "blocks": list(message.blocks)})
    said = "".join(message.text for message in messages)
    assert said.count("<@U") == 100
    assert "finished 2026-05-20" in said


def test_why_shows_each_lesson_once_with_the_way_to_it() -> None:
    (button,) = why_button(Element.PATIENT_PARTICIPATION, Element.CLINICAL_RESPONSE, Item.INDIVIDUALIZED)
    messages = why_messages(button["value"])
    taken(messages)
    assert labels(messages[0].blocks) == ["Lesson: The two layers of a note", "Lesson: Copies, and who looks for them"]
    assert messages[0].text.count("The layer that is theirs alone") == 1


def test_why_ends_with_the_way_back_to_the_card_it_was_asked_from() -> None:
    (message,) = why_messages("plan", "https://team.slack.com/archives/D1/p1700000000000100")
    taken([message])
    assert "p1700000000000100|Back to the card>" in str(message.blocks[-1])


def test_a_topic_without_a_lesson_has_no_button() -> None:
    assert why_button(Topic.GENERAL) == []
    (message,) = why_messages("topic.general")
    assert "no longer part of the course" in message.text


def test_markdown_becomes_slacks_own() -> None:
    assert as_mrkdwn("- **One:** a *b* & <c>\n\n> “q”") == "• *One:* a _b_ &amp; &lt;c&gt;\n\n> “q”"


def test_no_modifier_is_a_choice_in_words() -> None:
    drill = next(drill for _, drill in DRILLS if isinstance(drill, ChooseModifier) and "none" in drill.options)
    assert choices(drill)[-1].label == "No modifier on file"


@pytest.mark.parametrize(
    ("module", "drill"),
    [(module, drill) for module, drill in DRILLS if isinstance(drill, FixSentence)],
    ids=lambda one: one.id,
)
def test_the_sentence_to_replace_is_bold_in_its_note(module: Module, drill: FixSentence) -> None:
    (message,) = drill_messages(module, drill)
    assert f"*{drill.vague}*" in str(message.blocks)


def test_an_answer_that_is_shown_ends_before_its_reason_begins() -> None:
    (choice,) = graded_messages(Graded(False, ("The review says: to fix.",), answer="To fix"), after=[], said=[])
    assert "*To fix.* The review says" in choice.blocks[0]["text"]["text"]
    (sentence,) = graded_messages(Graded(True, ("Plan: met.",), answer="Will call on Monday."), after=[], said=[])
    assert "*Will call on Monday.* Plan: met." in sentence.blocks[0]["text"]["text"]
