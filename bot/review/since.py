"""What changed since the last review of a note, told from a mark of its verdicts that holds no word of it."""

from dataclasses import dataclass
from hashlib import sha256

from bot.claims.labels import member_key
from bot.review.models import SESSION_ELEMENTS, Element, Item, ItemVerdict, PatientReport, Report, Status, Verdict
from bot.review.wording import FAULTS, OF_THE_SESSION, SETTLED, element_name

_SIGNS = {
    Status.MET: "m",
    Status.PARTIAL: "p",
    Status.MISSING: "x",
    Status.NEEDS_CONFIRMATION: "c",
    Status.NOT_APPLICABLE: "n",
}
_SETTLED = frozenset(_SIGNS[status] for status in SETTLED) | {"-"}
_CHECKS: tuple[Item | Element, ...] = (
    *(item for item in Item if item not in OF_THE_SESSION),
    Element.SAFETY,
    Element.PLAN,
)
"""What is marked of a member; the two items of the session are the session's own elements."""
_KEY = 4
_SESSION = ""


@dataclass(frozen=True)
class Since:
    """Findings as (member's label, check), the session's with an empty label; members no longer or newly there."""

    gone: tuple[tuple[str, str], ...] = ()
    came: tuple[tuple[str, str], ...] = ()
    stand: tuple[tuple[str, str], ...] = ()
    left: int = 0
    new: tuple[str, ...] = ()
    edited: bool = False
    """Whether the note's words are others than then: an edit may settle nothing and was read all the same."""

    @property
    def changed(self) -> bool:
        return bool(self.gone or self.came or self.left or self.new)


def mark(report: Report, text: str) -> str:
    """The verdicts as letters: the session's, then each member's after four signs that stand for the label.

    Four more signs behind the session's stand for the words of the note: too few to tell anything of them.
    """
    members = (f"{_key(patient.label)}{_signs(patient)}" for patient in report.patients)
    return ".".join([f"{_session_signs(report)}{_words(text)}", *members])


def since(before: str, report: Report, text: str) -> Since:
    """What went, came and stands since the review that left the mark `before`."""
    session, *members = before.split(".")
    known = {member[:_KEY]: member[_KEY:] for member in members}
    now = [(_key(patient.label), patient.label, _signs(patient)) for patient in report.patients]
    told = [(_SESSION, element_name(element)) for element in SESSION_ELEMENTS]
    pairs = list(zip(told, session, _session_signs(report), strict=False))
    for key, label, signs in now:
        if key in known:
            checks = ((label, _name(check)) for check in _CHECKS)
            pairs += list(zip(checks, known[key], signs, strict=False))
    was = {at: old not in _SETTLED for at, old, _ in pairs}
    still = {at: new not in _SETTLED for at, _, new in pairs}
    return Since(
        gone=tuple(at for at in was if was[at] and not still[at]),
        came=tuple(at for at in was if still[at] and not was[at]),
        stand=tuple(at for at in was if was[at] and still[at]),
        left=len(known.keys() - {key for key, _, _ in now}),
        new=tuple(label for key, label, _ in now if key not in known),
        edited=session[len(SESSION_ELEMENTS) :] != _words(text),
    )


def _session_signs(report: Report) -> str:
    return "".join(_sign(report.session.elements.get(element)) for element in SESSION_ELEMENTS)


def _signs(patient: PatientReport) -> str:
    return "".join(
        _sign(patient.checklist.get(check) if isinstance(check, Item) else patient.elements.get(check))
        for check in _CHECKS
    )


def _sign(verdict: Verdict | ItemVerdict | None) -> str:
    return _SIGNS[verdict.status] if verdict else "-"


def _name(check: Item | Element) -> str:
    return FAULTS[check] if isinstance(check, Item) else element_name(check)


def _words(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:_KEY]


def _key(label: str) -> str:
    return sha256(member_key(label).encode()).hexdigest()[:_KEY]
