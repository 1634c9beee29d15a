from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.errors import OperatorError
from bot.storage.database import open_database
from bot.storage.threads import ThreadStore


def test_a_thread_is_remembered_after_a_restart(open_again: Callable[[], Engine]) -> None:
    ThreadStore(open_again()).put("T1", "D1", ["1.0"], '{"topic": "same_day"}')
    assert ThreadStore(open_again()).get("T1", "D1", "1.0") == '{"topic": "same_day"}'


def test_the_last_context_of_a_thread_stands(engine: Engine) -> None:
    store = ThreadStore(engine)
    store.put("T1", "D1", ["1.0"], "{}")
    store.put("T1", "D1", ["1.0"], '{"state": "CA"}')
    assert store.get("T1", "D1", "1.0") == '{"state": "CA"}'


def test_what_is_put_for_several_threads_stands_in_each_and_in_no_other(engine: Engine) -> None:
    store = ThreadStore(engine)
    store.put("T1", "D1", ["1.0", "latest"], "{}")
    store.put("T1", "D1", ["2.0", "latest"], '{"state": "CA"}')
    assert [store.get("T1", "D1", thread) for thread in ("1.0", "2.0", "latest", "3.0")] == [
        "{}",
        '{"state": "CA"}',
        '{"state": "CA"}',
        None,
    ]


def test_a_thread_is_forgotten_after_ninety_days(engine: Engine) -> None:
    then = datetime(2026, 1, 1, tzinfo=UTC)
    ThreadStore(engine, now=lambda: then).put("T1", "D1", ["1.0"], "{}")
    assert ThreadStore(engine, now=lambda: then + timedelta(days=89)).get("T1", "D1", "1.0") == "{}"
    assert ThreadStore(engine, now=lambda: then + timedelta(days=91)).get("T1", "D1", "1.0") is None


@pytest.mark.parametrize(
    "url",
    ["not a url", "oracle+nothing://host/db", "sqlite:////proc/nowhere/copilot.sqlite3"],
    ids=["form", "driver", "place"],
)
def test_an_unusable_database_is_one_clear_line(tmp_path: Path, url: str) -> None:
    with pytest.raises(OperatorError) as caught:
        open_database(url, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_data_folder_that_cannot_be_made_names_itself(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperatorError, match="DATA_DIR"):
        open_database("", tmp_path / "file" / "data")
