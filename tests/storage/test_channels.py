"""Channels are set apart by practice, and waiting reviews are ids and counts with an end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event

from bot.policies.channels import Audience, ChannelBook, ChannelSettings, Mode
from bot.policies.own_payers import OwnPayer
from bot.storage.channels import ChannelStore
from bot.storage.waiting import KEPT_FOR, WaitingStore

SET = ChannelSettings(mode=Mode.QUESTIONS, audience=Audience.ASKER, payers=(OwnPayer(name="Acme Health"),))


def test_a_channel_is_as_it_was_set_and_another_practices_is_not(engine: Engine) -> None:
    ours, theirs = (ChannelBook(name, ChannelStore(engine)) for name in ("T1", "T2"))
    ours.put("C1", SET, "U1")
    assert ours.get("C1") == SET
    assert theirs.get("C1") == ours.get("C2") == ChannelSettings()
    assert (ours.all(), theirs.all()) == ((("C1", SET),), ())


def test_who_reads_along_outlasts_what_is_set(engine: Engine) -> None:
    book = ChannelBook("T1", ChannelStore(engine))
    book.note_outsiders("C1")
    book.note_outsiders("C1")
    assert book.get("C1").outsiders
    assert book.all() == ()  # nobody set it
    book.put("C1", SET, "U1")
    assert book.get("C1").outsiders


def test_who_reads_along_is_not_lost_where_it_is_noted_while_the_channel_is_set(
    open_again: Callable[[], Engine],
) -> None:
    engine, other = open_again(), ChannelBook("T1", ChannelStore(open_again()))
    book = ChannelBook("T1", ChannelStore(engine))
    book.put("C1", SET, "U1")

    def noted_before_the_first_write(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("SELECT"):
            other.note_outsiders("C1")

    event.listen(engine, "before_cursor_execute", noted_before_the_first_write)
    book.put("C1", SET, "U2")
    assert book.get("C1").outsiders


def test_what_another_version_wrote_counts_as_not_set(engine: Engine) -> None:
    ChannelStore(engine).put("T1", "C1", "whenever", "all", "[]", "U1")
    assert ChannelBook("T1", ChannelStore(engine)).get("C1") == ChannelSettings()


def test_a_review_waits_until_nothing_is_left_to_fix_and_for_ninety_days_at_most(engine: Engine) -> None:
    now = [datetime(2026, 11, 24, tzinfo=UTC)]
    store = WaitingStore(engine, lambda: now[0])
    store.put("T1", "U1", "D1", "1.0", 8, 2)
    store.put("T1", "U1", "D1", "2.0", 8, 1)
    store.put("T1", "U1", "D1", "2.0", 8, 0)
    assert [one.thread_ts for one in store.of("T1", "U1")] == ["1.0"]
    assert list(store.of("T1", "U2")) == list(store.of("T2", "U1")) == []
    now[0] += KEPT_FOR + timedelta(days=1)
    assert list(store.of("T1", "U1")) == []
