"""Each delivery is taken once, and the memory of it stays small."""

from concurrent.futures import ThreadPoolExecutor

from bot.slack.seen import Seen


def test_the_second_delivery_is_not_the_first() -> None:
    seen = Seen()
    assert seen.first("Ev1")
    assert not seen.first("Ev1")
    assert seen.first("message", "C1", "1.0")


def test_only_one_of_many_threads_is_first() -> None:
    seen = Seen()
    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(lambda _: seen.first("Ev1"), range(200))) == 1


def test_a_key_is_forgotten_after_its_time() -> None:
    now = [0.0]
    seen = Seen(kept_for=10, now=lambda: now[0])
    seen.first("Ev1")
    now[0] = 9.9
    assert not seen.first("Ev1")
    now[0] = 10.1
    assert seen.first("Ev1")


def test_the_oldest_goes_when_there_are_too_many() -> None:
    seen = Seen(largest=3)
    for number in range(5):
        seen.first(str(number))
    assert not seen.first("4")
    assert seen.first("0")


def test_what_failed_can_be_tried_again() -> None:
    seen = Seen()
    seen.first("choice")
    seen.forget("choice")
    assert seen.first("choice")
