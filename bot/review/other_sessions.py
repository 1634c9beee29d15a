"""What a session was that was no therapy: education, support or recreation, as its own words have it."""

from bot.review.elements.passages import read_note
from bot.review.elements.untold import is_question
from bot.review.models import Segments

_KINDS = {
    "education": ("act.class", "class.skills_only"),
    "peer support": ("class.support",),
    "recreation": ("class.recreation",),
}


def other_than_therapy(text: str, segments: Segments) -> str:
    """The kind that most sentences of the session part tell of; empty where none does."""
    told = [passage for passage in read_note(text, segments).session if not is_question(passage)]
    counts = {kind: sum(passage.has(*cues) for passage in told) for kind, cues in _KINDS.items()}
    most = max(counts, key=lambda kind: counts[kind])
    return most if counts[most] else ""
