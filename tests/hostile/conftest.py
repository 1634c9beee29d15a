"""The real copilot, offline, with a data folder of its own."""

from pathlib import Path

import pytest

from bot.app import Copilot
from bot.settings import Settings


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=Path(tmp_path_factory.mktemp("hostile")), fingerprint_days=0))
