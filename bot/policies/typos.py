"""When a word is a slip of the hand for a payer's name, and when it is another company's name.

"Atena", "Cinga" and "Humanna" are slips. "Signa", "Humania" and "Aetnah" are one letter away too, and must not be
taken for a payer on file: a wrong payer is worse than a question back. So short names forgive only what hands do
(swapped, dropped, doubled or neighbouring letters, a wrong vowel), never a new first letter or a new sound.
"""

from rapidfuzz.distance import OSA, Levenshtein

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_LONG = 8


def _beside() -> dict[str, frozenset[str]]:
    keys = {key: (row, column) for row, letters in enumerate(_ROWS) for column, key in enumerate(letters)}
    return {
        key: frozenset(
            other
            for other, (r, c) in keys.items()
            if other != key and abs(r - row) <= 1 and (abs(c - column) <= 1 if r == row else -1 <= c - column <= 1)
        )
        for key, (row, column) in keys.items()
    }


_BESIDE = _beside()


def is_slip(word: str, name: str) -> bool:
    """True when `word` is a plain typing error for `name`; both folded."""
    if word == name:
        return True
    if len(name) < 5 or not word.isalpha() or not name.isalpha():
        return False
    distance = OSA.distance(word, name, score_cutoff=2)
    if len(name) >= _LONG:
        return word[0] == name[0] and distance <= (2 if len(name) > _LONG else 1)
    return distance == 1 and _hand_slip(word, name)


def _hand_slip(word: str, name: str) -> bool:
    edits = list(Levenshtein.editops(word, name))
    if len(edits) == 2:  # one swap of neighbours, by the distance above
        return word[0] == name[0]
    edit = edits[0]
    at, wanted = edit.src_pos, edit.dest_pos
    if edit.tag == "insert":  # a letter of the name was left out, but not its first
        return wanted > 0
    if edit.tag == "delete":  # a letter too many: forgiven when it doubles its neighbour
        return word[at] in word[max(0, at - 1) : at] + word[at + 1 : at + 2]
    if at == 0:
        return False
    wrong, right = word[at], name[wanted]
    return wrong in _BESIDE.get(right, frozenset()) or (wrong in _VOWELS and right in _VOWELS)


def sounds_like(word: str, name: str) -> bool:
    """True when `word` is close enough to `name` to ask "did you mean", though not to answer for it."""
    if len(name) < 5 or len(word) < 4 or not word.isalpha():
        return False
    allowed = 1 if len(name) < 7 else 2
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed
