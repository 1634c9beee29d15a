"""Where reminders go, and for which months they were posted, over restarts and failures."""

from bot.policies.reminder_book import ReminderBook
from tests.slack.fakes import in_memory_ledger


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


def test_a_month_is_done_for_every_process_and_for_one_practice() -> None:
    ledger = in_memory_ledger()
    ReminderBook("T1", ledger).done("2026-11")
    assert ReminderBook("T1", ledger).was_posted("2026-11")
    assert not ReminderBook("T1", ledger).was_posted("2026-12")
    assert not ReminderBook("T2", ledger).was_posted("2026-11")


def test_a_failure_is_remembered_until_the_month_is_posted() -> None:
    book = ReminderBook("T1", in_memory_ledger())
    book.failed("2026-11")
    assert book.last_failed("2026-11")
    assert not book.was_posted("2026-11")
    book.done("2026-11")
    assert not book.last_failed("2026-11")
