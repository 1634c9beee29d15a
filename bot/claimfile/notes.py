"""The notes that claims rest on, and which part of them is a claim's: the same date, and the name or the initials.

A part is a claim's where the note is dated that day and calls its member by the patient's name, or else by the
patient's initials, and no other patient billed for that day is called so. Such parts of several files are several
sessions: each of them has to be ready, and each has to have its line. Nothing else matches: what is not clear is
said, never chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from bot.claimfile.checks import Case
from bot.claimfile.index import ServiceIndex
from bot.claimfile.models import Finding, Kind, Patient, Verdict
from bot.claimfile.people import patient_called
from bot.claims.codes import with_dot
from bot.review.checklist import FROM_ELEMENTS
from bot.review.models import Item, PatientReport, Report, Status
from bot.review.service import stated_date
from bot.review.wording import ITEMS, counted

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
    """The parts of all notes by day; `undated` are files without one, `unread` says what could not be read, and why.

    `billed` are the days of the claims that were held against them.
    """

    by_day: dict[date, list[Part]] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)
    unread: list[Finding] = field(default_factory=list)
    billed: set[date] = field(default_factory=set)
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
        self.billed.add(day)
        that_day = self.by_day.get(day, [])
        if not that_day:
            what, do = "None of the notes given is of that day.", "Where is the note of this session?"
            yield case.found(Verdict.FIX, Kind.NOTE, what, do, beside=f"{day}")
            return
        parts, others = _called(patient, day, that_day, index)
        lines = 1 + len(case.again)
        for part in parts:
            part.claimed = True
        if not parts:
            files = ", ".join(dict.fromkeys(part.file for part in that_day))
            what = f"In the notes of {day} ({files[:200]}) nobody is called by this member's name or initials."
            yield case.found(Verdict.FIX, Kind.NOTE, what, "Which part is this member's, or where is their note?")
        elif others:
            what = f"{others + 1} members of the file are billed on {day} under {patient.initials}"
            yield _unclear(case, what, "Which note is this claim's, and is it ready?")
        elif len(parts) > lines or len({part.file for part in parts}) < len(parts):
            what = f"{len(parts)} parts of the notes of {day} are called {patient.initials} or by this member's name"
            yield _unclear(case, what, "Which one is this claim's, is it ready, and is the other one billed?")
        else:
            yield from chain.from_iterable(_of_part(case, part) for part in parts)
            yield from _too_few(case, len(parts), lines)

    def unclaimed(self) -> Iterator[str]:
        """Who has a note and no 90853 line of the file, a line a note, on days that it bills; then the other days."""
        for day in sorted(self.by_day.keys() & self.billed):
            left: dict[str, list[str]] = {}
            for part in self.by_day[day]:
                if not part.claimed and not part.absent:
                    left.setdefault(part.file, []).append(part.who.initials)
            for file, who in left.items():
                yield f"{file} ({day}) has notes of {', '.join(who)}, and no 90853 line of this file is for them."
        if other := sorted(self.by_day.keys() - self.billed):
            days, on = f"{len(other)} other days ({other[0]} to {other[-1]})", "them"
            if len(other) == 1:
                days, on = f"{other[0]}", "it"
            yield f"The notes of {days} were given, and the file bills no 90853 on {on}."


def _called(patient: Patient, day: date, parts: list[Part], index: ServiceIndex) -> tuple[list[Part], int]:
    """The parts that a note's words give this patient, and how many other patients of the file they would fit too."""
    by_name = [part for part in parts if set(part.who.named) & set(patient.named)]
    if by_name:
        key = next(iter(set(by_name[0].who.named) & set(patient.named)))
        return by_name, max(0, index.called(key, day) - 1)
    by_initials = [part for part in parts if set(part.who.short) & set(patient.short)]
    shared = sorted({key for part in by_initials for key in part.who.short} & set(patient.short))
    return by_initials, max([0, *(index.called(key, day) - 1 for key in shared)])


def _unclear(case: Case, why: str, do: str) -> Finding:
    return case.found(Verdict.CONFIRM, Kind.NOTE, f"{why}: which note is this claim's cannot be told.", do)


def _too_few(case: Case, sessions: int, lines: int) -> Iterator[Finding]:
    """Said of the later lines: the first may go by the note that is there."""
    if sessions < lines and any(one.place < case.line.place for one in case.again):
        had = counted(sessions, "session")
        what = f"{lines} lines are billed for that day, and the notes have {had} of this member."
        do = "Where is the note of the other session? Without one its line does not go out."
        yield case.found(Verdict.FIX, Kind.NOTE, what, do)


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
