"""A note against the notes reviewed before it: whose part reads as an earlier one, of the same member or another.

Only keyed marks are kept (bot/review/marks.py), never words or labels, and they expire.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.review.marks import Marker, Marks
from bot.review.models import EarlierCopy, Segments
from bot.storage.fingerprints import Fingerprint, FingerprintStore

EARLIER_FROM = 0.41
"""From this share of marks on, a part reads as an earlier one. Set on the tuning half of tests/eval/copies."""
_CLOSE_FROM = 0.6
"""For another member's note of the same day: it may tell of the same session. For any note, where a month is held
against all that was audited before: half of the sentences shared comes about by chance there.
"""
_MOSTLY = 0.5
_MOST_SHOWN = 3
_VERSION = 1
"""Raise it when marks are made otherwise: what was kept of the same text is then replaced."""
# "Client 2" is a place in a note and nobody's name.
_A_PLACE = re.compile(r"(?:client|patient|pt|member|participant|resident)?[\s#.]*\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Note:
    """The note at hand as it would be remembered: its parts by their members' keyed hashes."""

    id: int
    session: frozenset[int]
    parts: Mapping[int, Marks]
    days: Mapping[int, date | None]


class EarlierNotes:
    """What one practice remembers of the notes it had reviewed."""

    def __init__(self, practice: str, key: bytes, store: FingerprintStore) -> None:
        self._practice = practice
        self._marker = Marker(key, practice)
        self._store = store

    def compare(
        self, text: str, segments: Segments, days: Sequence[date | None], *, keep: bool = True
    ) -> tuple[EarlierCopy, ...]:
        """Each member's part beside earlier ones; `days` are the members' dates of service, in order.

        With `keep` the note is remembered afterwards, in place of what it was at an earlier review: a note that is
        reviewed again after a fix is no copy of itself.
        """
        found, remember = self.look(text, segments, days)
        if keep:
            remember()
        return found

    def known_as(self, text: str) -> int:
        """What a note of this very text is remembered by."""
        return self._marker.keyed(f"note {_VERSION}", text)

    def look(  # noqa: PLR0913  # what narrows it, each by name
        self,
        text: str,
        segments: Segments,
        days: Sequence[date | None],
        *,
        but: Collection[int] = (),
        but_days: Collection[date] = (),
        closely: bool = False,
    ) -> tuple[tuple[EarlierCopy, ...], Callable[[], None]]:
        """The same, and what remembers the note when called: an audit looks at all of its notes first.

        Notes known as one of `but` and notes of `but_days` are passed over: an audit compares those by their words.
        With `closely` half of the sentences shared with an earlier note is no copy of it.
        """
        note = self._read(text, segments, days)
        known = defaultdict(list)
        for one in self._store.sharing(self._practice, {mark for part in note.parts.values() for mark in part.weights}):
            known[one.note].append(one)
        people = self._store.members_of(self._practice, known)
        own = {id_ for id_, parts in known.items() if id_ == note.id or _one_session(note, parts, people[id_])}
        passed_over = own.union(but)
        others = [
            one
            for id_, parts in known.items()
            if id_ not in passed_over
            for one in parts
            if one.served_on not in but_days
        ]
        found = [copy for member in note.parts for copy in _copies(note, member, others, closely=closely)]
        if _stands(note, known.get(note.id, ())):
            return tuple(found), lambda: None
        rows, members = _rows(note), frozenset(note.parts)
        return tuple(found), lambda: self._keep(rows, own, members)

    def _read(self, text: str, segments: Segments, days: Sequence[date | None]) -> _Note:
        parts = self._marker.marks(text, segments)
        members = [self._marker.keyed("member", name) for name in _names(part.label for part in parts)]
        return _Note(
            id=self.known_as(text),
            session=self._marker.session(text, segments),
            parts=dict(zip(members, parts, strict=True)),
            days=dict(zip(members, days, strict=True)),
        )

    def _keep(self, rows: Sequence[Fingerprint], own: set[int], members: Collection[int]) -> None:
        if rows or own:
            self._store.put(self._practice, rows, instead_of=own, members=members)


def _rows(note: _Note) -> list[Fingerprint]:
    return [
        Fingerprint(note.id, member, note.days[member], part.weight, frozenset(part.weights), note.session)
        for member, part in note.parts.items()
        if part.weights
    ]


def _stands(note: _Note, kept: Collection[Fingerprint]) -> bool:
    """Whether this very text is remembered already, with the same dates of service."""
    return bool(kept) and all(note.days.get(one.member) == one.served_on for one in kept)


def _one_session(note: _Note, parts: Sequence[Fingerprint], people: set[int]) -> bool:
    """Whether an earlier note is the one at hand before it was mended: of the same day, people and session.

    No day fits every day: a note without one is often reviewed once to learn that it lacks it. A group of the
    afternoon with the people of the morning is another session, unless it repeats most of what was written then.
    """
    if any(one.served_on and (day := note.days.get(one.member)) and day != one.served_on for one in parts):
        return False
    here = people & note.parts.keys()
    if not here or len(here) < _MOSTLY * min(len(people), len(note.parts)):
        return False
    there = parts[0].session
    if there and note.session and len(there & note.session) >= _MOSTLY * min(len(there), len(note.session)):
        return True
    alike = sum(
        one.member in here and _similarity(note.parts[one.member].weights, one) >= EARLIER_FROM for one in parts
    )
    return alike >= _MOSTLY * len(here)


def _copies(note: _Note, member: int, others: Iterable[Fingerprint], *, closely: bool) -> list[EarlierCopy]:
    """The earlier parts that this member's reads as: their own first, then the most alike."""
    part, day = note.parts[member], note.days[member]
    if not part.weights:
        return []
    found = []
    for one in others:
        similarity = _similarity(part.weights, one)
        same = one.member == member and not _A_PLACE.fullmatch(part.label.strip())
        same_day = one.served_on is not None and one.served_on == day
        if similarity >= (_CLOSE_FROM if closely or (same_day and not same) else EARLIER_FROM):
            found.append(
                EarlierCopy(
                    label=part.label,
                    date=one.served_on,
                    same_member=same,
                    similarity=round(similarity, 3),
                    spans=part.stretches(one.marks),
                )
            )
    found.sort(key=lambda copy: (not copy.same_member, -copy.similarity))
    return found[:_MOST_SHOWN]


def _similarity(weights: Mapping[int, float], one: Fingerprint) -> float:
    """Shared weight over the shorter part's, where the longer one is not much longer."""
    ours = sum(weights.values())
    whole = max(min(ours, one.weight), 0.7 * max(ours, one.weight))
    return min(1.0, sum(weights[mark] for mark in one.marks & weights.keys()) / whole) if whole else 0.0


def _names(labels: Iterable[str]) -> list[str]:
    """The labels without marks and case; two that read the same then are told apart by their order."""
    seen: Counter[str] = Counter()
    names = []
    for label in labels:
        name = re.sub(r"[\W_]+", "", label).casefold() or label
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names
