"""A bot with a fixed copilot, joined to a workspace with the app's own manifest; and a browser to look at the page."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from bot.slack.connection import Socket
from bot.workspace.ids import same_id
from bot.workspace.manifest import Manifest, from_slack
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.page_app import close, connect
from tests.e2e.process import Process
from tests.slack.at_work import joined
from tests.slack.fakes import TODAY, FakeCopilot
from tests.slack.joined import settings_for

MANIFEST = from_slack(yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text("utf-8")))


@pytest.fixture(scope="module")
def copilot() -> FakeCopilot:
    return FakeCopilot()


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as running:
        yield running


@pytest.fixture(scope="module")
def socket(workspace: Workspace, copilot: FakeCopilot) -> Iterator[Socket]:
    with joined(copilot, settings_for(workspace), lambda: TODAY) as running:
        yield running


@pytest.fixture
def dana(workspace: Workspace, socket: Socket, copilot: FakeCopilot) -> Person:
    copilot.asked.clear()
    copilot.reviewed.clear()
    copilot.contexts.kept.clear()
    copilot.fails_with, copilot.takes_seconds, copilot.words = None, 0.0, None
    return workspace.person("dana")


@pytest.fixture
def practice() -> Iterator[Workspace]:
    """A workspace with the small app of page_app joined to it."""
    with Workspace(manifest=replace(Manifest(), prompts=())) as running:
        handler = connect(running)
        yield running
        close(handler)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes folders for programs whose index is there; it is made once and copied."""
    made = tmp_path_factory.mktemp("indexed")
    index = Process(made, {}, "index")
    assert index.ended(60) == 0, index.said

    def folder() -> Path:
        return Path(shutil.copytree(made, tmp_path_factory.mktemp("program"), dirs_exist_ok=True))

    return folder


@pytest.fixture(scope="module")
def program(indexed: Callable[[], Path]) -> Iterator[Process]:
    """The real program as a process of its own, on a free port, with its index made; Robin is its billing lead."""
    folder = indexed()
    running = Process(folder, {"WORKSPACE_PORT": "0", "BILLING_LEAD": same_id("U", "robin")})
    yield running
    running.kill()


@dataclass
class Looking:
    """A page someone has open, and what it complained of."""

    page: Page
    outside: list[str]
    complaints: list[str]


@pytest.fixture
def look(browser: Browser, practice: Workspace) -> Iterator[Callable[..., Page]]:
    """Opens the page as someone, at a place: `look("#billing", as_="sam", color_scheme="dark")`.

    When the test ends, no page may have asked for anything outside this workspace or logged an error.
    """
    opened: list[Looking] = []

    def go(place: str = "", *, as_: str = "dana", width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 820}, **options)
        page = context.new_page()
        page.set_default_timeout(8_000)
        looking = Looking(page, [], [])
        opened.append(looking)
        page.on("request", lambda r: None if r.url.startswith(practice.url) else looking.outside.append(r.url))
        page.on("pageerror", lambda error: looking.complaints.append(str(error)))
        page.on("console", lambda said: looking.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{practice.url}/?as={as_}{place}")
        page.wait_for_selector(".composer, .home")
        # The page opens as whoever was there last, and only then becomes the person asked for.
        name = next(user.real_name for user in practice.core.state.people if user.name == as_)
        page.locator(".switcher-name strong", has_text=name).wait_for(state="attached")
        return page

    yield go
    for looking in opened:
        looking.page.context.close()
    assert [url for one in opened for url in one.outside if not url.startswith(("data:", "blob:"))] == []
    assert [line for one in opened for line in one.complaints] == []
