"""A newcomer's course, and an admin's channel, in a browser against the real program as a process of its own.

The tests are one story, in their order: Alex resumes what the first test began.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.page_typing import say
from tests.e2e.process import Process

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
ON_EACH = pytest.mark.parametrize(("learner", "width"), [("alex", 1280), ("dana", 380)], ids=["desktop", "phone"])
NAMES = {"alex": "Alex Moreno", "robin": "Robin Hale", "dana": "Dana Whitfield", "sam": "Sam Okafor"}


@pytest.fixture
def open_page(browser: Browser, program: Process) -> Iterator[Open]:
    """Opens the page as someone at a place: `open_page("robin", "#billing", width=380)`."""
    opened: list[Page] = []
    complaints: list[str] = []

    def go(name: str, place: str = "", *, width: int = 1280) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 844}).new_page()
        opened.append(page)
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{program.ready()}/?as={name}{place}")
        page.locator(".switcher-name strong", has_text=NAMES[name]).wait_for(state="attached")
        return page

    yield go
    for page in opened:
        page.context.close()
    assert complaints == []


def press(page: Page, label: str) -> None:
    page.locator("#messages").get_by_role("button", name=label, exact=True).last.click()


def newest(page: Page, words: str) -> Locator:
    return page.locator("#messages").get_by_text(words).last


@ON_EACH
def test_what_a_button_brings_is_in_view_from_its_first_line(open_page: Open, learner: str, width: int) -> None:
    page = open_page(learner, width=width)
    say(page, "/billing learn newcomer")
    expect(newest(page, "Lesson 1 of 11")).to_be_in_viewport()
    press(page, "Start the drills")
    expect(newest(page, "Drill 1 of 2")).to_be_in_viewport()
    press(page, "Ready")
    expect(newest(page, "Not yet.")).to_be_in_viewport()
    expect(newest(page, "Choose again above")).to_be_attached()
    press(page, "To fix")
    expect(newest(page, "Right.")).to_be_in_viewport()
    expect(newest(page, "The review says: to fix")).to_be_attached()


def test_a_newcomer_types_learn_and_reads_the_first_lesson(open_page: Open) -> None:
    sam = open_page("sam")
    say(sam, "learn")
    press(sam, "I am new here")
    expect(newest(sam, "Lesson 1 of 11 · 2 minutes · 2 drills")).to_be_in_viewport()
    expect(newest(sam, "Rests on: CPT Code 90853")).to_be_attached()


def test_home_says_where_the_course_goes_on_and_counts_what_came(open_page: Open) -> None:
    alex = open_page("alex", "#app/home")
    expect(alex.locator(".home")).to_contain_text("0 of 11 lessons")
    expect(alex.locator(".home")).to_contain_text("It goes on in the Messages tab")
    alex.get_by_role("button", name="Resume").click()
    expect(alex.locator(".side-entry.unread")).to_contain_text("Billing Copilot")
    alex.get_by_role("tab", name="Messages").click()
    expect(newest(alex, "Lesson 1 of 11")).to_be_visible()


def test_why_under_an_answer_tells_the_lesson_behind_it(open_page: Open) -> None:
    alex = open_page("alex", width=380)
    say(alex, "Can I bill group and individual therapy the same day for Medicare?")
    press(alex, "Why?")
    expect(newest(alex, "No single rule")).to_be_in_viewport()
    press(alex, "Lesson: Same day, and modifiers")
    expect(newest(alex, "Lesson 8 of 11")).to_be_in_viewport()


def test_a_newcomers_first_question_is_answered_by_what_the_code_is(open_page: Open) -> None:
    alex = open_page("alex", width=380)
    say(alex, "hi, i'm new here. what is 90853?")
    expect(newest(alex, "90853 is the code for group psychotherapy")).to_be_in_viewport()
    say(alex, "what's medical necessity?")
    expect(newest(alex, "That is not something I know about.")).to_be_visible()
    press(alex, "The course")
    expect(newest(alex, "Drill 2 of 2")).to_be_in_viewport()


def test_a_learner_hears_before_sending_a_note_that_others_review_it(open_page: Open) -> None:
    alex = open_page("alex", width=380)
    say(alex, "review this note")
    expect(newest(alex, "Reviewing notes is for admins, billers and clinicians")).to_be_in_viewport()
    expect(newest(alex, "Invented notes to practise on are in the course")).to_be_attached()


def test_a_sentence_is_graded_whether_in_its_thread_or_below_it(open_page: Open) -> None:
    dana = open_page("dana")
    say(dana, "lesson 1")
    press(dana, "Start the drills")
    expect(newest(dana, "Reply in this thread with your sentence")).to_be_visible()
    say(dana, "Therapist helped.")
    expect(newest(dana, "Provider interventions: partly there.")).to_be_visible()
    dana.locator("#messages").get_by_text("Reply in this thread", exact=True).last.click()
    say(dana, "Therapist guided thought records in pairs and challenged what each predicted.", "#thread")
    expect(dana.locator("#thread").get_by_text("Provider interventions: met.").last).to_be_visible()


def test_what_was_only_looked_at_comes_back_and_a_lesson_is_read_again(open_page: Open) -> None:
    dana = open_page("dana", width=380)
    starts = dana.locator("#messages").get_by_role("button", name="Start the drills")
    before = starts.count()
    say(dana, "show me lesson 2 again")
    expect(newest(dana, "Lesson 2 of 11")).to_be_in_viewport()
    # The one above it starts the lesson before.
    expect(starts).to_have_count(before + 1)
    press(dana, "Start the drills")
    expect(newest(dana, "Payer, authorization and codes are in order.")).to_be_visible()
    press(dana, "Show me")
    expect(newest(dana, "To fix. The review says: to fix.")).to_be_visible()
    expect(newest(dana, "It comes back on")).to_be_attached()
    say(dana, "/billing learn certificate")
    expect(newest(dana, "The certificate comes with the last lesson")).to_be_visible()


def test_an_admin_has_a_channels_questions_answered_to_their_asker_who_shares(open_page: Open) -> None:
    robin = open_page("robin", "#billing")
    say(robin, "/billing settings")
    modal = robin.locator("#modal")
    modal.get_by_text("Payer questions too").click()
    modal.get_by_text("The asker alone").click()
    modal.get_by_role("button", name="Keep").click()
    expect(newest(robin, "answers payer questions, to the asker alone")).to_be_visible()
    expect(robin.locator("#announcer")).to_contain_text("In #billing the copilot now")

    dana, sam = open_page("dana", "#billing"), open_page("sam", "#billing", width=380)
    say(dana, "Who has the key to room 4?")
    say(dana, "Does Cigna require prior authorization for group therapy?")
    private = dana.locator("#messages .ephemeral")
    expect(private).to_have_count(1)
    expect(private).to_contain_text("Cigna / Evernorth")
    expect(sam.locator("#messages")).to_contain_text("Does Cigna require")
    expect(sam.locator("#messages")).not_to_contain_text("Evernorth")
    private.get_by_role("button", name="Share with the channel").click()
    expect(private).to_contain_text("Shared with the channel.")
    expect(dana.locator("#announcer")).to_contain_text("@Dana Whitfield shared this answer")
    sam.locator(".thread-summary").click()
    expect(sam.locator("#thread")).to_contain_text("@Dana Whitfield shared this answer")
    expect(sam.locator("#thread")).to_contain_text("Cigna / Evernorth")


def test_an_admins_home_shows_channels_feedback_and_how_the_program_stands(open_page: Open) -> None:
    home = open_page("robin", "#app/home", width=380).locator(".home")
    expect(home).to_contain_text("#billing: answers payer questions, to the asker alone")
    expect(home).to_contain_text("Feedback: 0 helpful, 0 not.")
    expect(home).to_contain_text("Language model: none, all is worded offline")
    expect(open_page("alex", "#app/home").locator(".home")).not_to_contain_text("How I stand")
