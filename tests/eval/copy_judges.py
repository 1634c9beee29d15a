"""What the program says of each labelled pair: within a session, or against the fingerprints of an earlier note."""

from collections.abc import Iterable

from bot.embedder import Embedder
from bot.review.copies import find_copies
from tests.eval.copy_pairs import Pair


def judged(pairs: Iterable[Pair]) -> dict[int, bool]:
    """Whether each pair is called a copy, by its id."""
    embed = Embedder().embed
    return {pair.id: bool(not pair.earlier and find_copies(*pair.note(), embed)) for pair in pairs}
