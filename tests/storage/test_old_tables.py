"""A database of before, in which practices did not stand apart, is taken over."""

from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from bot.storage.database import open_database
from bot.storage.feedback import FeedbackStore


def test_thumbs_are_kept_and_the_old_tables_go(tmp_path: Path) -> None:
    old = create_engine(f"sqlite:///{tmp_path / 'copilot.sqlite3'}")
    with old.begin() as connection:
        connection.execute(
            text("CREATE TABLE threads (channel TEXT, thread_ts TEXT, context TEXT, touched_at DATETIME)")
        )
        connection.execute(
            text('CREATE TABLE feedback (channel TEXT, message_ts TEXT, "user" TEXT, value TEXT, given_at DATETIME)')
        )
        connection.execute(text("INSERT INTO feedback VALUES ('C1', '1.0', 'U1', 'up', '2026-01-01 00:00:00')"))
    engine = open_database("", tmp_path)
    assert FeedbackStore(engine).counts() == {"up": 1}
    assert not {"threads", "feedback"} & set(inspect(engine).get_table_names())
    assert FeedbackStore(open_database("", tmp_path)).counts() == {"up": 1}
