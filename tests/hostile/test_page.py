"""The workspace's page, in a real browser: what people write is shown there as text, and the page asks nobody else."""

import pytest
from playwright.sync_api import Browser

from bot.workspace.server import Workspace

pytestmark = pytest.mark.browser

_HOSTILE = (
    "<img src=x onerror=\"document.title='pwned'\">",
    "<script>document.title='pwned'</script>",
    "<https://evil.example/<script>document.title='pwned'</script>|x>",
    "<javascript:document.title='pwned'|open>",
    "[x](javascript:document.title='pwned')",
    '"><svg onload="document.title=\'pwned\'">',
    "![p](https://evil.example/p.png) https://evil.example/unfurl",
)
_NAMES = ("<img src=x onerror=document.title='pwned'>.txt", "\"><svg onload=document.title='pwned'>.txt")


def test_nothing_that_people_write_or_name_runs_in_the_page(browser: Browser) -> None:
    with Workspace() as workspace:
        dana = workspace.person("dana")
        for text in _HOSTILE:
            dana.say(text, "#billing")
        for name in _NAMES:
            dana.say("a file", "#billing", files={name: b"<script>document.title='pwned'</script>"})
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{workspace.url}/?as=dana#billing")
        page.wait_for_selector(".composer, .home")
        page.get_by_text("evil.example/unfurl").first.wait_for(timeout=8_000)
        assert page.title() != "pwned"
        assert page.locator("img[src=x], svg[onload], a[href^='javascript:']").count() == 0
        assert [url for url in asked if not url.startswith((workspace.url, "data:", "blob:"))] == []
        context.close()
