"""What floats over the page covers no words of a message: times, the bar of actions, the way back to the latest."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.workspace.server import Workspace

pytestmark = pytest.mark.browser

Look = Callable[..., Page]


def overlap(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
    down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
    return across > 0 and down > 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_time_beside_a_message_that_follows_another_stays_clear_of_its_words(
    look: Look, practice: Workspace, width: int
) -> None:
    dana = practice.person("dana")
    for words in ("one", "two"):
        dana.say(words, "#clinical")
    page = look("#clinical", width=width)
    second = page.locator(".message.compact").last
    second.hover()
    time = second.locator(".gutter .time")
    expect(time).to_have_text(re.compile(r"^\d{1,2}:\d\d$"))
    assert not overlap(time, second.locator(".message-body"))


@pytest.mark.parametrize("compact", [False, True])
def test_on_a_phone_the_bar_of_actions_covers_no_words(look: Look, practice: Workspace, compact: bool) -> None:
    dana = practice.person("dana")
    for words in ("one " * 60, "two " * 60):
        dana.say(words, "#clinical")
    page = look("#clinical", width=390)
    message = page.locator(".message.compact" if compact else ".message:not(.compact)").last
    message.hover(position={"x": 200, "y": 20})
    bar = message.locator(".message-actions")
    assert bar.is_visible()
    assert not [body for body in page.locator(".message-body").all() if overlap(bar, body)]
    for action in ("Add a reaction", "Reply in thread", "More actions"):
        assert bar.get_by_role("button", name=action).is_visible()


def test_on_a_phone_the_bar_of_the_last_message_can_be_reached(look: Look, practice: Workspace) -> None:
    dana = practice.person("dana")
    for words in ("one\n" * 60, "two"):
        dana.say(words, "#clinical")
    page = look("#clinical", width=390)
    last = page.locator(".message").last
    last.hover()
    more = last.get_by_role("button", name="More actions")
    assert not overlap(more, page.locator(".composer"))
    more.click(timeout=2_000)


def test_on_a_phone_the_way_back_to_the_latest_covers_no_words(look: Look, practice: Workspace) -> None:
    dana = practice.person("dana")
    for number in range(12):
        dana.say(f"{number} and words that run over the whole width of a telephone " * 4, "#clinical")
    page = look("#clinical", width=390)
    page.locator("#messages").evaluate("list => { list.scrollTop = 0; }")
    latest = page.get_by_role("button", name="Latest")
    latest.wait_for()
    assert not overlap(latest, page.locator("#messages"))
    latest.click()
    latest.wait_for(state="hidden")
