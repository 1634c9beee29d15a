"""No delivery is taken twice, whichever replica it comes to."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.storage.database import open_database
from bot.storage.deliveries import KEPT_FOR, DeliveryStore, _deliveries


def test_a_delivery_is_taken_once_by_all_replicas(tmp_path: Path) -> None:
    one, other = (DeliveryStore(open_database("", tmp_path)) for _ in range(2))
    assert one.take("v0=1")
    assert not other.take("v0=1")
    assert other.take("v0=2")


def test_what_failed_may_come_again(tmp_path: Path) -> None:
    store = DeliveryStore(open_database("", tmp_path))
    store.take("v0=1")
    store.give_back("v0=1")
    assert store.take("v0=1")


def test_what_is_too_old_to_be_taken_anyway_is_forgotten(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 24, tzinfo=UTC)]
    engine = open_database("", tmp_path)
    store = DeliveryStore(engine, lambda: now[0])
    store.take("v0=1")
    now[0] += KEPT_FOR * 2
    store.take("v0=2")
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(_deliveries)).scalar_one() == 1
