"""A month's reminder is one process's to post, once, over restarts and failures."""

from datetime import UTC, datetime, timedelta

from bot.policies.reminder_book import ReminderBook
from tests.slack.fakes import in_memory_ledger

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_the_channel_is_chosen_changed_and_given_up() -> None:
    book = ReminderBook("T1", in_memory_ledger())
    assert book.channel == ""
    assert not book.stop("U1")
    book.choose("C1", "U1")
    book.choose("C2", "U2")
    assert book.channel == "C2"
    assert book.stop("U1")
    assert book.channel == ""
    book.choose("C1", "U1")
    assert book.channel == "C1"


def test_of_two_processes_one_takes_a_month_and_none_once_it_is_posted() -> None:
    ledger = in_memory_ledger()
    one, other = ReminderBook("T1", ledger), ReminderBook("T1", ledger)
    assert one.take("2026-11")
    assert not other.take("2026-11")
    one.done("2026-11")
    assert not other.take("2026-11")
    assert other.was_posted("2026-11")
    assert other.take("2026-12")
    assert ReminderBook("T2", ledger).take("2026-11")


def test_a_failure_opens_the_month_again() -> None:
    ledger = in_memory_ledger()
    book = ReminderBook("T1", ledger)
    assert book.take("2026-11")
    book.failed("2026-11")
    assert book.last_failed("2026-11")
    assert ReminderBook("T1", ledger).take("2026-11")
    assert not book.last_failed("2026-11")


def test_a_process_that_died_while_posting_holds_the_month_for_minutes_only() -> None:
    ledger = in_memory_ledger()
    assert ReminderBook("T1", ledger, lambda: NOW).take("2026-11")
    assert not ReminderBook("T1", ledger, lambda: NOW + timedelta(minutes=9)).take("2026-11")
    later = [ReminderBook("T1", ledger, lambda: NOW + timedelta(minutes=11)) for _ in range(2)]
    assert [book.take("2026-11") for book in later] == [True, False]
