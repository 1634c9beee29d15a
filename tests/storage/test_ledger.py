"""What a practice recorded keeps its history: who, when, and what stood before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from bot.storage.ledger import Ledger

Open = Callable[[], Engine]


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine)


def test_a_change_keeps_what_stood_before_and_who_changed_it(ledger: Ledger) -> None:
    ledger.put("T1", "verification", "v1", '{"a":1}', "U1")
    ledger.put("T1", "verification", "v1", '{"a":2}', "U2")
    first, second = ledger.history("T1", "verification", "v1")
    assert (first.action, first.by, first.before) == ("recorded", "U1", "")
    assert (second.action, second.by, second.before) == ("changed", "U2", '{"a":1}')
    assert first.at <= second.at


def test_the_same_again_is_no_change(ledger: Ledger) -> None:
    ledger.put("T1", "verification", "v1", "{}", "U1")
    version = ledger.version("T1")
    ledger.put("T1", "verification", "v1", "{}", "U2")
    assert ledger.version("T1") == version
    assert len(ledger.history("T1", "verification", "v1")) == 1


def test_what_is_withdrawn_stands_no_more_keeps_its_history_and_can_come_back(ledger: Ledger) -> None:
    ledger.put("T1", "verification", "v1", "{}", "U1")
    assert ledger.withdraw("T1", "verification", "v1", "U2")
    assert not ledger.withdraw("T1", "verification", "v1", "U2")
    assert ledger.entries("T1", "verification") == []
    assert ledger.entry("T1", "verification", "v1") is None
    ledger.put("T1", "verification", "v1", "{}", "U3")
    assert [change.action for change in ledger.history("T1", "verification", "v1")] == [
        "recorded",
        "withdrawn",
        "changed",
    ]
    assert [entry.id for entry in ledger.entries("T1", "verification")] == ["v1"]


def test_practices_and_kinds_are_apart(ledger: Ledger) -> None:
    ledger.put("T1", "verification", "v1", "{}", "U1")
    ledger.put("T2", "setting", "s1", "{}", "U1")
    assert ledger.entries("T2", "verification") == []
    assert ledger.practices() == ["T1", "T2"]
    assert ledger.version("T3") == 0


def test_changes_made_at_once_are_all_in_the_history_each_over_the_one_before(open_again: Open) -> None:
    ledgers = [Ledger(open_again()) for _ in range(4)]
    bodies = [f'{{"a":{number}}}' for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: ledgers[n % 4].put("T1", "verification", "v1", bodies[n], f"U{n}"), range(20)))
    history = ledgers[0].history("T1", "verification", "v1")
    left = ledgers[0].entry("T1", "verification", "v1")
    assert left is not None
    assert history[0].before == ""
    assert sorted([change.before for change in history[1:]] + [left.body]) == sorted(bodies)


def test_of_all_that_add_one_id_at_once_one_does(open_again: Open) -> None:
    ledgers = [Ledger(open_again()) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda n: ledgers[n].add("T1", "reminder", "2026-11", f"{n}", "U1"), range(4)))
    assert sorted(won) == [False, False, False, True]
    assert len(ledgers[0].history("T1", "reminder", "2026-11")) == 1


def test_a_replacement_is_made_only_over_what_was_seen(ledger: Ledger) -> None:
    ledger.put("T1", "verification", "v1", "1", "U1")
    assert not ledger.replace("T1", "verification", "v1", "3", "U2", before="2")
    assert ledger.replace("T1", "verification", "v1", "3", "U2", before="1")
    ledger.withdraw("T1", "verification", "v1", "U1")
    assert not ledger.replace("T1", "verification", "v1", "4", "U2", before="3")


def test_what_was_withdrawn_is_brought_back_as_it_was_and_once(ledger: Ledger) -> None:
    ledger.put("T1", "verification", "v1", "1", "U1")
    assert not ledger.restore("T1", "verification", "v1", "U2")
    ledger.withdraw("T1", "verification", "v1", "U1")
    assert ledger.restore("T1", "verification", "v1", "U2")
    assert not ledger.restore("T1", "verification", "v1", "U3")
    entry = ledger.entry("T1", "verification", "v1")
    assert entry
    assert entry.body == "1"
    assert not ledger.restore("T1", "verification", "nothing", "U3")
