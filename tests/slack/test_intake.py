"""A question is answered, a note is reviewed, and what could be either is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.intake import Kind, follows_up, is_caption, lesson_number, read_slack_text, sort_out, speaks_to_us

QUESTIONS = [
    "Can I bill 90853 and 90837 on the same day for Aetna?",
    "How many members can a Minnesota Medicaid group have?",
    "does cigna need prior auth for group",
    "and Cigna?",
    "what about telehealth",
    "Aetna same day",
    "90853 modifier for Medicare",
    "UHC denied 90853 for a missing plan, what do I do?",
    "Our client's diagnosis is F41.1, will Aetna pay for group therapy?",
    "What must a progress note say about each patient's participation?",
    "We run a 75-minute anxiety group with 8 members. Two of them also see their own therapist that day.\n"
    "Can we bill both for Blue Cross of Massachusetts, and which modifier goes where?",
    "Hi, quick one: is TRICARE West ok with a group of 12?",
    "¿Aetna requiere autorización?",
    "Does the payer want to know whether the patient responded and engaged in group?",
    "is it ok if the note says patient denied SI/HI",
]
NOTES = [
    "Date: 03/14/2026\nGroup: Anxiety, CBT, 7 members present\nPatient: K.L.\nDx: F41.1\n"
    "Participation: volunteered to role-play.\nPlan: continue",
    "Patient: K.L. Dx: GAD. Shared a feared scene, responded well to feedback. Denied SI/HI. Progress toward goal "
    "(reduce avoidance). Plan: repeat next week.",
    "SESSION NOTE\n03/14/2026 DBT skills process group, 75 minutes\nTherapist guided chain analysis.\n\n"
    "JD - shared about conflict at work, tearful, receptive to feedback. No SI. Plan: DEAR MAN with boss.\n\n"
    "MS - engaged, identified triggers. Denies SI/HI. Plan: continue.",
    "Can you review this?\n\nDate: 3/14/26\nMembers present: 6\nClient: AB\nDiagnosis: MDD\n"
    "Shared her week, tearful. Denied SI.\nPlan: safety plan review",
    "Group therapy 90853, March 14, 2026. Six clients attended. Facilitator used Socratic questioning on shame.\n"
    "Client 1: disclosed relapse, responded to group with relief; progress toward abstinence goal; denies SI. "
    "Plan: sponsor call.\nClient 2: quiet, listened; identified one trigger. Denies SI. Plan: journal.",
]


@pytest.mark.parametrize(
    "text",
    [
        "learn",
        "Where was I in the course?",
        "certificate",
        "my certificate please",
        "lesson 4",
        "I want to see lesson 4 again",
        "go to lesson 11",
    ],
)
def test_words_on_the_course_lead_to_it(text: str) -> None:
    assert sort_out(text) is Kind.LEARN


@pytest.mark.parametrize(("text", "number"), [("show me lesson 4", 4), ("lesson 12 again", 12), ("learn", None)])
def test_a_lesson_is_named_by_its_number(text: str, number: int | None) -> None:
    assert lesson_number(text) == number


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_are_answered(text: str) -> None:
    assert sort_out(text) is Kind.QUESTION


@pytest.mark.parametrize("text", NOTES)
def test_notes_are_reviewed(text: str) -> None:
    assert sort_out(text) is Kind.NOTE


@pytest.mark.parametrize(
    "text", ["help", "Hi", "hello!", "what can you do?", "Help me", "hwat can you do", "what can u do"]
)
def test_greetings_get_help(text: str) -> None:
    assert sort_out(text) is Kind.HELP


@pytest.mark.parametrize(
    "text",
    [
        "How do I send you a group note to review?",
        "Review this note please",
        "can you check my group notes?",
        "Here is my note",
        "could you review a session note for me",
        "where do I paste my notes",
        "I want to have a note reviewed",
    ],
)
def test_who_speaks_of_a_note_without_sending_one_is_shown_how(text: str) -> None:
    assert sort_out(text) is Kind.HOW_TO_REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "what do you do with my notes",
        "What do you do with the notes I send?",
        "who can see what i write here",
        "Who sees my messages?",
        "do you store notes?",
        "Are my notes private?",
    ],
)
def test_who_asks_what_becomes_of_their_words_is_told(text: str) -> None:
    assert sort_out(text) is Kind.PRIVACY


@pytest.mark.parametrize(
    "text",
    [
        "Who can read notes for an Aetna audit?",
        "Do you share documentation rules for Aetna?",
        "Does Aetna check session notes?",
        "What should a group note say?",
        "How do I submit notes to Aetna?",
        "Can you check if Cigna wants notes with the claim?",
        "Does Cigna review notes before paying?",
    ],
)
def test_questions_about_notes_are_questions(text: str) -> None:
    assert sort_out(text) is Kind.QUESTION


@pytest.mark.parametrize("text", ["thanks!", "Ok, thank you so much 🙂", "Got it, thx", "great, that helps"])
def test_thanks_are_not_looked_up(text: str) -> None:
    assert sort_out(text) is Kind.THANKS


@pytest.mark.parametrize("text", ["", "   \n", "🙂🙂", "…!?"])
def test_nothing_to_read(text: str) -> None:
    assert sort_out(text) is Kind.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "Patient: K.L.\nShared a plan and practiced it",
        "The group talked about boundaries today. " * 20,
        "K.L. participated appropriately and responded well. Goal progress met. Plan: continue.",
    ],
)
def test_what_could_be_either_is_asked_about(text: str) -> None:
    assert sort_out(text) is Kind.UNSURE


@given(st.text(max_size=3000))
def test_any_text_is_sorted(text: str) -> None:
    assert sort_out(text) in Kind


def test_slack_markup_is_undone() -> None:
    typed = "<@UBOT> ask <@U2> in <#C1|billing> about <https://a.org/x|this> &amp; <https://b.org> 5 &lt; 6 <!here>"
    assert read_slack_text(typed, "UBOT") == "ask @U2 in #billing about this & https://b.org 5 < 6 @here"


def test_entities_are_unescaped_once() -> None:
    assert read_slack_text("&amp;lt;b&amp;gt;") == "&lt;b&gt;"


@pytest.mark.parametrize("text", ["and Cigna?", "What about telehealth", "same for UHC", "How about 10 members?"])
def test_follow_ups(text: str) -> None:
    assert follows_up(text)


@pytest.mark.parametrize("text", ["thanks!", "ok", "@U2 can you check?", "I will call them"])
def test_talk_among_people_in_a_thread_is_left_alone(text: str) -> None:
    assert not speaks_to_us(text)


def test_words_beside_a_file_are_told_from_a_question() -> None:
    assert is_caption("please review the attached note")
    assert is_caption("")
    assert not is_caption("Does Aetna pay for 12 members?")


NARRATIVE = [
    "We began late because of the snow, and the room took a while to settle.",
    "Dora told us about the letter from her son. She read two lines of it, and put it away. Would she answer it?",
    "Emil laughed, then said he was sorry for laughing; nobody had asked him to be.",
    "There was a long silence. I asked what it held, and Ines said it held her brother.",
    "Ruth listened all evening with her coat on, and spoke once, to say she was not cold.",
    "Emil came back to the letter. He thought it kind. Dora cried and did not mind that he saw it.",
    "Ines will ring her brother on Sunday and tell us how it went.",
    "We closed as always with one word each; Ruth's was warm.",
]


def test_a_narrative_of_eight_paragraphs_without_headings_is_a_note_at_once() -> None:
    assert sort_out("\n\n".join(NARRATIVE)) is Kind.NOTE


def test_a_long_question_about_a_session_is_no_note() -> None:
    told = " ".join(NARRATIVE[1:6])
    assert sort_out(f"{told}\n\nCan I bill 90853 for all of them?") is not Kind.NOTE
