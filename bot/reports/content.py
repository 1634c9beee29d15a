"""What a whole report says, in the order in which it is read; the layouts only draw it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from bot.claims.codes import code_set
from bot.claims.models import ClaimFacts
from bot.review.checklist import FROM_ELEMENTS
from bot.review.copy_map import copy_map_png
from bot.review.models import (
    Copy,
    DiagnosisCode,
    Element,
    Evidence,
    Item,
    ItemVerdict,
    PatientReport,
    Readiness,
    Report,
    Status,
    Verdict,
)
from bot.review.service import facts_by_member
from bot.review.wording import (
    FAULTS,
    ITEMS,
    OF_THE_SESSION,
    RESTS_ON,
    SETTLED,
    WORST_FIRST,
    absent_line,
    element_name,
    summary_line,
)

TITLE = "Review of a group note"
HANDLING = "Holds health information: keep it as you keep the note"
# Characters. A longer quote or stretch fills pages without telling more.
_LONGEST_QUOTE, _LONGEST_STRETCH, _LONGEST_REASON, _LONGEST_LABEL = 600, 1_200, 900, 80
_MOST_QUOTES, _MOST_STRETCHES, _MOST_PAIRS = 4, 4, 12
# Millimetres. The picture of copies grows in height with the group; its letters stay those of the text about it.
MAP_WIDTH, MAP_HEIGHT = 115, 170
# What no font draws and no Word file may hold: control characters, lone surrogates, noncharacters.
_UNDRAWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Finding:
    """One check or element of one claim: what was found, the words it rests on, and the question that mends it."""

    name: str
    status: Status
    reason: str = ""
    quotes: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True)
class Words:
    """A run of words in a copied stretch; `own` where the other side has other words there."""

    text: str
    own: bool = False


@dataclass(frozen=True)
class Stretch:
    """The words of both members in one copied stretch."""

    left: tuple[Words, ...]
    right: tuple[Words, ...]


@dataclass(frozen=True)
class CopiedPair:
    a: str
    b: str
    likeness: str
    stretches: tuple[Stretch, ...]
    more: int = 0


@dataclass(frozen=True)
class MemberPage:
    """Everything of one claim. `about` says in a few words what holds it back."""

    number: int
    label: str
    readiness: Readiness
    about: str
    checks: tuple[Finding, ...]
    elements: tuple[Finding, ...]
    codes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    copy_of: tuple[str, ...]
    """Whom this part repeats, each once and the most alike first; every pair counts, shown or not."""


@dataclass(frozen=True)
class Content:
    """The report. `small_print` tells what it rests on: the split, the engine, the code set."""

    title: str
    made_on: date
    summary: str
    counts: Mapping[Readiness, int]
    session: tuple[Finding, ...]
    members: tuple[MemberPage, ...]
    copies: tuple[CopiedPair, ...]
    more_copies: int
    absent: str
    """Who was not there, in a line; "" where nobody is told absent."""
    warnings: tuple[str, ...]
    late_entry: str
    small_print: tuple[str, ...]
    copy_map: bytes | None = field(default=None, repr=False)

    @property
    def worst_first(self) -> tuple[MemberPage, ...]:
        return tuple(sorted(self.members, key=lambda member: WORST_FIRST.index(member.readiness)))


def content_of(
    report: Report,
    text: str,
    claims: Sequence[ClaimFacts] = (),
    *,
    payer: str = "",
    made_on: date,
) -> Content:
    """Set a report out for reading; `text` is the note, for both sides of copied stretches."""
    facts = facts_by_member([patient.label for patient in report.patients], claims)
    alike = sorted(report.copies, key=lambda copy: -copy.similarity)
    return Content(
        title=TITLE,
        made_on=made_on,
        summary=summary_line(report),
        counts={kind: sum(p.readiness is kind for p in report.patients) for kind in Readiness},
        session=tuple(_element(element, verdict) for element, verdict in report.session.elements.items()),
        members=tuple(
            _member(number, patient, report.session.elements, claim, payer, alike)
            for number, (patient, claim) in enumerate(zip(report.patients, facts, strict=True), 1)
        ),
        copies=tuple(_pair(copy, text) for copy in alike[:_MOST_PAIRS]),
        more_copies=max(0, len(alike) - _MOST_PAIRS),
        absent=clean(absent_line(report.absent)),
        warnings=tuple(clean(warning) for warning in report.warnings),
        late_entry=report.late_entry,
        small_print=tuple(_small_print(report)),
        copy_map=copy_map_png(report) if report.copies else None,
    )


def clean(text: str) -> str:
    """Words that every layout can draw: white space in runs made one, control characters left out."""
    return " ".join(_UNDRAWN.sub(" ", text).split())


def _member(  # noqa: PLR0913, PLR0917  # all that a page tells
    number: int,
    patient: PatientReport,
    session: Mapping[Element, Verdict],
    claim: ClaimFacts,
    payer: str,
    copies: Sequence[Copy],
) -> MemberPage:
    return MemberPage(
        number=number,
        label=_label(patient.label),
        readiness=patient.readiness,
        about=_about(patient),
        checks=(
            *(
                _check(item, verdict, session if item in OF_THE_SESSION else patient.elements, item in OF_THE_SESSION)
                for item, verdict in patient.checklist.items()
            ),
            *_telehealth(patient),
        ),
        elements=tuple(_element(element, verdict) for element, verdict in patient.elements.items()),
        codes=tuple(_code(code) for code in patient.diagnosis_codes),
        facts=tuple(_facts(claim, payer)),
        copy_of=_copy_of(patient.label, copies),
    )


def _copy_of(label: str, copies: Sequence[Copy]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for copy in copies:
        if copy.taints(label):
            other = _label(copy.other(label))
            how = "only points at that part" if copy.points else f"{copy.similarity:.0%} alike"
            found.setdefault(other, f"{other} ({how})")
    return tuple(found.values())


def _telehealth(patient: PatientReport) -> Iterator[Finding]:
    """Stands beside the nine, where the claim says that the session was held by telehealth."""
    if held := patient.telehealth:
        yield Finding("Telehealth (beside the nine)", held.status, _said(held.reason), (), _question(held))


def _label(label: str) -> str:
    return shortened(clean(label), _LONGEST_LABEL) or "(no name)"


def _about(patient: PatientReport) -> str:
    def having(*statuses: Status) -> list[str]:
        return [FAULTS[item] for item, verdict in patient.checklist.items() if verdict.status in statuses]

    return ", ".join(having(Status.MISSING, Status.PARTIAL) or having(Status.NEEDS_CONFIRMATION))


def _check(item: Item, verdict: ItemVerdict, elements: Mapping[Element, Verdict], session: bool) -> Finding:
    """A row of the checklist; one that sums up elements names those at fault, where the words and questions stand."""
    if item not in FROM_ELEMENTS or verdict.status in SETTLED:
        return Finding(ITEMS[item], verdict.status, _said(verdict.reason), (), _question(verdict))
    faulty = [element for element in RESTS_ON[item] if element in elements and elements[element].status not in SETTLED]
    where = "in the session’s findings" if session else "below"
    told = f"See {', '.join(element_name(one).lower() for one in faulty)} {where}." if faulty else _said(verdict.reason)
    return Finding(ITEMS[item], verdict.status, told)


def _element(element: Element, verdict: Verdict) -> Finding:
    reason = _said(verdict.reason) if verdict.status is not Status.MET or not verdict.evidence else ""
    return Finding(element_name(element), verdict.status, reason, _quotes(verdict.evidence), _question(verdict))


def _question(verdict: Verdict | ItemVerdict) -> str:
    return "" if verdict.status in SETTLED else _said(verdict.fix)


def _said(words: str) -> str:
    return shortened(clean(words), _LONGEST_REASON)


def _quotes(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    quotes = (clean(piece.quote) for piece in evidence)
    kept = tuple(dict.fromkeys(shortened(quote, _LONGEST_QUOTE) for quote in quotes if quote))
    return kept[:_MOST_QUOTES]


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _code(code: DiagnosisCode) -> str:
    told = "billable" if code.billable else "needs a more specific code" if code.valid else "not in the ICD-10-CM set"
    return f"{code.code} ({told})"


def _facts(claim: ClaimFacts, payer: str) -> list[tuple[str, str]]:
    """The claim's facts as they were used, in words; what nobody has said is left out."""
    held = claim.authorization
    said: list[tuple[str, object]] = [
        ("Payer", claim.payer or payer),
        ("State", claim.state),
        ("Date of service", claim.date_of_service),
        ("Diagnosis code", claim.diagnosis_code),
        ("Eligibility verified on", claim.eligibility_verified_on),
        ("Verified with", claim.eligibility_payer),
        ("Authorization", held and held.number),
        ("Authorization starts", held and held.starts_on),
        ("Authorization ends", held and held.ends_on),
        ("Units left before this session", held and held.units_left),
        ("Authorization covers group", _yes_or_no(held.covers_group if held else None)),
        ("Other codes that day", _codes_said(claim.same_day_codes)),
        ("Telehealth", _yes_or_no(claim.telehealth)),
        ("Place of service", claim.place_of_service),
    ]
    return [(name, clean(str(value))) for name, value in said if value not in (None, "")]


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _codes_said(codes: tuple[str, ...] | None) -> str:
    return "" if codes is None else ", ".join(codes) or "none"


def _pair(copy: Copy, text: str) -> CopiedPair:
    longest_first = sorted(copy.spans, key=lambda span: span.a_start - span.a_end)[:_MOST_STRETCHES]
    shown = sorted(longest_first, key=lambda span: span.a_start)
    sides = _as_they_are if copy.points else both_sides
    return CopiedPair(
        _label(copy.a),
        _label(copy.b),
        "one only points at the other" if copy.points else f"{copy.similarity:.0%} alike",
        tuple(sides(text[s.a_start : s.a_end], text[s.b_start : s.b_end]) for s in shown),
        len(copy.spans) - len(shown),
    )


def _as_they_are(left: str, right: str) -> Stretch:
    """A part and the pointer at it, which share no words to set apart."""
    return Stretch(*((Words(shortened(clean(side), _LONGEST_STRETCH), own=False),) for side in (left, right)))


def both_sides(left: str, right: str) -> Stretch:
    """Two copied stretches with the words that only one of them has set apart."""
    a, b = (shortened(clean(side), _LONGEST_STRETCH).split() for side in (left, right))
    sides: tuple[list[Words], list[Words]] = ([], [])
    for kind, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for side, words in zip(sides, (a[a_start:a_end], b[b_start:b_end]), strict=True):
            if words:
                side.append(Words(" ".join(words), own=kind != "equal"))
    return Stretch(tuple(sides[0]), tuple(sides[1]))


def _small_print(report: Report) -> list[str]:
    judged = "Judged on this machine, by rules and a small model of sentences; nothing was sent anywhere"
    if report.engine.name == "model":
        judged = f"Judged with {report.engine.model or 'a model'}, every quote checked against the note"
    newest, oldest = code_set().newest, code_set().releases[0]
    lines = [
        f"{judged}. {report.engine.note}".strip().rstrip(".") + ".",
        f"Diagnosis codes: for dates of service {oldest.valid_from} to {newest.valid_to} "
        f"(ICD-10-CM fiscal years {oldest.year} to {newest.year}).",
        "A reading aid, not a guarantee of payment: a person decides what is submitted. "
        "Every “met” rests on words quoted from the note.",
    ]
    return [f"How the note was split: {clean(report.split)}.", *lines] if report.split else lines
