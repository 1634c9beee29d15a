"""A clinician's minutes between two groups: a question, a note and its fix, from a phone and from a desk.

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


@pytest.fixture(scope="module", params=[1280, 380], ids=["desktop", "phone"])
def page(browser: Browser, program: Process, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_context(viewport={"width": request.param, "height": 844}).new_page()
    opened.set_default_timeout(20_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{program.ready()}?as=sam")
    opened.wait_for_selector(".composer")
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


def test_who_may_not_record_an_answer_hands_the_question_to_who_may(page: Page) -> None:
    say(page, QUESTION)
    card(page, NOT_KNOWN).get_by_role("button", name="Record what they said").click()
    refused = card(page, "Recording what a payer said is for admins and billers")
    expect(refused).to_be_in_viewport()
    refused.get_by_role("button", name="Ask a person").click()
    expect(card(page, "in a direct message, with your question")).to_contain_text("@Robin Hale")


def test_a_note_left_as_it_was_is_told_from_one_whose_edit_settles_nothing_yet(page: Page) -> None:
    say(page, NOTE)
    summary = card(page, "3 claims: 3 to fix")
    summary.get_by_role("button", name="Fixed: review again").click()
    expect(card(page, "Nothing changed since the last review")).to_contain_text("Edit your message and press again")
    mine = page.locator("#messages .message.mine", has_text="Anxiety group, 3/14/2026").last
    edit(page, mine, NOTE.replace("MK - quiet today. denies si", ACT))
    expect(mine).to_contain_text("(edited)")
    summary.get_by_role("button", name="Fixed: review again").click()
    expect(card(page, "I read what you changed.")).to_contain_text("the cards below say what each still asks")
    expect(card(page, "2. MK · fix before submission")).to_contain_text("she had called in sick")
