"""What one claim has to be held against the others for, kept beside the memory: a temporary SQLite file without a name.

It holds digests under a secret of the run, service codes, segment numbers and claim numbers, has no name in any folder
from the moment it is made, and is gone with the run.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from bot.claimfile.models import Claim, Patient, PayerName, ServiceLine
from bot.claimfile.people import digest
from bot.errors import OperatorError

_AT_ONCE = 1000
_MOST_BESIDE = 60
"""Services looked at of one patient on one day; nobody has more."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service line as other lines meet it: `twin` is equal for lines that say the same."""

    place: int
    claim: str
    code: str
    written: str
    twin: bytes


class ServiceIndex:
    """Services by patient and day; patients by day and what a note may call them."""

    def __init__(self, database: sqlite3.Connection, *, people: bool) -> None:
        self._database = database
        self._with_people = people
        self._waiting: list[tuple[object, ...]] = []
        self._people: list[tuple[object, ...]] = []
        database.execute(
            "CREATE TABLE service (key BLOB, place INTEGER, claim TEXT, code TEXT, written TEXT, twin BLOB)"
        )
        database.execute("CREATE TABLE person (called BLOB, patient BLOB, PRIMARY KEY (called, patient)) WITHOUT ROWID")

    def put(self, claim: Claim) -> None:
        """Remember the lines of a claim."""
        if claim.patient is None:
            return
        for line in claim.lines:
            if line.first_day is None:
                continue
            key = service_key(claim.payer, claim.patient, line.first_day)
            written = line.with_modifiers
            self._waiting.append((key, line.place, claim.number[:50], line.code, written, twin_of(claim, line)))
            if self._with_people and line.code == "90853":
                self._people.extend(
                    (digest(called, line.first_day.isoformat()), claim.patient.key) for called in claim.patient.called
                )
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def finish(self) -> None:
        """All lines are in: they can be asked for from now on."""
        self._flush()
        self._database.execute("CREATE INDEX by_key ON service (key, place)")

    def beside(self, claim: Claim, line: ServiceLine) -> list[Service]:
        """The other lines of the file for this patient, payer and day, in the file's order."""
        if claim.patient is None or line.first_day is None:
            return []
        found = self._database.execute(
            "SELECT place, claim, code, written, twin FROM service WHERE key = ? AND place != ? ORDER BY place LIMIT ?",
            (service_key(claim.payer, claim.patient, line.first_day), line.place, _MOST_BESIDE),
        )
        return [Service(*row) for row in found]

    def called(self, key: str, day: date) -> int:
        """How many patients with a 90853 line on that day a note could call so."""
        found = self._database.execute("SELECT count(*) FROM person WHERE called = ?", (digest(key, day.isoformat()),))
        return int(found.fetchone()[0])

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO service VALUES (?, ?, ?, ?, ?, ?)", self._waiting)
        self._database.executemany("INSERT OR IGNORE INTO person VALUES (?, ?)", self._people)
        self._waiting.clear()
        self._people.clear()


@contextmanager
def service_index(*, people: bool) -> Iterator[ServiceIndex]:
    """An empty index for one run, with people in it where notes are held against it.

    Raises OperatorError where the machine gives no room for a temporary file.
    """
    try:
        # With no name SQLite unlinks the file as it makes it, and keeps what fits in its cache of 2 MB.
        database = sqlite3.connect("", isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            yield ServiceIndex(database, people=people)
        finally:
            database.close()
    except sqlite3.Error:
        raise OperatorError(
            "There is no room for a temporary file: free some space, or set TMPDIR elsewhere."
        ) from None


def service_key(payer: PayerName, patient: Patient, day: date) -> bytes:
    """One patient of one payer on one day: a second payer's claim for the same service is no second service."""
    return digest("service", payer.name, payer.payer_id, patient.key.hex(), day.isoformat())


def twin_of(claim: Claim, line: ServiceLine) -> bytes:
    """Equal for two lines of a patient's day that bill the same once more."""
    return digest("twin", line.code, *sorted(line.modifiers), line.place_of_service, claim.frequency)
