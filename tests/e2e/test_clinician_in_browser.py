"""A clinician's minutes between two groups: a question, a note and its fix, on a phone.

The tests are one story, in their order, against the program as it runs.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.page_typing import say
from tests.e2e.process import Process

pytestmark = pytest.mark.browser
QUESTION = "Does Aetna require prior authorization for 90853?"
NOT_KNOWN = "Not known · Aetna (commercial plans) · prior authorization"
NOTE = """Group note 3/14/2026, anxiety group, 10-11 am, 3 here
topic: worry. CBT thought records. I challenged all-or-nothing thinking and had members test one thought each in pairs.
JD - engaged, shared about work stress. plan continue
MK - quiet today. denies si
RS - engaged, shared about family stress. plan continue
"""
ACT = "MK - quiet today, told the group she had called in sick to skip a meeting. denies si"


@pytest.fixture(scope="module")
def page(browser: Browser, program: Process) -> Iterator[Page]:
    opened = browser.new_context(viewport={"width": 380, "height": 844}).new_page()
    opened.set_default_timeout(20_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{program.ready()}?as=sam")
    # The page opens as whoever was there last, and only then becomes the person asked for.
    opened.locator(".switcher-name strong", has_text="Sam Okafor").wait_for(state="attached")
    yield opened
    opened.context.close()
    assert complaints == []


def card(page: Page, words: str) -> Locator:
    """The last message that holds these words."""
    return page.locator("#messages .message", has_text=words).last


def edit(page: Page, message: Locator, text: str) -> None:
    message.hover()
    message.locator("> .message-actions").get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Edit message").click()
    field = page.get_by_label("Edit message")
    field.fill(text)
    field.press("Enter")


def test_who_may_not_record_an_answer_asks_a_person_instead(page: Page) -> None:
    say(page, QUESTION)
    answer = card(page, NOT_KNOWN)
    expect(answer.get_by_role("button", name="Call script")).to_be_visible()
    expect(answer.get_by_role("button", name="Record what they said")).to_have_count(0)
    answer.locator(".blocks").get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Ask a person").click()
    expect(card(page, "in a direct message, with your question")).to_contain_text("@Robin Hale")


def test_a_note_left_as_it_was_is_told_from_one_whose_edit_settles_nothing_yet(page: Page) -> None:
    say(page, NOTE)
    summary = card(page, "3 claims: 3 to fix")
    summary.get_by_role("button", name="Fixed: review again").click()
    expect(card(page, "Nothing changed since the last review")).to_contain_text("Edit your message and press again")
    mine = page.locator("#messages .message.mine", has_text="Group note 3/14/2026").last
    edit(page, mine, NOTE.replace("MK - quiet today. denies si", ACT))
    expect(mine).to_contain_text("(edited)")
    summary.get_by_role("button", name="Fixed: review again").click()
    expect(card(page, "I read what you changed.")).to_contain_text("the cards below say what each still asks")
    expect(card(page, "2. MK · fix before submission")).to_contain_text("she had called in sick")


def test_why_under_a_finding_leads_into_its_lesson(page: Page) -> None:
    card(page, "2. MK · fix before submission").get_by_role("button", name="Why?").click()
    card(page, "Two ties, one sentence").get_by_role("button", name="Lesson: Why this member needed it").click()
    lesson = card(page, "Judged for one person")
    expect(lesson.get_by_role("button", name="Start the drills")).to_be_visible()


def test_the_lesson_leads_back_to_the_finding_it_was_asked_from(page: Page) -> None:
    head = card(page, "2. MK · fix before submission").get_by_text("2. MK", exact=False).first
    expect(head).not_to_be_in_viewport()
    page.locator("#messages").get_by_role("link", name="Back to the card").last.click()
    expect(head).to_be_in_viewport()
    assert len(page.context.pages) == 1


def test_the_review_that_waits_on_home_is_a_tap_away(page: Page) -> None:
    page.get_by_role("tab", name="Home").click()
    page.get_by_role("link", name="to fix, reviewed on").last.click()
    expect(page.locator("#messages .message", has_text="Group note 3/14/2026").first).to_be_in_viewport()
    assert len(page.context.pages) == 1


def test_how_a_note_is_written_is_answered_without_a_payer_or_a_word_of_billing(page: Page) -> None:
    say(page, "do i need start and stop times")
    expect(card(page, "in general · documentation")).to_contain_text("Which payer is it?")
    say(page, "90853")
    expect(card(page, "Here is what applies · coding")).to_contain_text("90853 is the code for group psychotherapy")


def test_a_number_past_a_limit_is_refused_in_the_headline_and_told_below_it(page: Page) -> None:
    say(page, "my supervisor says husky allows 20 people, right?")
    answer = card(page, "Not allowed · HUSKY Health (Connecticut Medicaid) · group size")
    expect(answer).to_contain_text("20 people is over the maximum of 12.")
