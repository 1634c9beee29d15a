"""What the tagger reads of a note: sentence by sentence, under its label, with members' names out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.review.elements.passages import MemberReading, Passage, Reading, names_at
from bot.review.models import Evidence

_LONGEST = 40
_PIECE = 25
"""Words: a longer sentence, dictated without full stops, is read in pieces of whole clauses about so long."""

NO_ONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a piece of a long one. `text` is what the tagger gets; start and end point into the note."""

    passage: Passage
    clauses: tuple[Passage, ...]
    text: str

    @property
    def start(self) -> int:
        return self.clauses[0].start

    @property
    def end(self) -> int:
        return self.clauses[-1].end

    def evidence(self) -> Evidence:
        return Evidence(quote=self.passage.note[self.start : self.end], start=self.start, end=self.end)


def member_units(reading: Reading, member: MemberReading) -> list[Unit]:
    """The units of one member's part, and of the session's sentences that name them."""
    return _units(member.sentences, member.aliases, reading.names - member.aliases)


def session_units(reading: Reading) -> list[Unit]:
    """The units of the session part; of the whole note where it has none."""
    return _units(reading.session, NO_ONE, reading.names)


def _units(passages: Sequence[Passage], own: frozenset[str], others: frozenset[str]) -> list[Unit]:
    return [
        Unit(passage, piece, _as_read(passage, piece, own, others))
        for passage in passages
        if passage.text.strip()
        for piece in _pieces(passage)
    ]


def _pieces(passage: Passage) -> Iterator[tuple[Passage, ...]]:
    if len(passage.tokens) <= _LONGEST or len(passage.clauses) < 2:
        yield passage.clauses
        return
    piece: list[Passage] = []
    words = 0
    for clause in passage.clauses:
        if piece and words + len(clause.tokens) > _PIECE:
            yield tuple(piece)
            piece, words = [], 0
        piece.append(clause)
        words += len(clause.tokens)
    if piece:
        yield tuple(piece)


def _as_read(passage: Passage, piece: Sequence[Passage], own: frozenset[str], others: frozenset[str]) -> str:
    """The words of a piece behind its label: this member is "the patient" in them, any other "a peer"."""
    tokens = [token for clause in piece for token in clause.tokens]
    said, at = [], piece[0].start
    for number, token in enumerate(tokens):
        who = "the patient" if names_at(tokens, number, own) else "a peer" if names_at(tokens, number, others) else ""
        if who:
            said += [passage.note[at : token.start], who]
            at = token.end
    said.append(passage.note[at : piece[-1].end])
    label = passage.label if passage.label not in own | others else ""
    return (f"{label}: " if label else "") + "".join(said)
