"""A practice publishes an audit: what is kept, how long, sealed, and who is to hear of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.audit.models import Audit
from bot.errors import UserError
from bot.jobs.seal import Seal
from bot.published import PublishedAudits
from bot.storage.database import open_database
from bot.storage.ledger import Ledger
from bot.storage.published_audits import PublishedStore
from tests.audit.month import GOOD, THIN, audited, row

REPORT = b"%PDF-1.4 Zebrareport"
ROWS = [row("a", "K.L.", GOOD), row("c", "M.P.", THIN, clinician="Dr. Lee", group="Tuesday")]


class Practice:
    """One practice's publications over a real database, with a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, datetime(2026, 11, 2, tzinfo=UTC)
        self.engine = open_database("", folder / "data")
        self.store = PublishedStore(self.engine, lambda: self.now)
        self.audits = self.as_("T1")
        self.audit = audited(folder, ROWS).audit

    def as_(self, practice: str, key: str = "k" * 32) -> PublishedAudits:
        return PublishedAudits(practice, self.store, Ledger(self.engine), lambda: Seal([key]))

    def publish(self, audit: Audit | None = None) -> None:
        self.audits.publish(audit or self.audit, REPORT)

    def on_disk(self) -> bytes:
        self.engine.dispose()
        return b"".join(path.read_bytes() for path in (self.folder / "data").iterdir() if path.is_file())


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return Practice(tmp_path)


def test_the_last_one_published_stands_and_another_practice_has_none_of_it(practice: Practice) -> None:
    practice.publish()
    latest = practice.audits.latest()
    assert latest is not None
    assert latest.month == "2026-10"
    assert practice.audits.report("2026-10") == REPORT
    other = practice.as_("T2")
    assert other.latest() is None
    assert other.clinicians() == ()
    with pytest.raises(UserError, match="no longer kept"):
        other.report("2026-10")


def test_report_and_clinicians_are_sealed_on_disk(practice: Practice) -> None:
    practice.publish()
    stored = practice.on_disk()
    assert b"Zebrareport" not in stored
    assert b"Dr. Lee" not in stored


def test_a_report_is_gone_after_thirty_days_and_all_of_it_after_ninety(practice: Practice) -> None:
    practice.publish()
    practice.now += timedelta(days=31)
    with pytest.raises(UserError, match="after 30 days"):
        practice.audits.report("2026-10")
    assert practice.audits.latest() is not None
    practice.audits.forget_old()
    stored = practice.store.get("T1")
    practice.now -= timedelta(days=31)
    assert stored is not None
    assert stored.report is None
    practice.now += timedelta(days=91)
    assert practice.audits.latest() is None
    practice.audits.forget_old()
    practice.now -= timedelta(days=91)
    assert practice.audits.latest() is None


def test_a_report_of_another_month_or_under_a_lost_key_says_so(practice: Practice) -> None:
    practice.publish()
    with pytest.raises(UserError, match="no longer kept"):
        practice.audits.report("2026-09")
    changed = practice.as_("T1", "x" * 32)
    with pytest.raises(UserError, match="publish the audit again"):
        changed.report("2026-10")
    assert changed.clinicians() == ()


def test_an_audit_of_no_note_is_not_published(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="no note"):
        practice.publish(audited(tmp_path, tmp_path / "empty").audit)
    assert practice.audits.latest() is None


def test_a_clinician_is_told_only_where_an_admin_wants_it_and_says_who_they_are(practice: Practice) -> None:
    practice.publish()
    practice.audits.name("dr.  LEE", "U1", "UADMIN")
    practice.audits.name("Dr. Nobody", "U2", "UADMIN")
    assert practice.audits.to_coach() == ("", ())
    practice.audits.coach("UADMIN", on=True)
    assert practice.audits.to_coach() == ("2026-10", ("U1",))
    (own,) = practice.audits.own("2026-10", "U1")
    assert own.clinician == "Dr. Lee"
    assert practice.audits.own("2026-10", "U2") == ()
    assert practice.audits.own("2026-09", "U1") == ()
    practice.audits.coach("UADMIN", on=False)
    assert practice.audits.to_coach() == ("", ())


def test_who_was_told_of_a_month_is_not_told_again_when_it_is_published_anew(practice: Practice) -> None:
    practice.audits.coach("UADMIN", on=True)
    practice.audits.name("Dr. Lee", "U1", "UADMIN")
    practice.publish()
    for _ in range(2):
        practice.audits.told("2026-10", "U1")
    practice.publish()
    assert practice.audits.to_coach() == ("2026-10", ())


def test_a_name_is_given_changed_and_taken_back(practice: Practice) -> None:
    audits = practice.audits
    assert audits.name("Dr. Lee", "U1", "UADMIN")
    assert not audits.name("Dr. Lee", "U1", "UADMIN")
    assert audits.name("dr. lee", "U2", "UADMIN")
    assert audits.people == {"dr. lee": "U2"}
    assert audits.name("Dr. Lee", "", "UADMIN")
    assert not audits.name("Dr. Lee", "", "UADMIN")
    assert audits.people == {}
