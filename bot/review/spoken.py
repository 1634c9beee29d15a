"""A note dictated with its punctuation spoken ("period", "new paragraph"), read with the marks that are meant."""

import re

_MARKS = {
    "period": ".",
    "full stop": ".",
    "comma": ",",
    "colon": ":",
    "semicolon": ";",
    "question mark": "?",
    "new line": "\n",
    "newline": "\n",
    "next line": "\n",
    "new paragraph": "\n\n",
    "next paragraph": "\n\n",
}
_SPOKEN = re.compile(
    rf"[ \t]+(?P<word>{'|'.join(sorted(_MARKS, key=len, reverse=True))})(?P<mark>[.,]?)(?=\s|$)", re.IGNORECASE
)
# "her period", "the grace period", "a comma": the thing and not the mark.
_THING = re.compile(
    r"\b(?:a|an|the|her|his|their|my|this|that|each|every|any|per|one|time|grace|trial|waiting|week|day|month|hour|minute"
    r"|year|long|short|first|last|second|same|difficult|review|authorization)$",
    re.IGNORECASE,
)
_FEWEST, _WORDS_EACH = 4, 60


def with_marks(text: str) -> str:
    """The same text, character for character as long, with spoken punctuation as marks; unchanged where none is spoken.

    "she cried period" becomes "she cried.      ", so that offsets into the one are offsets into the other.
    """
    found = _SPOKEN.finditer(text)
    spoken = [one for one in found if not _THING.search(text, max(0, one.start() - 20), one.start())]
    if len(spoken) < _FEWEST or len(spoken) * _WORDS_EACH < len(text.split()):
        return text
    pieces, at = [], 0
    for match in spoken:
        mark = _MARKS[match["word"].lower()]
        room = match.end() - match.start()
        pieces += [text[at : match.start()], mark.rjust(room) if "\n" in mark else mark.ljust(room)]
        at = match.end()
    return "".join((*pieces, text[at:]))
