"""What a practice recorded keeps its history: who, when, and what stood before."""

from pathlib import Path

import pytest

from bot.storage.database import open_database
from bot.storage.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(open_database("", tmp_path))


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
