"""How many deliveries are taken in a second."""

from bot.slack.rate import Buckets, Rate


def test_a_burst_is_taken_and_then_as_many_as_come_in_a_second() -> None:
    now = [0.0]
    buckets = Buckets(Rate(per_second=2, burst=3), lambda: now[0])
    assert [buckets.wait("T1") for _ in range(4)] == [0, 0, 0, 0.5]
    now[0] = 0.5
    assert [buckets.wait("T1") for _ in range(2)] == [0, 0.5]


def test_one_senders_flood_costs_another_nothing() -> None:
    buckets = Buckets(Rate(per_second=1, burst=1), lambda: 0.0)
    buckets.wait("T1")
    assert buckets.wait("T1")
    assert not buckets.wait("T2")


def test_many_made_up_senders_do_not_fill_the_memory() -> None:
    buckets = Buckets(Rate(per_second=1, burst=1), lambda: 0.0)
    for number in range(25_000):
        buckets.wait(f"10.0.{number}")
    assert len(buckets._left) <= 10_000
