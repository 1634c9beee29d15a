"""A note against the notes reviewed before it: whose part reads as an earlier one, of the same member or another.

Only keyed marks are kept (bot/review/marks.py), never words or labels, and they expire.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.review.marks import Marker, Marks
from bot.review.models import EarlierCopy, Segments
from bot.storage.fingerprints import Fingerprint, FingerprintStore

EARLIER_FROM = 0.41
"""From this share of marks on, a part reads as an earlier one. Set on the tuning half of tests/eval/copies."""
_SAME_DAY_FROM = 0.6
"""For another member's note of the same day: it may tell of the same session."""
_SAME_SESSION = 0.5
_MOST_SHOWN = 3
_VERSION = 1
"""Raise it when marks are made otherwise: what was kept of the same text is then replaced."""
# "Client 2" is a place in a note and nobody's name.
_A_PLACE = re.compile(r"(?:client|patient|pt|member|participant|resident)?[\s#.]*\d{1,2}", re.IGNORECASE)


class EarlierNotes:
    """The earlier notes of one practice. Looking does not change them; `keep` adds the note at hand."""

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
        parts = self._marker.marks(text, segments)
        note = self._marker.keyed(f"note {_VERSION}", text)
        members = [self._marker.keyed("member", _name(part.label)) for part in parts]
        known = self._store.sharing(self._practice, {mark for part in parts for mark in part.weights})
        sessions = self._store.members_of(self._practice, {one.note for one in known})
        found: list[EarlierCopy] = []
        own: set[int] = {note}
        for part, member, day in zip(parts, members, days, strict=True):
            others = []
            for one in known:
                if one.note == note or _one_session(one, day, sessions[one.note], members):
                    own.add(one.note)
                else:
                    others.append(one)
            found += _copies(part, member, day, others)
        if keep and not _stands(note, known, dict(zip(members, days, strict=True))):
            self._keep(note, own, parts, members, days)
        return tuple(found)

    def _keep(
        self,
        note: int,
        own: set[int],
        parts: Iterable[Marks],
        members: Sequence[int],
        days: Iterable[date | None],
    ) -> None:
        rows = [
            Fingerprint(note=note, member=member, served_on=day, weight=part.weight, marks=frozenset(part.weights))
            for part, member, day in zip(parts, members, days, strict=True)
            if part.weights
        ]
        if not rows and own == {note}:
            return
        self._store.put(self._practice, rows, instead_of=own, members=set(members))


def _stands(note: int, known: Iterable[Fingerprint], days: Mapping[int, date | None]) -> bool:
    """Whether this very text is remembered already, with the same dates of service."""
    kept = [one for one in known if one.note == note]
    return bool(kept) and all(days.get(one.member) == one.served_on for one in kept)


def _one_session(one: Fingerprint, day: date | None, there: set[int], here: Sequence[int]) -> bool:
    """Whether an earlier note is the one at hand before it was mended: of the same day, and mostly of the same people.

    No day fits every day: a note without a date is often reviewed once to learn that it lacks one.
    """
    if one.served_on and day and one.served_on != day:
        return False
    return len(there & set(here)) >= _SAME_SESSION * min(len(there), len(set(here)))


def _copies(part: Marks, member: int, day: date | None, others: Iterable[Fingerprint]) -> list[EarlierCopy]:
    """The earlier parts that this one reads as: the member's own first, then the most alike."""
    if not part.weights:
        return []
    found = []
    for one in others:
        shared = one.marks & part.weights.keys()
        similarity = _similarity(part.weights, shared, one.weight)
        same = one.member == member and not _A_PLACE.fullmatch(part.label.strip())
        same_day = not same and one.served_on is not None and one.served_on == day
        if similarity >= (_SAME_DAY_FROM if same_day else EARLIER_FROM):
            found.append(
                EarlierCopy(
                    label=part.label,
                    date=one.served_on,
                    same_member=same,
                    similarity=round(similarity, 3),
                    spans=part.stretches(shared),
                )
            )
    found.sort(key=lambda copy: (not copy.same_member, -copy.similarity))
    return found[:_MOST_SHOWN]


def _similarity(weights: Mapping[int, float], shared: Iterable[int], other: float) -> float:
    """Shared weight over the shorter part's, where the longer one is not much longer."""
    ours = sum(weights.values())
    whole = max(min(ours, other), 0.7 * max(ours, other))
    return min(1.0, sum(weights[mark] for mark in shared) / whole) if whole else 0.0


def _name(label: str) -> str:
    return re.sub(r"[\W_]+", "", label).casefold() or label
