"""What a biller does at a desk beside reading a review, in a browser, against the program as it runs."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.page_typing import say
from tests.e2e.process import Process

pytestmark = pytest.mark.browser
NOTE = """Group Therapy Note. 90853. Date of service: March 10, 2026. 2 members present. Modality: CBT.
The therapist led a thought record on avoidance and had the members test a prediction in pairs.

Member: Quillon B.
Dx: F40.10. Named the fear of phoning and made one call in the group. Plan: one call a day. Denies SI/HI.

Member: Osric D.
Dx: F41.1. Challenged “they all judge me” with two facts from work. Plan: note one fact a day. Denies SI/HI.
"""
MISTYPED = b"client,insurence\nQuillon B.,Aetna\n"
CLAIMS = b"client,insurance,elig verified\nQuillon B.,Aetna,1/4/26\nOsric D.,HUSKY,1/9/26\n"


@pytest.fixture(scope="module")
def page(browser: Browser, program: Process) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{program.ready()}?as=dana")
    opened.wait_for_selector(".composer")
    yield opened
    context.close()
    assert complaints == []


def test_on_a_phone_the_welcome_is_read_from_its_first_line(browser: Browser, program: Process) -> None:
    context = browser.new_context(viewport={"width": 380, "height": 844})
    phone = context.new_page()
    phone.goto(f"{program.ready()}?as=alex")
    expect(phone.get_by_role("heading", name="Ask me, or send a group note")).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Latest")).to_be_hidden()
    context.close()


def test_payers_typed_as_a_message_are_listed_at_a_press(page: Page) -> None:
    say(page, "payers add Aetna HUSKY, Cigna")
    page.get_by_role("button", name="Run it").click()
    told = page.locator("#messages .message", has_text="Your list has 1 payer now").last
    expect(told).to_contain_text("Added: Cigna")
    expect(told).to_contain_text("“Aetna HUSKY” may be two payers or one plan: write “Aetna, HUSKY”")


def test_a_payer_given_for_every_member_stands_in_the_review(page: Page) -> None:
    say(page, NOTE)
    reviews = page.locator("#messages .message", has_text="2 claims:")
    reviews.last.get_by_role("button", name="Add claim facts").click()
    modal = page.locator("#modal")
    modal.get_by_label("Payer").fill("aetna")
    modal.get_by_label("Authorization number").fill("A-77")
    modal.get_by_role("button", name="Review again").click()
    expect(modal).to_contain_text("An authorization number is one member's own")
    modal.get_by_label("Authorization number").fill("")
    modal.get_by_role("button", name="Review again").click()
    expect(modal).to_be_hidden()
    expect(reviews).to_have_count(2)
    expect(reviews.last).to_contain_text("Payer of every claim: Aetna")


def test_a_claims_table_sent_in_the_thread_is_used_or_its_mistake_said(page: Page) -> None:
    page.get_by_role("link", name="Reply in this thread").last.click()
    thread = page.locator("#thread")
    for name, data in (("mistyped.csv", MISTYPED), ("claims.csv", CLAIMS)):
        files = [{"name": name, "mimeType": "text/csv", "buffer": data}]
        thread.locator("input[type=file]").set_input_files(files)
        thread.get_by_role("button", name="Send").click()
        if name == "mistyped.csv":
            expect(thread).to_contain_text("The claims file's column “insurence” is not known: did you mean payer?")
    expect(thread).to_contain_text("Payers: Aetna (Quillon B.); HUSKY Health (Connecticut Medicaid) (Osric D.)")
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_the_report_comes_as_a_pdf(page: Page) -> None:
    page.locator("#messages .message", has_text="2 claims:").last.get_by_role("button", name="Report as PDF").click()
    file = page.get_by_role("link", name="Review of 2 claims PDF").last
    expect(file).to_be_visible()
    assert page.request.get(urljoin(page.url, file.get_attribute("href"))).body().startswith(b"%PDF-")
