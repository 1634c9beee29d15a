"""What the program says of each labelled pair: within a session, or against the fingerprints of an earlier note."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import create_engine

from bot.embedder import Embedder
from bot.review.copies import find_copies
from bot.review.earlier import EarlierNotes
from bot.storage.database import metadata
from bot.storage.fingerprints import FingerprintStore
from tests.eval.copy_pairs import Pair

_THEN, _NOW = date(2026, 10, 3), date(2026, 10, 10)


def judged(pairs: Iterable[Pair]) -> dict[int, bool]:
    """Whether each pair is called a copy, by its id."""
    embed = Embedder().embed
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    store = FingerprintStore(engine, timedelta(days=90))
    called = {}
    for pair in pairs:
        if pair.earlier:
            before, now = pair.notes()
            # A practice of its own for each pair: no other pair's note is an earlier one.
            notes = EarlierNotes(f"T{pair.id}", b"evaluation", store)
            notes.compare(*before, [_THEN])
            called[pair.id] = bool(notes.compare(*now, [_NOW]))
        else:
            called[pair.id] = bool(find_copies(*pair.note(), embed))
    return called
