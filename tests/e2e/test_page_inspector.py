"""The developers' inspector: what passes between workspace and app, shown, and forgotten when it is closed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import Workspace

from .page_typing import say

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


def test_it_is_off_until_it_is_asked_for(look: Look) -> None:
    page = look()
    expect(page.locator("#inspector")).to_be_hidden()
    page.keyboard.press("Control+Shift+E")
    expect(page.locator("#inspector")).to_be_visible()
    page.keyboard.press("Control+Shift+E")
    expect(page.locator("#inspector")).to_be_hidden()


def test_a_message_shows_as_its_event_with_the_time_of_its_acknowledgement_and_the_calls_it_caused(look: Look) -> None:
    page = look()
    page.keyboard.press("Control+Shift+E")
    say(page, "hello inspector")
    event = page.locator(".wire-line", has_text="→ app").filter(has_text="message").first
    expect(event).to_contain_text(" ms")
    call = page.locator(".wire-line", has_text="chat.postMessage").first
    call.click()
    detail = page.locator(".wire-detail")
    expect(detail).to_contain_text("echo: hello inspector")
    expect(detail).not_to_contain_text("xoxb-")


def test_a_use_of_a_response_url_has_its_time_as_every_other_call(look: Look) -> None:
    page = look()
    page.keyboard.press("Control+Shift+E")
    say(page, "card")
    page.locator(".message.in-inline").get_by_role("button", name="Verify").click()
    expect(page.locator(".wire-line", has_text="response_url").first).to_contain_text(" ms")


def test_a_refused_call_is_worded_as_slack_words_it(look: Look, practice: Workspace) -> None:
    page = look()
    page.keyboard.press("Control+Shift+E")
    expect(page.locator(".wire-empty")).to_be_visible()
    expect(page.locator("#inspector")).to_have_attribute("data-listening", "yes")
    client = WebClient(token=practice.bot_token, base_url=practice.api_url)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(
            channel="#billing", text="x", blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]
        )
    page.get_by_role("button", name="Refused").click()
    page.locator(".wire-line").first.click()
    expect(page.locator(".wire-refusal")).to_contain_text("invalid_blocks")
    expect(page.locator(".wire-refusal")).to_contain_text("unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]")


def test_the_arrow_keys_walk_its_lines_and_a_word_finds_one(look: Look) -> None:
    page = look()
    page.keyboard.press("Control+Shift+E")
    say(page, "needle")
    expect(page.locator(".wire-line", has_text="chat.postMessage")).to_be_visible()
    first = page.locator(".wire-line").first
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".wire-line").nth(1)).to_be_focused()
    expect(page.locator(".wire-line").nth(1)).to_have_attribute("aria-current", "true")
    page.get_by_label("Find in what passed").fill("echo: needle")
    expect(page.locator(".wire-line", has_text="setStatus")).to_have_count(0)
    expect(page.locator(".wire-line", has_text="chat.postMessage")).to_have_count(1)


def test_what_it_saw_is_in_no_store_of_the_browser_and_gone_when_it_closes(look: Look) -> None:
    page = look()
    page.keyboard.press("Control+Shift+E")
    say(page, "a private note")
    expect(page.locator(".wire-line", has_text="chat.postMessage")).to_be_visible()
    kept = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])")
    assert "private" not in kept
    page.get_by_label("Close the inspector").click()
    page.keyboard.press("Control+Shift+E")
    expect(page.locator(".wire-line")).to_have_count(0)


def test_nobody_watching_means_nothing_is_held(look: Look, practice: Workspace) -> None:
    page = look()
    page.keyboard.press("Control+Shift+E")
    expect(page.locator("#inspector")).to_have_attribute("data-listening", "yes")
    assert practice.core.wire.watched
    page.keyboard.press("Control+Shift+E")
    practice.person("dana").wait(lambda: not practice.core.wire.watched)
