"""The real engine, once for this folder; it keeps what it has in a folder of the test."""

import pytest

from bot.app import Copilot
from bot.office import Office
from bot.settings import Settings


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("onboarding"))).at("T1")
