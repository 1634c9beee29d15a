"""The page in Chromium: writing, replies, threads, files, commands and who sees what."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.workspace import Workspace

from .page_blocks import HOSTILE
from .page_typing import say

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


def test_the_banner_says_that_nothing_leaves_this_computer(look: Look) -> None:
    expect(look().locator("#banner")).to_contain_text("Nothing leaves this computer")


def test_a_first_visit_offers_three_questions(look: Look) -> None:
    page = look(as_="robin")
    questions = page.locator(".prompt")
    expect(questions).to_have_count(3)
    questions.first.click()
    expect(page.locator(".message.in-inline")).to_contain_text("echo: Can I bill group")


def test_a_question_is_answered_below_it_and_the_working_line_goes(look: Look) -> None:
    page = look()
    say(page, "hello there")
    expect(page.locator(".message").get_by_text("echo: hello there")).to_be_visible()
    expect(page.locator(".status")).to_have_count(0)


def test_shift_enter_makes_a_new_line(look: Look) -> None:
    page = look()
    field = page.locator("#conversation textarea")
    field.fill("first")
    field.press("Shift+Enter")
    field.type("second")
    assert field.input_value() == "first\nsecond"


def test_html_in_a_message_stays_text(look: Look) -> None:
    page = look()
    say(page, HOSTILE)
    expect(page.locator(".message.in-inline").last).to_contain_text("echo: " + HOSTILE)
    assert page.locator("#messages img:not(.avatar)").count() == 0
    assert page.title() == "Billing Copilot · Practice"


def test_html_in_blocks_names_and_files_stays_text(look: Look, practice: Workspace) -> None:
    dana = practice.person("dana")
    dana.say(f"card {HOSTILE}", files={f"{HOSTILE.replace('/', '')}.txt": HOSTILE.encode()})
    page = look()
    expect(page.locator(".file-name").last).to_contain_text("<img src=x")
    assert page.locator("#messages img:not(.avatar)").count() == 0
    assert page.locator("#messages script").count() == 0


def test_a_mention_is_completed_and_opens_its_thread(look: Look) -> None:
    page = look("#billing")
    field = page.locator("#conversation textarea")
    field.type("@Bil")
    expect(page.get_by_role("option", name="Billing Copilot")).to_be_visible()
    field.press("Enter")
    assert field.input_value() == "@Billing Copilot "
    field.type("what about Aetna?")
    field.press("Enter")
    expect(page.locator("#thread")).to_contain_text("You said:")
    page.locator("#thread textarea").fill("thanks")
    page.locator("#thread textarea").press("Enter")
    expect(page.locator("#conversation .thread-summary").last).to_contain_text("2 replies")
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_be_hidden()


def test_what_is_written_fast_is_all_sent_and_in_order(look: Look) -> None:
    page = look("#clinical")
    field = page.locator("#conversation textarea")
    page.evaluate(
        """() => {
          const field = document.querySelector("#conversation textarea");
          for (const word of ["one", "two", "three"]) {
            field.value = word;
            field.dispatchEvent(new Event("input"));
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
          }
        }"""
    )
    expect(page.locator(".message .text")).to_have_text(["one", "two", "three"])
    expect(field).to_have_value("")


def test_a_command_that_is_written_out_is_sent_by_one_enter(look: Look) -> None:
    page = look("#general")
    field = page.locator("#conversation textarea")
    field.type("/billing")
    expect(page.get_by_role("option", name="/billing")).to_be_visible()
    field.press("Enter")
    expect(page.locator(".ephemeral")).to_contain_text("Only you asked")


def test_a_slash_command_is_answered_to_its_asker_only(look: Look) -> None:
    dana, sam = look("#general"), look("#general", as_="sam")
    say(dana, "/billing payers on file")
    expect(dana.locator(".ephemeral")).to_contain_text("Only visible to you")
    expect(dana.locator(".ephemeral")).to_contain_text("asked: payers on file")
    dana.get_by_role("button", name="Dismiss").click()
    expect(dana.locator(".ephemeral")).to_have_count(0)
    assert sam.get_by_text("payers on file").count() == 0


def test_two_people_see_each_others_messages_at_once(look: Look) -> None:
    dana, sam = look("#general"), look("#clinical", as_="sam")
    say(dana, "group moved to three")
    expect(sam.locator(".side-entry.unread")).to_contain_text("general")
    sam.locator(".side-entry", has_text="general").click()
    expect(sam.get_by_text("group moved to three")).to_be_visible()
    expect(sam.locator(".side-entry.unread")).to_have_count(0)


def test_one_switches_to_someone_else(look: Look) -> None:
    page = look()
    page.locator(".switcher").click()
    page.get_by_role("menuitemradio", name="Sam Okafor").click()
    expect(page.locator(".switcher")).to_contain_text("Sam Okafor")
    page.locator(".switcher").click()
    expect(page.get_by_role("menuitemradio", name="Sam Okafor")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("menuitemradio", name="Robin Hale")).to_contain_text("role: admin")
    page.keyboard.press("Escape")
    expect(page.get_by_text("hello there")).to_have_count(0)


def test_a_file_is_attached_sent_and_read_back(look: Look, tmp_path: Path) -> None:
    note = tmp_path / "session.txt"
    note.write_text("seven members", encoding="utf-8")
    page = look()
    page.locator("#conversation input[type=file]").set_input_files(note)
    expect(page.locator(".chip")).to_contain_text("session.txt")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message").get_by_text("I read session.txt")).to_be_visible()
    with page.context.expect_page() as opened:
        page.locator(".file").last.click()
    assert "seven members" in opened.value.content()


def test_a_dropped_file_is_attached(look: Look) -> None:
    page = look()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["words"], "dropped.txt", { type: "text/plain" }));
          const pane = document.getElementById("conversation");
          for (const kind of ["dragover", "drop"]) {
            pane.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }"""
    )
    expect(page.locator(".chip")).to_contain_text("dropped.txt")


def test_a_note_too_long_for_a_message_becomes_a_file(look: Look) -> None:
    page = look()
    page.locator("#conversation textarea").fill("n" * 40_001)
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.get_by_role("button", name="Attach it as a text file").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message").get_by_text("I read pasted-note.txt")).to_be_visible()


def test_a_message_is_edited_reacted_to_and_deleted(look: Look) -> None:
    page = look("#general")
    say(page, "frist")
    message = page.locator(".message", has_text="frist")
    message.hover()
    message.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Edit message").click()
    page.get_by_label("Edit message").fill("first")
    page.get_by_label("Edit message").press("Enter")
    changed = page.locator(".message", has_text="first")
    expect(changed).to_contain_text("(edited)")
    changed.hover()
    changed.get_by_label("React with eyes").click()
    expect(changed.locator(".reaction")).to_contain_text("1")
    changed.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Delete message").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(changed).to_have_count(0)


def test_a_deleted_message_that_was_answered_says_so_and_names_nobody(look: Look) -> None:
    page = look()
    say(page, "stream")
    expect(page.locator(".message.in-inline").last).to_contain_text("One two three")
    asked = page.locator(".message.in-list").last
    asked.hover()
    asked.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Delete message").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    gone = page.locator(".message.in-list").last
    expect(gone).to_contain_text("This message was deleted.")
    expect(gone).not_to_contain_text("Unknown")
    expect(gone).not_to_contain_text("?")
    # Nobody said it: there is nothing to react to, to copy or to have reviewed.
    expect(gone.get_by_role("toolbar")).to_have_count(0)


def test_a_stream_is_drawn_as_it_grows(look: Look) -> None:
    page = look()
    say(page, "stream")
    reply = page.locator(".message.in-inline").last
    expect(reply).to_contain_text("One two three")
    expect(reply.locator("strong")).to_have_text("One")
    expect(reply.locator(".growing")).to_have_count(0)


def test_a_reply_is_announced_to_screen_readers(look: Look) -> None:
    page = look()
    say(page, "say it aloud")
    expect(page.locator("#announcer")).to_have_text("Billing Copilot: echo: say it aloud")


def test_a_draft_waits_while_one_looks_elsewhere(look: Look) -> None:
    page = look("#general")
    page.locator("#conversation textarea").fill("half a thought")
    page.locator(".side-entry", has_text="clinical").click()
    page.locator(".side-entry", has_text="general").click()
    expect(page.locator("#conversation textarea")).to_have_value("half a thought")


def test_no_word_of_a_draft_is_kept_by_the_browser(look: Look) -> None:
    page = look("#general")
    page.locator("#conversation textarea").fill("a private note")
    kept = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])")
    assert "private" not in kept


def test_the_page_starts_anew_when_the_workspace_was_restarted(browser: Browser) -> None:
    first = Workspace()
    first.start()
    page = browser.new_page()
    page.goto(f"{first.url}/?as=sam#general")
    page.wait_for_selector(".composer")
    first.person("sam").say("before", "#general")
    expect(page.get_by_text("before")).to_be_visible()
    first.stop()
    second = Workspace(port=int(first.url.rsplit(":", 1)[1]))
    second.start()
    expect(page.get_by_text("before")).to_have_count(0, timeout=10_000)
    say(page, "after")
    expect(page.locator(".message", has_text="after")).to_be_visible()
    page.close()
    second.stop()


def test_the_page_comes_back_when_it_was_cut_off(look: Look, practice: Workspace) -> None:
    page = look("#general")
    page.context.set_offline(True)
    page.evaluate("() => 0")
    practice.person("sam").say("while you were away", "#general")
    page.context.set_offline(False)
    expect(page.get_by_text("while you were away")).to_be_visible()


def test_the_sample_session_fills_the_field_and_is_not_sent(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "seven-members.txt").write_text("Group note\nMember 1", encoding="utf-8")
    (tmp_path / "samples" / "another.txt").write_text("Another", encoding="utf-8")
    monkeypatch.setattr("bot.workspace.page.KNOWLEDGE", tmp_path)
    page = look()
    page.get_by_role("button", name="Paste the sample session").click()
    expect(page.locator("#conversation textarea")).to_have_value("Group note\nMember 1")
    expect(page.locator(".message")).to_have_count(0)


def test_who_may_review_no_note_is_offered_no_session_to_paste(look: Look) -> None:
    page = look(as_="alex")
    expect(page.locator(".welcome .prompt").first).to_be_visible()
    expect(page.get_by_role("button", name="Paste the sample session")).to_have_count(0)


def test_the_app_is_told_once_that_it_was_opened_and_by_whom(
    look: Look, practice: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    deliver = practice.core.delivery.event

    def event(one: dict[str, str]) -> None:
        told.append((one["user"], one["tab"]))
        deliver(one)

    monkeypatch.setattr(practice.core.delivery, "event", event)
    sam = practice.person("sam")
    look(as_="sam")
    sam.wait(lambda: (sam.id, "messages") in told)
    assert told == [(sam.id, "messages")]


def test_a_reply_longer_than_the_window_is_read_from_its_beginning(look: Look) -> None:
    page = look()
    say(page, "first\n" + "a line of a long note\n" * 80 + "last")
    reply = page.locator(".message.in-inline").last
    expect(reply).to_contain_text("last")
    expect(reply.locator(".author")).to_be_in_viewport()
    page.get_by_role("button", name="Latest").click()
    expect(reply.locator(".author")).not_to_be_in_viewport()


def test_a_thread_that_opens_by_itself_leaves_the_field_one_types_in(look: Look) -> None:
    page = look("#billing")
    say(page, "@Billing Copilot what about Aetna?")
    expect(page.locator("#thread")).to_contain_text("You said:")
    expect(page.locator("#conversation textarea")).to_be_focused()
