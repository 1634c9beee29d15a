"""Shares with their intervals, and how they fall on clinicians, payers and weeks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import chain
from math import sqrt

from bot.audit.models import ElementRate, GroupRates, Share
from bot.audit.reviewed import ReviewedNote, ReviewedSession
from bot.review.models import SESSION_ELEMENTS, Element, Status, Verdict

_Z = 1.959964
"""95 % of a normal distribution lies within so many standard deviations."""
NOT_TOLD = "(not told)"


def wilson(part: int, of: int) -> tuple[float, float]:
    """Wilson's score interval of a share at 95 % (E. B. Wilson, JASA 22, 1927); 0 to 1 where there is nothing."""
    if not of:
        return 0.0, 1.0
    share, spread = part / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, round(middle - half, 4)), min(1.0, round(middle + half, 4))


def share(part: int, of: int) -> Share:
    low, high = wilson(part, of)
    return Share(part=part, of=of, rate=_rate(part, of), low=low, high=high)


def element_rates(sessions: Sequence[ReviewedSession]) -> dict[Element, ElementRate]:
    """The session's elements once a session, the members' once a note."""
    of_sessions = (session.report.session.elements for session in sessions)
    of_members = (note.patient.elements for session in sessions for note in session.notes)
    return _element_rates(chain(of_sessions, of_members))


def by_clinician(notes: Sequence[ReviewedNote], risky: Set[str], copied: Set[str]) -> tuple[GroupRates, ...]:
    return _grouped(notes, lambda note: note.note.clinician or NOT_TOLD, risky, copied)


def by_payer(notes: Sequence[ReviewedNote], risky: Set[str], copied: Set[str]) -> tuple[GroupRates, ...]:
    return _grouped(notes, lambda note: note.note.payer or NOT_TOLD, risky, copied)


def by_week(notes: Sequence[ReviewedNote], risky: Set[str], copied: Set[str]) -> tuple[GroupRates, ...]:
    """By the Monday that a week begins with."""
    weeks = _grouped(notes, lambda note: _monday(note.note.served_on), risky, copied)
    return tuple(sorted(weeks, key=lambda one: one.name))


def _monday(day: date | None) -> str:
    return str(day - timedelta(days=day.weekday())) if day else NOT_TOLD


def _grouped(
    notes: Iterable[ReviewedNote], named: Callable[[ReviewedNote], str], risky: Set[str], copied: Set[str]
) -> tuple[GroupRates, ...]:
    """The group with the most notes first; names that differ in case alone are one."""
    groups: dict[str, list[ReviewedNote]] = defaultdict(list)
    for note in notes:
        groups[named(note).casefold()].append(note)
    found = [_group(named(members[0]), members, risky, copied) for members in groups.values()]
    return tuple(sorted(found, key=lambda one: (-one.notes, one.name.casefold())))


def _group(name: str, notes: Sequence[ReviewedNote], risky: Set[str], copied: Set[str]) -> GroupRates:
    return GroupRates(
        name=name,
        sessions=len({note.session.id for note in notes}),
        notes=len(notes),
        at_risk=share(sum(note.id in risky for note in notes), len(notes)),
        copied=share(sum(note.id in copied for note in notes), len(notes)),
        elements=_element_rates(note.verdicts for note in notes),
    )


def _element_rates(judged: Iterable[Mapping[Element, Verdict]]) -> dict[Element, ElementRate]:
    told: dict[Element, Counter[Status]] = {element: Counter() for element in Element}
    for verdicts in judged:
        for element, verdict in verdicts.items():
            told[element][verdict.status] += 1
    return {element: _element_rate(element, counts) for element, counts in told.items()}


def _element_rate(element: Element, counts: Counter[Status]) -> ElementRate:
    of, met = counts.total(), counts[Status.MET]
    low, high = wilson(met, of)
    return ElementRate(
        level="session" if element in SESSION_ELEMENTS else "member",
        of=of,
        met=met,
        partial=counts[Status.PARTIAL],
        missing=counts[Status.MISSING],
        rate=_rate(met, of),
        low=low,
        high=high,
    )


def _rate(part: int, of: int) -> float:
    return round(part / of, 4) if of else 0.0
