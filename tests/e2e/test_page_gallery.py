"""One of each block and element, in a message, a modal and the App Home."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient

from bot.workspace import Workspace

from . import page_gallery

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


@pytest.fixture
def client(practice: Workspace) -> WebClient:
    return WebClient(token=practice.bot_token, base_url=practice.api_url)


@pytest.fixture
def shown(look: Look, practice: Workspace, client: WebClient) -> Page:
    """The gallery as a message in #billing."""
    client.chat_postMessage(channel="#billing", text="One of each", blocks=page_gallery.message())
    page = look("#billing")
    expect(page.locator(".block.header")).to_be_attached()
    return page


def opened(page: Page, practice: Workspace, client: WebClient) -> Locator:
    """The gallery as Dana's modal."""
    dana = practice.person("dana")
    client.views_open(trigger_id=practice.core.triggers.issue(dana.id), view=page_gallery.view("modal"))
    dialog = page.locator("#modal")
    expect(dialog).to_be_visible()
    return dialog


def test_nothing_is_left_undrawn_on_any_surface(shown: Page, practice: Workspace, client: WebClient) -> None:
    expect(shown.locator("#messages .block")).to_have_count(len(page_gallery.message()) + 1)  # a plan holds a task
    assert shown.get_by_text("does not draw").count() == 0
    dialog = opened(shown, practice, client)
    expect(dialog.locator(".block.input")).to_have_count(len(page_gallery.inputs()))
    assert dialog.get_by_text("does not draw").count() == 0
    shown.keyboard.press("Escape")
    shown.goto(shown.url.split("#")[0] + "#app/home")
    expect(shown.get_by_text("Welcome")).to_be_visible()
    client.views_publish(user_id=practice.person("dana").id, view=page_gallery.view("home"))
    expect(shown.locator(".home .block.video")).to_be_attached()
    assert shown.get_by_text("does not draw").count() == 0


def test_rich_text_shows_underlines_and_colours(shown: Page) -> None:
    expect(shown.locator(".prose u")).to_have_text(" underlined")
    expect(shown.locator(".swatch")).to_have_text("#0e6a64")


def test_a_video_is_named_and_linked_not_loaded(shown: Page) -> None:
    video = shown.locator(".block.video")
    expect(video).to_contain_text("Two minutes")
    expect(video.get_by_role("link", name="How to bill 90853")).to_have_attribute("href", "https://example.com/watch")


def test_a_choice_of_conversation_starts_where_one_is(shown: Page, practice: Workspace) -> None:
    room = practice.core.state.channel_named("billing")
    assert room is not None
    expect(shown.locator(".actions select").nth(3)).to_have_value(room.id)


def test_a_multiple_external_select_is_searched_and_filled(look: Look, practice: Workspace, client: WebClient) -> None:
    page = look()
    dialog = opened(page, practice, client)
    field = dialog.get_by_label("16. multi_external_select")
    box = dialog.locator(".block.input", has_text="16. multi_external_select")
    chips = box.locator(".chip")
    expect(chips).to_have_text(["Aetna"])
    field.fill("gold")
    expect(box.locator("option").first).to_be_attached()
    field.fill("Aetna Gold")
    expect(chips).to_have_text(["Aetna", "Aetna Gold"])
    chips.get_by_label("Remove Aetna", exact=True).click()
    expect(chips).to_have_text(["Aetna Gold"])


def test_a_phone_shows_all_of_it_without_scrolling_sideways(look: Look, client: WebClient) -> None:
    client.chat_postMessage(channel="#billing", text="One of each", blocks=page_gallery.message())
    page = look("#billing", width=380, is_mobile=True, has_touch=True)
    expect(page.locator(".block.header")).to_be_attached()
    assert page.evaluate("document.getElementById('messages').scrollWidth <= innerWidth")


def test_one_opens_a_channel_at_its_end_though_pictures_arrive_later(look: Look, client: WebClient) -> None:
    client.chat_postMessage(channel="#billing", text="One of each", blocks=page_gallery.message())
    client.chat_postMessage(channel="#billing", text="A picture", blocks=[page_gallery.IMAGE] * 5)
    page = look("#billing", width=380)
    expect(page.locator(".block-image").last).to_be_in_viewport()
    expect(page.get_by_role("button", name="Latest")).to_be_hidden()
