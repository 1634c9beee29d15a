"""The page by axe-core, an accessibility checker: WCAG 2.2 A and AA, with every block, light, dark, on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.workspace import Workspace
from tests.npm import installed

from . import page_gallery

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
RULES = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"


@pytest.fixture(scope="module")
def axe() -> str:
    return installed(Path(__file__).with_name("axe"), "axe-core/axe.min.js", "the page by axe-core").read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Each rule that is broken, with the first element that breaks it."""
    page.evaluate(axe)
    broken = page.evaluate(f"axe.run(document, {RULES})")["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary'][:260]}"
        for rule in broken
        for node in rule["nodes"][:3]
    ]


@pytest.fixture
def client(practice: Workspace) -> WebClient:
    found = WebClient(token=practice.bot_token, base_url=practice.api_url)
    posted = found.chat_postMessage(channel="#billing", text="One of each", blocks=page_gallery.message())
    found.chat_postMessage(channel="#billing", text="a reply", thread_ts=posted["ts"])
    found.chat_postEphemeral(channel="#billing", user=practice.person("dana").id, text="Only *you* see `this`")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 380])
def test_a_channel_with_every_block(look: Look, client: WebClient, axe: str, scheme: str, width: int) -> None:
    page = look("#billing", width=width, color_scheme=scheme)
    expect(page.locator(".block.header")).to_be_attached()
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_modal_and_the_home_with_every_block(
    look: Look, practice: Workspace, client: WebClient, axe: str, scheme: str
) -> None:
    page = look("#billing", color_scheme=scheme)
    dana = practice.person("dana")
    client.views_open(trigger_id=practice.core.triggers.issue(dana.id), view=page_gallery.view("modal"))
    expect(page.locator("#modal")).to_be_visible()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.goto(page.url.split("#")[0] + "#app/home")
    expect(page.get_by_text("Welcome")).to_be_visible()
    client.views_publish(user_id=dana.id, view=page_gallery.view("home"))
    expect(page.locator(".home .block.video")).to_be_attached()
    assert violations(page, axe) == []


def test_the_welcome_a_thread_the_menus_and_the_inspector(look: Look, client: WebClient, axe: str) -> None:
    page = look(as_="robin")
    expect(page.locator(".welcome")).to_be_visible()
    assert violations(page, axe) == []
    page.goto(page.url.split("#")[0] + "#billing")
    page.locator(".thread-summary").click()
    expect(page.locator("#thread")).to_contain_text("a reply")
    assert violations(page, axe) == []
    page.locator(".switcher").click()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Shift+E")
    page.locator("#conversation textarea").fill("/billing help")
    page.locator("#conversation textarea").press("Enter")
    page.locator(".wire-line").first.click()
    assert violations(page, axe) == []
