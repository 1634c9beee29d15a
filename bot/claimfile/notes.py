"""The notes that claims rest on, and which part of them is a claim's: the same date, and the name or the initials.

A part is a claim's where the note is dated that day and calls its member by the patient's name, or else by the
patient's initials, and no other patient billed for that day and no other part of that day's notes is called so.
Nothing else matches: what is not clear is said, never chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.claimfile.checks import Case
from bot.claimfile.index import ServiceIndex
from bot.claimfile.models import Finding, Kind, Patient, Verdict
from bot.claimfile.people import patient_called
from bot.claims.codes import with_dot
from bot.review.checklist import FROM_ELEMENTS
from bot.review.models import Item, PatientReport, Report, Status
from bot.review.service import stated_date
from bot.review.wording import ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

# What the note itself decides; eligibility, authorization, same day and code are the claim's.
_OF_THE_NOTE = FROM_ELEMENTS | {Item.INDIVIDUALIZED}
_TO_FIX = frozenset({Status.MISSING, Status.PARTIAL})


@dataclass
class Part:
    """One member's part of a note: what is to fix or to confirm in it, and the codes that stand there."""

    file: str
    label: str
    who: Patient
    fix: tuple[str, ...]
    confirm: tuple[str, ...]
    codes: tuple[str, ...]
    absent: bool = False
    claimed: bool = False


@dataclass
class Notes:
    """The parts of all notes by day; `undated` are files without one, `unread` says what could not be read, and why."""

    by_day: dict[date, list[Part]] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)
    unread: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, report: Report) -> None:
        """Take in the review of one note file."""
        day = stated_date(report.session.elements)
        self.count += len(report.patients)
        if day is None:
            self.undated.append(file)
            return
        parts = self.by_day.setdefault(day, [])
        for one in report.patients:
            if who := patient_called(one.label):
                fix, confirm = _lacking(one, _TO_FIX), _lacking(one, {Status.NEEDS_CONFIRMATION})
                codes = tuple(code.code for code in one.diagnosis_codes if code.valid)
                parts.append(Part(file, one.label, who, fix, confirm, codes))
        for gone in report.absent:
            if who := patient_called(gone.label):
                parts.append(Part(file, gone.label, who, (), (), (), absent=True))

    def check(self, case: Case, index: ServiceIndex) -> Iterator[Finding]:
        """Whether the claim has its note, and what that note lacks."""
        patient, day = case.claim.patient, case.line.first_day
        if patient is None or day is None:
            return
        that_day = self.by_day.get(day, [])
        if not that_day:
            what = f"No note of {day} is among the notes given."
            yield case.found(Verdict.FIX, Kind.NOTE, what, "Where is the note of this session?")
            return
        parts, others = _called(patient, day, that_day, index)
        if not parts:
            files = ", ".join(dict.fromkeys(part.file for part in that_day))
            what = (
                f"In the notes of {day} ({files[:200]}) nobody is called {patient.initials} or by this member's name."
            )
            yield case.found(Verdict.FIX, Kind.NOTE, what, "Which part is this member's, or where is their note?")
        elif others or len(parts) > 1:
            why = f"{others + 1} members of the file are billed" if others else f"{len(parts)} parts of the notes are"
            what = f"{why} on {day} under {patient.initials}: which note is this claim's cannot be told."
            yield case.found(Verdict.CONFIRM, Kind.NOTE, what, "Which note is this claim's, and is it ready?")
            for part in parts:
                part.claimed = True
        else:
            parts[0].claimed = True
            yield from _of_part(case, parts[0])

    def unclaimed(self) -> "Sequence[tuple[date, Part]]":
        """Parts of notes that no 90853 line of the file was billed for, by day."""
        return [
            (day, part)
            for day, parts in sorted(self.by_day.items())
            for part in parts
            if not part.claimed and not part.absent
        ]


def _called(patient: Patient, day: date, parts: list[Part], index: ServiceIndex) -> tuple[list[Part], int]:
    """The parts that a note's words give this patient, and how many other patients of the file they would fit too."""
    by_name = [part for part in parts if set(part.who.named) & set(patient.named)]
    if by_name:
        key = next(iter(set(by_name[0].who.named) & set(patient.named)))
        return by_name, max(0, index.called(key, day) - 1)
    by_initials = [part for part in parts if set(part.who.short) & set(patient.short)]
    shared = sorted({key for part in by_initials for key in part.who.short} & set(patient.short))
    return by_initials, max([0, *(index.called(key, day) - 1 for key in shared)])


def _of_part(case: Case, part: Part) -> Iterator[Finding]:
    if part.absent:
        what = f"The note ({part.file}) says that this member was absent."
        yield case.found(Verdict.FIX, Kind.NOTE, what, "Was the member there? If not, the claim does not go out.")
        return
    if part.fix:
        what = f"The note ({part.file}) lacks: {', '.join(part.fix)}."
        yield case.found(Verdict.FIX, Kind.NOTE, what, f"See billing-copilot review {part.file}.")
    elif part.confirm:
        what = f"The note ({part.file}) is to be confirmed: {', '.join(part.confirm)}."
        yield case.found(Verdict.CONFIRM, Kind.NOTE, what, f"See billing-copilot review {part.file}.")
    claimed = {with_dot(code) for _, code in case.claim.diagnoses if code}
    if part.codes and claimed and not claimed & set(part.codes):
        what = f"The claim has {', '.join(sorted(claimed)[:6])}; this member's note says {', '.join(part.codes[:6])}."
        yield case.found(Verdict.CONFIRM, Kind.NOTE, what, "Which diagnosis was treated in this session?")


def _lacking(one: PatientReport, statuses: "frozenset[Status] | set[Status]") -> tuple[str, ...]:
    return tuple(
        ITEMS[item].lower()
        for item, verdict in one.checklist.items()
        if item in _OF_THE_NOTE and verdict.status in statuses
    )
