"""Copies over a whole month: within a session, of one member over time, between members, and of earlier audits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.audit.models import CopiedNotes, CopyCluster, CopyKind
from bot.audit.reviewed import ReviewedNote, ReviewedSession
from bot.audit.similar import CopiedPair, Passage, clusters, find_copies
from bot.review.models import CopySpan


def copied_notes(sessions: Sequence[ReviewedSession]) -> list[CopiedNotes]:
    """Every pair of notes that read as one, the most alike first."""
    notes = {note.id: note for session in sessions for note in session.notes}
    pairs = [*_within(sessions), *_across(notes)]
    return sorted(pairs, key=lambda pair: (-pair.similarity, pair.a, pair.b))


def clustered(pairs: Iterable[CopiedNotes]) -> tuple[CopyCluster, ...]:
    """Pairs that share notes drawn together, the largest cluster first."""
    told = list(pairs)
    joined = clusters(CopiedPair(pair.a, pair.b, pair.similarity, ()) for pair in told)
    home = {key: number for number, cluster in enumerate(joined) for key in cluster.keys}
    of: dict[int, list[CopiedNotes]] = defaultdict(list)
    for pair in told:
        of[home[pair.a]].append(pair)
    return tuple(
        CopyCluster(
            notes=tuple(cluster.keys),
            kinds=tuple(kind for kind in CopyKind if any(pair.kind is kind for pair in of[number])),
            similarity=max(pair.similarity for pair in of[number]),
            pairs=tuple(of[number]),
        )
        for number, cluster in enumerate(joined)
    )


def _within(sessions: Iterable[ReviewedSession]) -> Iterator[CopiedNotes]:
    """What each session's own review found."""
    for session in sessions:
        for copy in session.report.copies:
            a, b, spans = session.copied(copy)
            yield CopiedNotes(a=a.id, b=b.id, kind=CopyKind.SAME_SESSION, similarity=copy.similarity, spans=spans)


def _across(notes: dict[str, ReviewedNote]) -> Iterator[CopiedNotes]:
    """Pairs of different sessions; those of one session are found in its review, beside the session's own words."""
    passages = [Passage(id_, note.passage, note.session.id) for id_, note in notes.items()]
    for pair in find_copies(passages).pairs:
        a, b = notes[pair.a], notes[pair.b]
        if a.session is b.session:
            continue
        kind = CopyKind.SAME_MEMBER if a.member and a.member == b.member else CopyKind.OTHER_SESSION
        spans = tuple(_as_in_notes(a, b, *span) for span in pair.spans)
        yield CopiedNotes(a=a.id, b=b.id, kind=kind, similarity=round(pair.similarity, 3), spans=spans)


def _as_in_notes(  # noqa: PLR0913, PLR0917  # a span of two passages has four ends
    a: ReviewedNote, b: ReviewedNote, a_start: int, a_end: int, b_start: int, b_end: int
) -> CopySpan:
    """A span of two notes' passages as one of their texts."""
    a_start, a_end = a.own(a.in_session(a_start), a.in_session(a_end))
    b_start, b_end = b.own(b.in_session(b_start), b.in_session(b_end))
    return CopySpan(a_start=a_start, a_end=a_end, b_start=b_start, b_end=b_end)
