"""A bot with a fixed copilot, joined to a workspace with the app's own manifest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.slack.app import build_app
from bot.slack.connection import Socket, join_socket
from bot.workspace.manifest import from_slack
from bot.workspace.person import Person
from bot.workspace.server import Workspace
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
    settings = settings_for(workspace)
    joined = join_socket(build_app(copilot, settings, today=lambda: TODAY), settings)
    yield joined
    joined.close()


@pytest.fixture
def dana(workspace: Workspace, socket: Socket, copilot: FakeCopilot) -> Person:
    copilot.asked.clear()
    copilot.reviewed.clear()
    copilot.contexts.kept.clear()
    copilot.fails_with, copilot.takes_seconds = None, 0.0
    return workspace.person("dana")
