"""Notes grouped into sessions, and each session as one text whose split into members is known."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.audit.notes import GroupNote, Note, Read
from bot.review.models import Member, Segments, Span
from bot.review.service import MOST_MEMBERS


@dataclass(frozen=True, slots=True)
class Session:
    """One session as it is reviewed. `notes` are the members', in the order of `segments`; a file of a whole session
    has neither until it is split. `starts` are where the members' own texts begin in `text`.
    """

    id: str
    text: str
    served_on: date | None
    group: str
    clinician: str
    payer: str
    place: str
    segments: Segments | None = None
    notes: tuple[Note, ...] = ()
    starts: tuple[int, ...] = ()

    def digest(self, versions: str) -> str:
        """What the review of the session depends on, in hex."""
        split = self.segments.model_dump_json() if self.segments else ""
        return hashlib.sha256("\x1f".join((versions, split, self.text)).encode("utf-8", "surrogatepass")).hexdigest()


def sessions_of(read: Read) -> list[Session]:
    """The sessions in the order of their dates: rows of one date, group and clinician belong to one."""
    grouped: dict[tuple[str, ...], list[Note]] = defaultdict(list)
    for note in read.notes:
        grouped[_key(note)].append(note)
    made = [
        _composed(notes[at : at + MOST_MEMBERS], at // MOST_MEMBERS + 1)
        for notes in grouped.values()
        for at in range(0, len(notes), MOST_MEMBERS)
    ]
    made += [_whole(note) for note in read.group_notes]
    return sorted(made, key=lambda one: (one.served_on or date.min, one.group.casefold(), one.id))


def _key(note: Note) -> tuple[str, ...]:
    """With no group and no text of the session, who sat together is nobody's guess: the note stands alone."""
    known = note.group or note.session_text
    together = "" if note.group else hashlib.sha256(note.session_text.encode("utf-8", "surrogatepass")).hexdigest()
    return (str(note.served_on), note.group.casefold(), note.clinician.casefold(), together if known else note.id)


def _whole(note: GroupNote) -> Session:
    return Session(note.id, note.text, note.served_on, note.group, note.clinician, note.payer, note.place)


def _composed(notes: Sequence[Note], part: int) -> Session:
    """The record's date and the session's text first, as a record system prints them, then each member's own note."""
    first = notes[0]
    told = list(dict.fromkeys(note.session_text for note in notes if note.session_text))
    dated = f"Date of service: {first.served_on}\n" if first.served_on else ""
    head = dated + "".join(f"{text}\n" for text in told)
    text, members, starts = head, [], []
    # Without a text of its own the session is looked for in its members' notes, the date line in the first of them.
    opening = [Span(start=0, end=len(dated))] if dated and not told else []
    for label, note in zip(_labels(notes), notes, strict=True):
        heading = f"\n{label}\n"
        start = len(text) + len(heading)
        text += heading + note.text + "\n"
        members.append(Member(label=label, spans=(*opening, Span(start=start, end=start + len(note.text)))))
        starts.append(start)
        opening = []
    segments = Segments(
        session=(Span(start=0, end=len(head)),) if told else (),
        members=tuple(members),
        sure=True,
        how="by the rows of the table",
    )
    return Session(
        _session_id(first, part), text, first.served_on, first.group, first.clinician, "", first.place,
        segments, tuple(notes), tuple(starts),
    )  # fmt: skip


def _session_id(note: Note, part: int) -> str:
    """Date, group and clinician; of a table that holds more members than any group, the part too."""
    named = [part for part in (str(note.served_on or ""), note.group, note.clinician) if part]
    return (" · ".join(named) if note.group else note.id) + (f" ({part})" if part > 1 else "")


def _labels(notes: Iterable[Note]) -> Iterator[str]:
    """Members' names, told apart where one stands twice."""
    seen: Counter[str] = Counter()
    for note in notes:
        label = note.member or note.id
        seen[label] += 1
        yield label if seen[label] == 1 else f"{label} ({seen[label]})"
