"""One feeding a test, and a workspace that sends again sooner than Slack does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.leaks.feeding import Feeding
from tests.llm.breaking_server import running


@pytest.fixture
def feeding(tmp_path: Path) -> Iterator[Feeding]:
    with running() as model:
        yield Feeding(tmp_path, model)


@pytest.fixture
def server() -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as workspace:
        workspace.core.delivery.retry_delays = (0.0, 1.0, 2.0, 4.0)
        yield workspace
