"""What one claim has to be held against the others for, kept beside the memory: a temporary SQLite file without a name.

It holds digests under a secret of the run, service codes, segment numbers and claim numbers, has no name in any folder
from the moment it is made, and is gone with the run.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from bot.claimfile.models import Claim, Patient, ServiceLine
from bot.claimfile.people import digest
from bot.errors import OperatorError

_AT_ONCE = 1000
_MOST_BESIDE = 60
"""Services looked at of one patient on one day; nobody has more."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service line as other lines meet it: `twin` is equal for lines that say the same.

    `rendering` tells providers apart; empty where the file names none.
    """

    place: int
    claim: str
    code: str
    written: str
    twin: bytes
    frequency: str
    rendering: bytes


class ServiceIndex:
    """Services by patient and day; patients by day and what a note may call them."""

    def __init__(self, database: sqlite3.Connection, *, people: bool) -> None:
        self._database = database
        self._with_people = people
        self._waiting: list[tuple[object, ...]] = []
        self._people: list[tuple[object, ...]] = []
        self._numbers: list[tuple[object, ...]] = []
        self._any_shared = False
        database.execute(
            "CREATE TABLE service (key BLOB, place INTEGER, claim TEXT, code TEXT, written TEXT, twin BLOB, "
            "frequency TEXT, rendering BLOB)"
        )
        database.execute(
            "CREATE TABLE number (key BLOB, patient BLOB, place INTEGER, PRIMARY KEY (key, patient)) WITHOUT ROWID"
        )
        database.execute("CREATE TABLE person (called BLOB, patient BLOB, PRIMARY KEY (called, patient)) WITHOUT ROWID")

    def put(self, claim: Claim, payer: str) -> None:
        """Remember the lines of a claim; `payer` is the same for every way to write one payer."""
        if claim.patient is None:
            return
        if claim.number:
            self._numbers.append((_number_key(claim), claim.patient.key, claim.place))
        for line in claim.lines:
            if line.first_day is None:
                continue
            self._waiting.append(
                (
                    _service_key(claim, claim.patient, payer, line.first_day),
                    line.place,
                    claim.number[:50],
                    line.code,
                    line.with_modifiers,
                    twin_of(claim, line),
                    claim.frequency,
                    rendered_by(line),
                )
            )
            if self._with_people and line.code == "90853":
                self._people.extend(
                    (digest(called, line.first_day.isoformat()), claim.patient.key) for called in claim.patient.called
                )
        if len(self._waiting) + len(self._numbers) >= _AT_ONCE:
            self._flush()

    def finish(self) -> None:
        """All lines are in: they can be asked for from now on."""
        self._flush()
        self._database.execute("CREATE INDEX by_key ON service (key, place)")
        shared = self._database.execute("SELECT 1 FROM number GROUP BY key HAVING count(*) > 1 LIMIT 1")
        self._any_shared = shared.fetchone() is not None

    def beside(self, claim: Claim, line: ServiceLine, payer: str) -> list[Service]:
        """The other lines of the file for this patient, payer and day, in the file's order.

        A claim and its replacement under the same number do not stand beside each other: one is in place of the other.
        """
        if claim.patient is None or line.first_day is None:
            return []
        found = self._database.execute(
            "SELECT place, claim, code, written, twin, frequency, rendering FROM service WHERE key = ? AND place != ? "
            "AND NOT (claim = ? AND claim != '' AND frequency != ?) ORDER BY place LIMIT ?",
            (
                _service_key(claim, claim.patient, payer, line.first_day),
                line.place,
                claim.number[:50],
                claim.frequency,
                _MOST_BESIDE,
            ),
        )
        return [Service(*row) for row in found]

    def namesake(self, claim: Claim) -> int:
        """Where an earlier claim of another patient has this claim's number; 0 where none has."""
        if claim.patient is None or not claim.number or not self._any_shared:
            return 0
        found = self._database.execute(
            "SELECT min(place) FROM number WHERE key = ? AND patient != ? AND place < ?",
            (_number_key(claim), claim.patient.key, claim.place),
        )
        return int(found.fetchone()[0] or 0)

    def called(self, key: str, day: date) -> int:
        """How many patients with a 90853 line on that day a note could call so."""
        found = self._database.execute("SELECT count(*) FROM person WHERE called = ?", (digest(key, day.isoformat()),))
        return int(found.fetchone()[0])

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO service VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._waiting)
        self._database.executemany("INSERT OR IGNORE INTO number VALUES (?, ?, ?)", self._numbers)
        self._database.executemany("INSERT OR IGNORE INTO person VALUES (?, ?)", self._people)
        self._waiting.clear()
        self._numbers.clear()
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


def _service_key(claim: Claim, patient: Patient, payer: str, day: date) -> bytes:
    """One patient of one payer on one day: a second payer's, or a second plan's, claim is for no second service."""
    return digest("service", payer, claim.sequence, patient.key.hex(), day.isoformat())


def _number_key(claim: Claim) -> bytes:
    """A replacement and a second payer's claim may well have the number of the first."""
    return digest("number", claim.number, claim.frequency, claim.sequence)


def rendered_by(line: ServiceLine) -> bytes:
    """Equal for lines of one provider; empty where the file names none."""
    return digest("rendering", line.rendering) if line.rendering else b""


def twin_of(claim: Claim, line: ServiceLine) -> bytes:
    """Equal for two lines of a patient's day that bill the same once more."""
    return digest("twin", line.code, *sorted(line.modifiers), line.place_of_service, claim.frequency)
