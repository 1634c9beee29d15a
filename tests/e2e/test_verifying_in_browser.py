"""Recording what a payer said, in a browser, against the real program as a process of its own."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.page_typing import say
from tests.e2e.process import Process

pytestmark = pytest.mark.browser
QUESTION = "Does Molina need an auth for group?"
TODAY = date.today()


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(browser: Browser, program: Process, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(program.ready())
    opened.wait_for_selector(".composer")
    yield opened
    context.close()
    assert complaints == []


def test_an_answer_is_recorded_withdrawn_and_its_mistakes_are_said(page: Page) -> None:
    say(page, QUESTION)
    page.get_by_role("button", name="Record what they said").last.click()
    modal = page.locator("#modal")
    expect(modal.get_by_label("Payer", exact=True)).to_have_value("Molina Healthcare")
    modal.get_by_text("Not required").click()
    modal.get_by_label("Who answered").fill("Kim, provider services")
    modal.get_by_label("Answered on").fill((TODAY + timedelta(days=40)).isoformat())
    modal.get_by_role("button", name="Record").click()
    expect(modal).to_contain_text("This day is still to come")
    expect(modal.get_by_label("Who answered")).to_have_value("Kim, provider services")
    modal.get_by_label("Answered on").fill(TODAY.isoformat())
    modal.get_by_label("Asked about").select_option(label="Group therapy by telehealth")
    modal.get_by_text("Allowed with conditions").click()
    modal.get_by_label("Asked about").select_option(label="Prior authorization for group therapy")
    modal.get_by_text("Not required").click()
    expect(modal.get_by_label("Who answered")).to_have_value("Kim, provider services")
    modal.get_by_role("button", name="Record").click()
    expect(modal).to_be_hidden()
    expect(page.locator("#messages .message", has_text="Recorded by").last).to_contain_text("Not required")
    say(page, QUESTION)
    expect(page.get_by_role("button", name="Verification").last).to_be_visible()
    page.get_by_role("button", name="Withdraw").last.click()
    page.locator("#confirm").get_by_role("button", name="Withdraw").click()
    expect(page.locator("#messages .message", has_text="Withdrawn by").last).to_contain_text("not on file without it")
