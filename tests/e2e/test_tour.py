"""The README's tour in a browser, against the real program as a process of its own."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.page_typing import say
from tests.e2e.process import Process

pytestmark = pytest.mark.browser
SAMPLE = Path("knowledge/samples/seven-members.txt").read_text("utf-8")
MEMBERS = ("K.L.", "D.R.", "S.T.", "W.B.", "N.H.", "P.M.", "J.A.")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """`index`, then `run` on a free port, logging all it ever logs."""
    folder = tmp_path_factory.mktemp("tour")
    made = Process(folder, {}, "index")
    assert made.ended(60) == 0, made.said
    running = Process(folder, {"WORKSPACE_PORT": "0", "LOG_LEVEL": "debug"})
    yield running
    running.kill()


@pytest.fixture(scope="module")
def page(browser: Browser, program: Process) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(program.ready())
    opened.wait_for_selector(".composer")
    yield opened
    context.close()
    assert complaints == []


def card(page: Page, beginning: str, where: str = "#messages") -> Locator:
    """The last message of the bot that holds these words."""
    return page.locator(f"{where} .message.in-inline, {where} .message", has_text=beginning).last


def test_a_same_day_question_is_answered_with_decision_modifiers_and_dated_sources(page: Page) -> None:
    say(page, "Can I bill 90853 and 90837 on the same day for Medicare?")
    answer = card(page, "Allowed with conditions · Medicare Part B · same-day services")
    expect(answer).to_contain_text("59 or XE, on the individual code, not on 90853")
    expect(answer.get_by_role("link").first).to_have_attribute("href", re.compile("^https://"))
    expect(answer).to_contain_text(re.compile(r"\[1\].* · \d{4}-\d\d-\d\d(, [^·]+)? · \w+"))
    expect(answer).to_contain_text("Old rule:")


def test_the_call_script_and_the_sources_open_in_the_thread(page: Page) -> None:
    answer = card(page, "Allowed with conditions · Medicare Part B")
    answer.get_by_role("button", name="Call script").click()
    expect(card(page, "Call script. Note who answered")).to_contain_text("Do you follow the NCCI edits")
    answer.get_by_role("button", name="More", exact=True).click()
    expect(card(page, "More on file")).to_contain_text("[2]")


def test_a_follow_up_in_the_thread_asks_the_same_of_another_payer(page: Page) -> None:
    page.get_by_text("Reply in this thread").first.click()
    say(page, "and Aetna?", "#thread")
    answer = card(page, "Not known · Aetna", "#thread")
    expect(answer).to_contain_text("National floor, not Aetna's own rule")
    expect(answer).to_contain_text("Call Aetna with the call script before the claim goes out")
    page.keyboard.press("Escape")


def test_a_payer_that_is_not_on_file_is_unknown_by_name(page: Page) -> None:
    say(page, "Does Molina need an auth for group?")
    answer = card(page, "Not known · prior authorization")
    expect(answer).to_contain_text("Molina Healthcare is not on file")
    expect(answer.get_by_role("button", name="Call script")).to_be_visible()


def test_the_sample_session_is_reviewed_for_each_of_its_seven_members(page: Page, program: Process) -> None:
    page.goto(f"{page.url.split('?')[0].split('#')[0]}?as=sam")
    page.get_by_role("button", name="Paste the sample session").click()
    expect(page.locator("#conversation textarea")).to_have_value(SAMPLE)
    page.locator("#conversation textarea").press("Enter")
    summary = card(page, "7 claims: 3 to fix, 4 to confirm")
    expect(summary).to_contain_text("These parts read as copies of each other.")
    expect(summary).to_contain_text("Shared that he puts off opening his bills")
    expect(card(page, "The session · all 6 elements met")).to_contain_text("“March 4, 2026”")
    for number, name in enumerate(MEMBERS, 1):
        expect(card(page, f"{number}. {name} · ")).to_contain_text("before submission")
    expect(card(page, "1. K.L. · ")).to_contain_text("Medical necessity: “Testing this prediction served her GAD")
    thin = card(page, "7. J.A. · fix before submission")
    expect(thin).to_contain_text("Clinical response, missing: The note does not say how J.A. responded")
    expect(thin).to_contain_text("Which ICD-10-CM code")


def test_impossible_claim_facts_are_said_beside_their_fields(page: Page) -> None:
    page.get_by_role("button", name="Add claim facts").first.click()
    modal = page.locator("#modal")
    modal.get_by_label("Date of service").fill("2099-01-01")
    modal.get_by_label("Authorization starts").fill("2026-05-01")
    modal.get_by_label("Authorization ends").fill("2026-04-01")
    modal.get_by_label("Diagnosis code on the claim").fill("anxiety")
    modal.get_by_role("button", name="Review again").click()
    expect(modal).to_contain_text("This day is still to come")
    expect(modal).to_contain_text("ends before it starts")
    expect(modal).to_contain_text("not formed like an ICD-10-CM code")


def test_claim_facts_of_a_member_settle_what_was_to_confirm(page: Page) -> None:
    modal = page.locator("#modal")
    modal.get_by_label("These facts are for").select_option(label="Member 1")
    modal.get_by_label("Payer", exact=False).first.fill("Aetna")
    modal.get_by_label("Date of service").fill("2026-03-04")
    modal.get_by_label("Diagnosis code on the claim").fill("F41.1")
    modal.get_by_label("Eligibility and group benefits verified on").fill("2026-01-08")
    modal.get_by_label("Authorization number").fill("AG-20117")
    modal.get_by_label("Authorization starts").fill("2026-01-01")
    modal.get_by_label("Authorization ends").fill("2026-06-30")
    modal.get_by_label("Units left before this session").fill("9")
    modal.get_by_label("Does it cover group?").select_option(label="Yes")
    modal.get_by_label("Other codes billed for them that day").fill("none")
    modal.get_by_role("button", name="Review again").click()
    expect(modal).to_be_hidden()
    expect(card(page, "7 claims: 1 ready, 3 to fix, 3 to confirm")).to_contain_text(
        "Eligibility verified (all but K.L.)"
    )
    expect(card(page, "1. K.L. · ready")).to_contain_text("Verified on 2026-01-08")


def test_no_word_of_a_note_was_written_to_the_servers_output(program: Process) -> None:
    said = program.said
    assert "reviewed" in said
    assert "Traceback" not in said
    words = re.findall(r"[\w.'-]+", SAMPLE)
    runs = {f"{one} {two}" for one, two in pairwise(words)} | set(MEMBERS)
    assert [run for run in sorted(runs) if run in said] == []


def test_it_stops_when_asked(program: Process) -> None:
    program.stop()
    assert program.ended(10) == 0
