"""The local model server, once for this folder's tests."""

from collections.abc import Iterator

import pytest

from bot.llm import attempts
from tests.llm.model_server import ModelServer, running_model_server


@pytest.fixture(scope="session")
def model_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelServer]:
    with running_model_server(tmp_path_factory.mktemp("aimock")) as server:
        yield server


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "LONGEST_PAUSE", 0.05)
