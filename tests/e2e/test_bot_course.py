"""A newcomer goes through the whole course in the local workspace, with the real engine behind it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import Copilot
from bot.onboarding.course import shipped_course
from bot.onboarding.grading import choices, stated_answers
from bot.onboarding.learning import Learning
from bot.onboarding.models import Drill, FixSentence
from bot.settings import Settings
from bot.storage.course import CourseStore
from bot.storage.database import open_database
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.fakes import make_note
from tests.slack.joined import all_text, replies, roles_of, settings_for

COURSE = shipped_course()


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="module")
def office(copilot: Copilot) -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as workspace, joined(copilot, settings_for(workspace, **roles_of(workspace))):
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


def begin(person: Person) -> str:
    """Start as a newcomer; the thread in which it goes on."""
    thread = person.say("learn")
    (message,) = replies(person, thread)
    if "I am new here" in buttons(message):
        press(person, message, *buttons(message)["I am new here"])
        after(person, thread, 1)
    return thread


def ask_drill(person: Person, office: Workspace, copilot: Copilot, drill_id: str) -> str:
    """Have a drill of a sentence asked in a thread, by the button of its lesson."""
    thread = begin(person)
    ask_drill_in(person, office, copilot, thread, drill_id)
    return thread


def misses(office: Workspace, copilot: Copilot, person: Person, drill_id: str) -> int:
    store = CourseStore(open_database("", copilot.settings.data_dir))
    return store.drills(office.core.state.team_id, person.id, date.today().year)[drill_id].missed


def ask_drill_in(person: Person, office: Workspace, copilot: Copilot, thread: str, drill_id: str) -> None:
    learning = copilot.at(office.core.state.team_id).learning
    learning.await_sentence(person.id, f"{person.channel('dm')['id']}:{thread}", drill_id)


NOTE_LIKE = (
    "Participation: shared and identified two worries. Response: receptive. Progress: improved toward goal of sleep. "
    "Dx: F41.1. Denied SI/HI. Plan: will practice."
)


def test_a_learners_sentence_is_graded_even_where_it_reads_like_a_note(office: Workspace, copilot: Copilot) -> None:
    alex = office.person("alex")
    thread = ask_drill(alex, office, copilot, "two-layers-4")
    seen = len(bots(alex, thread))
    alex.say(NOTE_LIKE, thread_ts=thread)
    assert "Plan: " in after(alex, thread, seen)["text"]
    elsewhere = alex.say(NOTE_LIKE)
    assert replies(alex, elsewhere)[0]["text"].startswith("Reviewing notes is for")


@pytest.fixture
def lost_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The database is away once, right after an answer was kept, so that its work is done again."""

    def arm() -> None:
        read, left = Learning.comes_back, [1]

        def lose(learning: Learning, person: str, drill_id: str) -> date | None:
            if left:
                left.pop()
                raise OperationalError("", {}, Exception())
            return read(learning, person, drill_id)

        monkeypatch.setattr(Learning, "comes_back", lose)

    return arm


def test_an_answer_whose_work_is_done_twice_counts_once(
    office: Workspace, copilot: Copilot, lost_once: Callable[[], None]
) -> None:
    dana = office.person("dana")
    learning = copilot.at(office.core.state.team_id).learning
    lesson = COURSE.modules[0]
    judged, written = lesson.drills
    assert isinstance(written, FixSentence)
    thread = begin(dana)
    seen = len(bots(dana, thread))
    press(dana, replies(dana, thread)[-1], "learn_drills", lesson.id)
    asked = after(dana, thread, seen)
    lost_once()
    press(dana, asked, "learn_answer_0", f"{judged.id}|ready")
    assert "Not yet." in after(dana, thread, seen + 1)["text"]
    assert misses(office, copilot, dana, judged.id) == 1
    learning.give_up(dana.id, judged.id)

    ask_drill_in(dana, office, copilot, thread, written.id)
    lost_once()
    dana.say(written.answer, thread_ts=thread)
    told = after(dana, thread, seen + 2)
    assert "Right." in told["text"]
    assert "1 of 11 lessons" in told["text"]
    assert "Next: Eight patients, eight claims" in buttons(told)


def test_a_question_in_the_drills_thread_is_answered_as_one(office: Workspace, copilot: Copilot) -> None:
    dana = office.person("dana")
    thread = ask_drill(dana, office, copilot, "two-layers-4")
    seen = len(bots(dana, thread))
    dana.say("Does Cigna require prior authorization for 90853?", thread_ts=thread)
    assert "Cigna" in after(dana, thread, seen)["text"]


def test_the_progress_of_all_is_for_admins(office: Workspace) -> None:
    dana, robin = office.person("dana"), office.person("robin")
    begin(dana)
    dana.slash("/billing learn progress")
    dana.wait(lambda: "progress in the course is for admins" in all_text(whispers(dana)))
    robin.slash("/billing learn progress")
    said = robin.wait(lambda: [m for m in whispers(robin) if "The course in 20" in m["text"]])
    assert f"<@{dana.id}>" in said[-1]["text"]


def whispers(person: Person) -> list[dict]:
    return [m for m in person.messages("#billing") if m.get("is_ephemeral")]


def test_the_slash_command_goes_on_in_the_direct_message(office: Workspace) -> None:
    sam = office.person("sam")
    sam.slash("/billing learn clinician")
    lesson = sam.wait(lambda: next((m for m in bots(sam) if "Lesson 1 of 7" in m["text"]), None), 20)
    assert not lesson.get("thread_ts")
    sam.wait(lambda: "It goes on in our direct message" in all_text(whispers(sam)))
    sam.slash("/billing learn clinician", channel="dm")
    sam.wait(lambda: len([m for m in bots(sam) if "Lesson 1 of 7" in m["text"]]) == 2, 20)
    sam.slash("/billing learn astrology", channel="dm")
    said = sam.wait(lambda: [m for m in sam.messages("dm") if m.get("is_ephemeral")])
    assert "or a path: newcomer, clinician, biller" in said[0]["text"]
    sam.slash("/billing learn astrology")
    sam.wait(lambda: "or a path: newcomer, clinician, biller" in all_text(whispers(sam)))


def test_a_lesson_is_read_again_by_its_number(office: Workspace) -> None:
    dana = office.person("dana")
    thread = dana.say("show me lesson 4 again")
    assert "The two layers of a note" in replies(dana, thread, seconds=20)[0]["text"]
    beyond = dana.say("lesson 40")
    assert "numbered 1 to 11" in replies(dana, beyond, seconds=20)[0]["text"]
    dana.slash("/billing learn lesson 7", channel="dm")
    dana.wait(lambda: any("Authorization for the group" in m["text"] for m in bots(dana) if not m.get("thread_ts")), 20)


def test_home_resumes_the_course_and_pauses_its_reminders(office: Workspace, copilot: Copilot) -> None:
    robin = office.person("robin")
    robin.open_home()
    home = robin.wait(lambda: robin.state().get("home"))
    assert "Begin the course" in str(home)
    robin.click_in_view(home, "learn_resume")
    robin.wait(lambda: any("The group billing course" in m["text"] for m in bots(robin)), 20)
    learning = copilot.at(office.core.state.team_id).learning
    begin(robin)
    robin.open_home()
    home = robin.wait(lambda: found if "Pause reminders" in str(found := robin.state().get("home")) else None)
    robin.click_in_view(home, "learn_pause")
    robin.wait(lambda: learning.standing(robin.id).paused)


def test_why_under_an_answer_and_a_finding_opens_the_lesson(office: Workspace) -> None:
    sam = office.person("sam")
    thread = sam.say("Can I bill group and individual therapy the same day for Medicare?")
    (card,) = replies(sam, thread, seconds=20)
    sam.click(card, "learn_why")
    lesson = replies(sam, thread, at_least=2)[-1]
    assert "No single rule" in lesson["text"]
    seen = len(bots(sam, thread))
    press(sam, lesson, *buttons(lesson)["Lesson: Same day, and modifiers"])
    assert "A lesson of the course" in after(sam, thread, seen)["text"]
    note = sam.say(make_note(["A.B.", "C.D."]))
    cards = replies(sam, note, at_least=3, seconds=20)
    sam.click(cards[-1], "learn_why")
    sam.wait(lambda: "The layer that is theirs alone" in all_text(bots(sam, note)), 20)


def test_a_sentence_beside_its_thread_is_graded_and_no_question_is_taken_for_one(
    office: Workspace, copilot: Copilot
) -> None:
    sam, written = office.person("sam"), COURSE.modules[0].drills[1]
    assert isinstance(written, FixSentence)
    ask_drill(sam, office, copilot, written.id)
    question = sam.say("cigna prior auth")
    assert "Cigna" in replies(sam, question, seconds=20)[0]["text"]
    unsure = sam.say("He shared one worry with the group.")
    assert "reply in its thread" in replies(sam, unsure, seconds=20)[0]["text"]
    beside = sam.say("Therapist helped.")
    assert "Not yet." in replies(sam, beside, seconds=20)[0]["text"]
    seen = len(bots(sam, beside))
    sam.say(written.answer, thread_ts=beside)
    assert "Right." in after(sam, beside, seen)["text"]
    later = sam.say("Therapist helped.")
    assert "That is not something I know about" in replies(sam, later, seconds=20)[0]["text"]
