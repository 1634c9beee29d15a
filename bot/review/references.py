"""Parts that only point at another member's: "same as A.B.", "see above", "ditto"."""

import re
from collections.abc import Sequence

from bot.review.masking import Masked, name_words

_POINTS = re.compile(
    r"\b(?:same|identical(?:ly)?|similar(?:ly)?|likewise|ditto|idem|see|refer(?: back)?|as (?:for|with|per|#?\w+)|per"
    r"|copy|copied|no change from|repeat)\b|^[\W]*[\"”″]{2}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:above|ditto|idem|likewise|same|previous(?:ly)?|prior|preceding|last)\b|^\W*[\"”″]{2}", re.IGNORECASE
)
# What a part may hold beside the pointer and still say nothing of its own.
_FILLING = re.compile(
    r"\b(?:same|identical(?:ly)?|similar(?:ly)?|likewise|ditto|idem|see|refer(?:red)?|back|copy|copied|paste|repeat|as|to|of"
    r"|for|the|note|notes|entry|above|below|previous|prior|preceding|last|client|patient|pt|member|participat\w*|respon\w*"
    r"|progress|plan|presentation|interventions?|behaviou?r|data|assessment|content|documentation|today|way|did|did the"
    r"|change|changed|name|no|from|with|per|his|her|their|and|also|in|group|is|was|all|everything|else|he|she|they|note's"
    r"|applies|here|too|just|again|this|that)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# "I - as above" is the session's intervention, and a plan or a diagnosis alike is no part alike.
_ONE_FIELD = re.compile(
    r"[ipg]|.*\b(?:interventions?|plan|goals?|topic|focus|theme|modality|date|time|duration|safety|risk|dx|diagnos[ei]s"
    r"|homework|next steps?)\b.*",
    re.IGNORECASE,
)
_LEFT_OVER = 2
"""Words of its own that a pointer may carry: "same as A.B., but quieter"."""


def points_at(label: str, sentences: Sequence[Masked], labels: Sequence[str], before: str) -> tuple[str, Masked] | None:
    """The member whose part this one only points at, and the sentence that does.

    `labels` are the note's members; `before` is the one before this, whom "above" and "ditto" mean.
    """
    pointers = [one for one in sentences if _POINTS.search(one.said)]
    if not pointers or any(one.weight and not one.stock and one not in pointers for one in sentences):
        return None
    for one in pointers:
        if _ONE_FIELD.fullmatch(one.label):
            continue
        target = _named(one.said, label, labels) or (before if _BEFORE.search(one.said) else "")
        if target and _left_over(one.said, (label, target)) <= _LEFT_OVER:
            return target, one
    return None


def _named(said: str, label: str, labels: Sequence[str]) -> str:
    """The other member named in a sentence: by the whole label, or by a first name that is nobody else's."""
    words = [word.casefold().removesuffix("'s") for word in _WORD.findall(said)]
    for other in labels:
        if other == label:
            continue
        names = [word.casefold() for word in _WORD.findall(other) if word.casefold() not in _TITLES]
        initials = "".join(names) if all(len(name) == 1 for name in names) else ""
        own = [name for name in names if len(name) > 2 and _only(name, other, labels)]
        if (names and _stand_in(words, names)) or initials in words or any(name in words for name in own):
            return other
    return ""


def _stand_in(words: Sequence[str], names: Sequence[str]) -> bool:
    return any(words[at : at + len(names)] == names for at in range(len(words)))


def _only(name: str, label: str, labels: Sequence[str]) -> bool:
    return not any(name in name_words(other) for other in labels if other != label)


def _left_over(said: str, labels: Sequence[str]) -> int:
    """How many words a pointer holds beside the pointing, names and figures."""
    names = {word for label in labels for word in name_words(label)}
    words = (word.casefold().removesuffix("'s") for word in _WORD.findall(_FILLING.sub(" ", said)))
    return sum(word not in names and not any(character.isdigit() for character in word) for word in words)


_TITLES = frozenset({"client", "patient", "pt", "member", "mr", "mrs", "ms", "dr"})
