"""Each store is tried on both databases: the embedded SQLite and a real PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage.database import open_database

Open = Callable[[], Engine]


@pytest.fixture(params=["sqlite", "postgresql"])
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the test's own database, as each start of the program and each process of several does."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    opened: list[Engine] = []

    def open_it() -> Engine:
        opened.append(open_database(url, tmp_path))
        return opened[-1]

    yield open_it
    for engine in opened:
        engine.dispose()


@pytest.fixture
def engine(open_again: Open) -> Engine:
    return open_again()
