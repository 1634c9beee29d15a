"""The page in Chromium: Block Kit, modals, App Home, keyboard, dark and phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient

from bot.workspace import Workspace

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


def show_card(page: Page) -> Locator:
    """Asks for the card; the reply that holds it."""
    field = page.locator("#conversation textarea")
    before = page.locator(".block.header").count()
    field.fill("card")
    field.press("Enter")
    expect(page.locator(".block.header")).to_have_count(before + 1)
    return page.locator(".message.in-inline", has=page.locator(".block.header")).last


def open_modal(page: Page, practice: Workspace) -> Locator:
    """Uses the message shortcut; the dialog it opens."""
    practice.person("dana").say("the note to review", "#billing")
    message = page.locator("#conversation .message", has_text="the note to review").last
    message.hover()
    message.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Review this note").click()
    dialog = page.locator("#modal")
    expect(dialog).to_be_visible()
    return dialog


def test_formatted_text_is_drawn(look: Look) -> None:
    card = show_card(look())
    expect(card.locator(".section strong").first).to_have_text("Allowed with conditions")
    expect(card.locator(".section em").first).to_have_text("for")
    expect(card.locator(".section s")).to_have_text("sure")
    expect(card.locator(".section li")).to_have_count(2)
    expect(card.locator(".section blockquote")).to_have_text("said Aetna")
    expect(card.locator(".field")).to_have_count(2)
    expect(card.locator(".context a")).to_have_attribute("href", "https://example.com")


def test_a_call_to_a_user_group_shows_its_label_or_its_id(look: Look, practice: Workspace) -> None:
    client = WebClient(token=practice.bot_token, base_url=practice.api_url)
    client.chat_postMessage(channel="#billing", text="<!subteam^S0LEADS> or <!subteam^S0LEADS|@leads>, <!here>")
    expect(look("#billing").locator(".message .mention")).to_have_text(["@S0LEADS", "@leads", "@here"])


def test_a_markdown_block_has_its_table_lists_and_links(look: Look) -> None:
    card = show_card(look())
    table = card.locator(".prose table")
    expect(table.locator("th")).to_have_text(["Payer", "Same day", "Modifier"])
    expect(table.locator("tbody tr").first.locator("td")).to_have_text(["Aetna", "yes", "59"])
    expect(card.locator(".prose ol > li")).to_have_count(2)
    expect(card.locator(".prose ol ul li")).to_have_count(2)
    expect(card.locator(".prose h4")).to_have_text("Allowed with conditions")


def test_a_table_block_has_a_heading_row(look: Look) -> None:
    page = look()
    page.locator("#conversation textarea").fill("table")
    page.locator("#conversation textarea").press("Enter")
    expect(page.locator(".block.table-scroll th").first).to_have_text("Element")


def test_a_button_sends_the_values_beside_it(look: Look) -> None:
    card = show_card(look())
    card.locator("input[type=date]").fill("2026-05-06")
    card.get_by_role("button", name="Verify").click()
    expect(card.page.get_by_text("Verified on 2026-05-06")).to_be_visible()


def test_a_dangerous_button_asks_first(look: Look) -> None:
    card = show_card(look())
    headers = card.page.locator(".block.header")
    count = headers.count()
    card.get_by_role("button", name="Remove").click()
    card.page.get_by_role("button", name="No", exact=True).click()
    expect(headers).to_have_count(count)
    card.get_by_role("button", name="Remove").click()
    card.page.get_by_role("button", name="Yes", exact=True).click()
    expect(headers).to_have_count(count - 1)


def test_a_choice_in_a_menu_is_sent(look: Look) -> None:
    card = show_card(look())
    card.locator("select").select_option("cigna")
    expect(card.page.locator(".message").get_by_text("Chosen: cigna")).to_be_visible()


def test_feedback_shows_the_last_press(look: Look) -> None:
    card = show_card(look())
    up, down = card.get_by_label("Helpful", exact=True), card.get_by_label("Not helpful")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")


def test_a_modal_shows_errors_under_their_fields_then_updates(look: Look, practice: Workspace) -> None:
    page = look("#billing")
    dialog = open_modal(page, practice)
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.locator(".input-error:visible")).to_have_count(2)
    dialog.get_by_label("Authorization number").fill("12")
    dialog.get_by_label("Payer", exact=True).select_option("aetna")
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.get_by_text("Four digits at least.")).to_be_visible()
    dialog.get_by_label("Authorization number").fill("123456")
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.get_by_role("heading")).to_have_text("Done")
    expect(dialog).to_contain_text("Checked 123456")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_every_ordinary_input_has_a_label_and_a_value(look: Look, practice: Workspace) -> None:
    page = look("#billing")
    dialog = open_modal(page, practice)
    dialog.get_by_label("Date of service").fill("2026-02-03")
    dialog.get_by_label("90853").check()
    dialog.get_by_label("Office").check()
    dialog.get_by_label("Units").fill("one")
    dialog.get_by_label("Email").fill("dana@example.com")
    dialog.get_by_label("Who asked").select_option(label="Sam Okafor")
    dialog.locator(".multi summary").click()
    dialog.locator(".multi").get_by_label("Optum").check()
    dialog.get_by_label("Authorization number").fill("123456")
    dialog.get_by_label("Payer", exact=True).select_option("aetna")
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.locator(".input-error:visible")).to_have_text("Please enter a whole number.")


def test_an_external_select_offers_what_the_app_finds(look: Look, practice: Workspace) -> None:
    page = look("#billing")
    dialog = open_modal(page, practice)
    dialog.get_by_label("Find a plan").type("aet")
    expect(dialog.locator("datalist option")).to_have_count(2)


def test_a_modal_is_pushed_and_the_whole_stack_cleared(look: Look) -> None:
    page = look()
    page.get_by_label("Shortcuts").click()
    page.get_by_role("menuitem", name="Ask about a payer").click()
    dialog = page.locator("#modal")
    expect(dialog).to_contain_text("The first step")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("The second step")
    expect(dialog).to_contain_text("step 2")
    page.keyboard.press("Escape")
    expect(dialog).to_contain_text("The first step")
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_role("button", name="Finish").click()
    expect(dialog).to_be_hidden()


def test_the_home_tab_is_published_when_opened_and_changes_on_a_press(look: Look) -> None:
    page = look("#app/home", as_="alex")
    expect(page.locator(".home .block.header")).to_have_text("Welcome")
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".home")).to_contain_text("Started")


def test_the_keyboard_alone_reaches_a_shortcut(look: Look, practice: Workspace) -> None:
    practice.person("dana").say("only keys", "#general")
    page = look("#general")
    expect(page.locator("#conversation textarea")).to_be_focused()
    message = page.locator(".message", has_text="only keys")
    message.focus()
    more = message.get_by_label("More actions")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Review this note")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()


def test_control_k_goes_places(look: Look) -> None:
    page = look()
    page.keyboard.press("Control+k")
    page.keyboard.type("clin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="#clinical").first).to_be_visible()


def test_dark_is_dark(look: Look) -> None:
    shade = "getComputedStyle(document.body).backgroundColor"
    assert look(color_scheme="light").evaluate(shade) != look(color_scheme="dark").evaluate(shade)


def test_dark_may_be_chosen_over_what_the_computer_says_and_stays(look: Look) -> None:
    page = look(color_scheme="light")
    shade = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(shade)
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    assert page.evaluate(shade) != light
    page.reload()
    page.wait_for_selector(".composer")
    assert page.evaluate(shade) != light
    page.get_by_role("button", name="Light or dark").click()
    expect(page.get_by_role("menuitemradio", name="Dark")).to_have_attribute("aria-checked", "true")
    page.get_by_role("menuitemradio", name="As this computer").click()
    assert page.evaluate(shade) == light


def test_on_a_phone_the_channels_stand_behind_a_button_and_nothing_is_cut(look: Look, practice: Workspace) -> None:
    practice.person("dana").say("card")
    page = look(width=390, is_mobile=True, has_touch=True)
    expect(page.locator("#sidebar")).not_to_be_in_viewport()
    page.get_by_label("Show channels").tap()
    page.locator(".side-entry", has_text="clinical").tap()
    expect(page.locator("#sidebar")).not_to_be_in_viewport()
    page.goto(page.url.split("#")[0] + "#app/messages")
    expect(page.locator(".block.header").last).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.getElementById('messages').scrollWidth <= innerWidth")


def test_every_button_and_field_has_a_name(look: Look) -> None:
    page = look()
    show_card(page)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=file]), textarea, select")]
          .filter((node) => node.offsetParent && !(node.textContent.trim() || node.getAttribute("aria-label") ||
            node.labels?.length || node.title)).map((node) => node.outerHTML)"""
    )
    assert nameless == []
