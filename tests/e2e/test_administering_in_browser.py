"""An admin sets the practice up in a browser, against the real program as a process of its own.

The tests are one story, in their order: Home tells what the earlier ones set.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.page_typing import say
from tests.e2e.process import Process
from tests.e2e.test_page_access import axe, violations  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser
MANUAL = """# Aetna Group Manual

Effective January 1, 2026.

Individual and group psychotherapy on the same date of service are both reimbursed when they are distinct.
"""
QUESTION = "Can I bill group and individual on the same day for Aetna?"


@pytest.fixture(scope="module")
def open_page(browser: Browser, program: Process) -> Iterator[Callable[..., Page]]:
    opened: list[Page] = []

    def go(place: str = "", **options: object) -> Page:
        page = browser.new_context(**{"viewport": {"width": 1280, "height": 844}, **options}).new_page()
        opened.append(page)
        page.set_default_timeout(10_000)
        page.goto(f"{program.ready()}/?as=robin{place}")
        page.locator(".switcher-name strong", has_text="Robin Hale").wait_for(state="attached")
        return page

    yield go
    for page in opened:
        page.context.close()


@pytest.fixture(scope="module")
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def card(page: Page, words: str) -> Locator:
    return page.locator("#messages .message", has_text=words).last


def test_a_command_without_its_slash_opens_its_form_by_the_button_offered(page: Page) -> None:
    say(page, "verify")
    card(page, "That is a command").get_by_role("button", name="Run it").click()
    expect(page.locator("#modal")).to_contain_text("What the payer's line said")
    page.keyboard.press("Escape")
    expect(page.locator("#modal")).to_be_hidden()


def test_the_audit_is_set_up_by_keyboard_with_its_clinician_from_the_list_that_the_at_sign_opens(page: Page) -> None:
    say(page, "/billing audit #billing")
    expect(card(page, "The monthly audit summary goes to #billing")).to_be_visible()
    page.keyboard.type('/billing audit clinician "Dr. Lee" @sa')
    expect(page.get_by_role("option", name="Sam Okafor")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(card(page, "Dr. Lee: @Sam Okafor")).to_be_visible()


def test_a_channel_is_set_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page("#billing")
    page.locator("#conversation textarea").focus()
    page.keyboard.type("/billing settings")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="When mentioned")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Aetna, BCBS")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.locator("#modal")).to_contain_text("“BCBS” fits several")
    expect(page.get_by_label("This channel is about")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Aetna")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#modal")).to_be_hidden()
    expect(card(page, "answers payer questions, for all to see; about Aetna")).to_be_visible()
    expect(page.locator("#conversation textarea")).to_be_focused()


def test_a_manual_decides_once_its_fact_is_put_in_force(page: Page, tmp_path: Path) -> None:
    (tmp_path / "manual.md").write_text(MANUAL)
    page.locator("#conversation input[type=file]").set_input_files(tmp_path / "manual.md")
    say(page, "add to knowledge for Aetna effective 2026-01-01")
    card(page, "Proposed: same day").get_by_role("button", name="Say what it decides").click()
    modal = page.locator("#modal")
    modal.get_by_label("It decides").select_option(label="Allowed with conditions")
    modal.get_by_label("Modifiers").fill("59 on the individual code")
    modal.get_by_role("button", name="Put in force").click()
    expect(modal).to_contain_text("A modifier has two letters or figures")
    modal.get_by_label("Modifiers").fill("59")
    modal.get_by_role("button", name="Put in force").click()
    expect(card(page, "In force: same day, allowed with conditions")).to_contain_text("approved by @Robin Hale")
    say(page, QUESTION)
    answer = card(page, "Allowed with conditions · Aetna")
    expect(answer).to_contain_text("Aetna Group Manual, paragraph 1")


def test_home_tells_what_was_set_and_that_this_computer_needs_no_baa(open_page: Callable[..., Page]) -> None:
    home = open_page("#app/home", viewport={"width": 380, "height": 844}).locator(".home")
    expect(home).to_contain_text("The monthly audit summary goes to #billing")
    expect(home).to_contain_text("#billing: answers payer questions, for all to see; about Aetna")
    expect(home).to_contain_text("BAA with Slack: none is needed, this workspace is on this computer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_an_admin_reads_passes_axe(open_page: Callable[..., Page], axe: str, scheme: str) -> None:  # noqa: F811
    page = open_page("#app/home", color_scheme=scheme)
    expect(page.locator(".home")).to_contain_text("How I stand")
    assert violations(page, axe) == []
    page.get_by_role("tab", name="Messages").click()
    expect(card(page, "In force")).to_be_visible()
    assert violations(page, axe) == []
    say(page, "/billing verify Aetna")
    expect(page.locator("#modal")).to_be_visible()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    expect(page.locator("#modal")).to_be_hidden()
