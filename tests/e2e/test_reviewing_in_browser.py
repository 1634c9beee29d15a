"""A biller's review of a group note and what follows an answer, in a browser, against the program as it runs."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.workspace.ids import same_id
from tests.e2e.page_typing import say
from tests.e2e.process import Process

pytestmark = pytest.mark.browser
ANSWER = "Not known · Aetna (commercial plans) · prior authorization"
QUESTION = "Does Aetna require prior authorization for 90853?"
SESSION = """Group Therapy Note. 90853. Date of service: March 10, 2026
Time: 10:00 AM to 11:00 AM (60 minutes). 4 members present.
Modality: CBT. The therapist led a thought record on avoidance and had the members test a prediction in pairs.

"""
ALIKE = (
    "Client was attentive and took part in the group discussion. Client shared about the week, listened to others "
    "and was open to feedback from the facilitator. Client will keep using coping skills and attend next week."
)
OWN = (
    "Told the group she left a bill unopened for a week, and opened it in the room; shoulders eased as she read it. "
    "Plan: open the next one by Friday and tell her partner. Denies SI/HI."
)
VAGUE = "He would benefit from continued group therapy."
MENDED = (
    "Practicing the call serves his goal of phoning employers alone: his fear of being judged (F40.10) cost him two "
    "job interviews, and exposure in front of peers treats it."
)
NOTE = (
    SESSION
    + f"""Member: Quillon B.
Dx: F40.10. Named the fear of phoning and made one call in the group, anxiety down from 8 to 4. {VAGUE}
Plan: one call a day. Denies SI/HI.

Member: Marisol T.
Dx: F41.1. {ALIKE}

Member: Petra V.
Dx: F33.1. {ALIKE}

Member: Osric D.
Dx: F41.1. Challenged “they all judge me” with two facts from work and was calmer, 7 to 3. Worry keeps him from
his shifts three days a week, and the group's feedback tests it. Plan: note one fact a day. Denies SI/HI.
"""
)


@pytest.fixture(scope="module")
def program(indexed: Callable[[], Path]) -> Iterator[Process]:
    folder = indexed()
    assert Process(folder, {}, "payers", "add", "Aetna,", "HUSKY").ended(60) == 0
    running = Process(folder, {"WORKSPACE_PORT": "0", "BILLING_LEAD": same_id("U", "robin")})
    yield running
    running.kill()


@pytest.fixture(scope="module", params=[("dana", 1280), ("sam", 380)], ids=["desktop", "phone"])
def page(browser: Browser, program: Process, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The biller at a desk, and a clinician with a phone: each has a direct message of their own with the bot."""
    name, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{program.ready()}?as={name}")
    opened.wait_for_selector(".composer")
    yield opened
    context.close()
    assert complaints == []


def card(page: Page, words: str, where: str = "#messages") -> Locator:
    """The last message of the bot that holds these words."""
    return page.locator(f"{where} .message", has_text=words).last


def more(page: Page, words: str, choice: str) -> None:
    """Choose behind the three dots of the card that holds these words."""
    card(page, words).locator(".blocks").get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name=choice).click()


def test_a_pasted_note_says_what_is_copied_and_what_is_vague(page: Page) -> None:
    say(page, NOTE)
    summary = card(page, "4 claims: 4 to fix")
    expect(summary).to_contain_text("Marisol T., Petra V.: 100% alike")
    expect(card(page, "1. Quillon B. · fix")).to_contain_text("No sentence connects this session's work")


def test_a_disagreement_is_kept_with_its_reason_and_names_nobody(page: Page) -> None:
    finding = card(page, "1. Quillon B. · fix")
    finding.get_by_role("button", name="Disagree on medical necessity").click()
    modal = page.locator("#modal")
    modal.get_by_label("It should be").select_option(label="met")
    modal.get_by_label("Because").select_option(label="An auditor would accept what is there")
    modal.get_by_label("In a few words").fill("Quillon says it well")
    modal.get_by_role("button", name="Put on the list").click()
    expect(modal).to_contain_text("This seems to name somebody")
    modal.get_by_label("In a few words").fill("The response shows the need")
    modal.get_by_role("button", name="Put on the list").click()
    expect(modal).to_be_hidden()
    expect(card(page, "On the review list")).to_contain_text("medical necessity was judged missing, you say met")


def test_the_note_mended_in_its_message_is_reviewed_again_by_the_button(page: Page) -> None:
    mine = page.locator(".message", has_text="Group Therapy Note. 90853.").first
    mine.hover()
    mine.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Edit message").click()
    field = page.get_by_label("Edit message")
    # A note is mended where it is read: as much of it as the window has room for.
    assert field.evaluate("field => field.clientHeight > 300")
    field.fill(NOTE.replace(VAGUE, MENDED))
    field.press("Enter")
    expect(mine).to_contain_text("(edited)")
    card(page, "4 claims:").get_by_role("button", name="Fixed: review again").click()
    since = card(page, "Since the last review:")
    expect(since).to_contain_text("Gone: Quillon B.: medical necessity")
    # Its last card: a note sent before it would be compared with the review before this one.
    expect(page.locator("#messages .message", has_text="4. Osric D. · fix")).to_have_count(2)


def test_the_mended_note_posted_in_the_thread_is_compared_too(page: Page) -> None:
    page.get_by_role("link", name="Reply in this thread").last.click()
    say(page, NOTE.replace(VAGUE, MENDED).replace(ALIKE, OWN, 1), "#thread")
    since = card(page, "Since the last review: 4 gone", "#thread")
    expect(since).to_contain_text("Gone: Marisol T., Petra V.: no words of their own; Marisol T.: safety, plan")
    # What all of them lack is said once.
    expect(since).to_contain_text("Quillon B., Marisol T., Petra V., Osric D.: eligibility, group authorization")
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_be_hidden()


def test_the_report_is_taken_as_a_table_of_checks(page: Page) -> None:
    more(page, "4 claims:", "Report as CSV")
    file = page.get_by_role("link", name="Review of 4 claims CSV").last
    expect(file).to_be_visible()
    answer = page.request.get(urljoin(page.url, file.get_attribute("href")))
    rows = csv.DictReader(io.StringIO(answer.text().removeprefix("\ufeff")))
    of_quillon = {(row["part"], row["finding"]): row["status"] for row in rows if row["member"] == "Quillon B."}
    # Of the message as it reads since it was edited.
    assert of_quillon["note", "Medical necessity"] == "met"
    assert of_quillon["note", "Safety"] == "met"


def test_a_line_in_the_thread_corrects_the_split(page: Page) -> None:
    card(page, "4 claims:").get_by_role("button", name="Correct the split").click()
    expect(card(page, "Reply in this thread with a line")).to_contain_text("members: Quillon B., Marisol T., Petra V.")
    page.get_by_role("link", name="Reply in this thread").last.click()
    say(page, "members: Quillon B., Marisol T., Petra V.", "#thread")
    again = card(page, "3 claims:", "#thread")
    expect(again).to_contain_text("as you named them")
    expect(again).to_contain_text("Left out of your line: Osric D. What stood under them")
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_be_hidden()


def test_a_thumb_down_asks_why_and_keeps_the_reason(page: Page) -> None:
    say(page, QUESTION)
    card(page, ANSWER).get_by_role("button", name="This answer did not help").click()
    card(page, "What was wrong with that answer?").locator("select").select_option(label="The rule is out of date")
    expect(card(page, "Kept: the rule is out of date")).to_be_visible()


def test_a_person_is_asked_in_private(page: Page) -> None:
    more(page, ANSWER, "Ask a person")
    expect(card(page, "in a direct message, with your question")).to_contain_text("@Robin Hale")


def test_our_payers_are_compared_on_the_matter_of_the_answer(page: Page) -> None:
    more(page, ANSWER, "Compare our payers")
    expect(card(page, "Prior authorization for group therapy: ")).to_contain_text("HUSKY")
