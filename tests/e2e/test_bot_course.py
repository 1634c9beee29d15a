"""A newcomer goes through the whole course in the local workspace, with the real engine behind it."""

from collections.abc import Iterator

import pytest

from bot.app import Copilot
from bot.onboarding.course import shipped_course
from bot.onboarding.grading import choices, stated_answers
from bot.onboarding.models import Drill, FixSentence
from bot.settings import Settings
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.joined import replies, settings_for

COURSE = shipped_course()


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="module")
def office(copilot: Copilot) -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as workspace:
        roles = {f"role_{role}s": workspace.people_with(role) for role in ("biller", "clinician", "learner")}
        with joined(copilot, settings_for(workspace, **roles)):
            yield workspace


def bots(person: Person, thread: str | None = None) -> list[dict]:
    """What the bot said in the direct message, or in a thread of it."""
    return [m for m in person.messages("dm", thread) if m.get("bot_id") and m["ts"] != thread]


def after(person: Person, thread: str | None, seen: int) -> dict:
    """The bot's newest message there, once there are more than were seen."""
    return person.wait(lambda: found[-1] if len(found := bots(person, thread)) > seen else None, 20)


def buttons(message: dict) -> dict[str, tuple[str, str]]:
    """Action and value of each button of a message, by its label."""
    elements = [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]
    return {e["text"]["text"]: (e["action_id"], e["value"]) for e in elements if e["type"] == "button"}


def press(person: Person, message: dict, action_id: str, value: str) -> None:
    person.click(message, action_id, value=value)


def answer(person: Person, thread: str, message: dict, drill: Drill) -> dict:
    """Give the course's own answer; the bot's word to it."""
    seen = len(bots(person, thread))
    if isinstance(drill, FixSentence):
        person.say(drill.answer, thread_ts=thread)
    else:
        value = next(one for one in stated_answers(drill))
        number = [one.value for one in choices(drill)].index(value)
        press(person, message, f"learn_answer_{number}", f"{drill.id}|{value}")
    return after(person, thread, seen)


def test_a_newcomer_goes_from_learn_to_the_certificate(office: Workspace, copilot: Copilot) -> None:
    alex = office.person("alex")
    thread = alex.say("learn")
    (message,) = replies(alex, thread)
    assert "The group billing course" in message["text"]
    action, value = buttons(message)["I am new here"]
    press(alex, message, action, value)
    message = after(alex, thread, 1)
    for number, module in enumerate(COURSE.modules, 1):
        assert f"Lesson {number} of {len(COURSE.modules)}" in message["text"], module.id
        for drill in module.drills:
            label = "Start the drills" if drill is module.drills[0] else "Next drill"
            seen = len(bots(alex, thread))
            press(alex, message, *buttons(message)[label])
            message = answer(alex, thread, after(alex, thread, seen), drill)
            assert "Right." in message["text"], (drill.id, message["text"])
        if number < len(COURSE.modules):
            seen = len(bots(alex, thread))
            label = f"Next: {COURSE.modules[number].title}"
            press(alex, message, *buttons(message)[label])
            message = after(alex, thread, seen)
    assert "You have finished the course" in message["text"]
    seen = len(bots(alex, thread))
    press(alex, message, *buttons(message)["My certificate"])
    file = alex.wait(lambda: next((f for m in bots(alex, thread) for f in m.get("files", ())), None), 20)
    assert file["name"] == "group_billing_course.pdf"
    practice = copilot.at(office.core.state.team_id)
    assert practice.learning.standing(alex.id).is_finished
