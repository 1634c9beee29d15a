"""Sentences of the session part that tell of nothing done: a question, an absence, a denial of therapy.

They stand near the words that would earn an element ("Did the therapist intervene?", "No therapy today") and earn none.
"""

import re

from bot.review.elements.passages import Passage

_ASKED = re.compile(
    r"\W*(?:(?:and|but|so|or)\s+)?(?:did|didn't|does|do|was|were|is|are|has|have|had|will|would|could|can|should|any|"
    r"who|whom|what|when|where|why|how|which)\b",
    re.IGNORECASE,
)
_ANSWERLESS = re.compile(r"[^\"“”?]*\?\W*")
_STAYED_AWAY = re.compile(
    r"\W*(?:(?:[A-Z]\.?\s?){1,3}:?\s*)?(?:did not|didn't|was not|wasn't)\s+(?:attend|come|show|join|present|here)\w*\b"
    r"|\W*(?:absent|no[\s-]?show|excused|cancel+ed)\b",
    re.IGNORECASE,
)
_SHORT = 4
_BUT = re.compile(
    r"\b(?:but|instead|rather|however|although|though|and (?:asked|used|helped|confronted|explored))\b", re.IGNORECASE
)
_WORK = (
    r"(?:psycho)?therap\w+|interventions?|counsel+ing|treatment|processing|process work|clinical work|techniques?|"
    r"modality|modalities|model|(?:cbt|dbt|act)\b"
)
_NOTHING_DONE = re.compile(
    rf"\b(?:no|without|zero|not any|nor any)\s+(?:[\w-]+\s+){{0,2}}?(?:{_WORK})"
    rf"|\b(?:{_WORK})\s+(?:\w+\s+)?(?:was|were|is|are)\s+(?:not|never)\b"
    rf"|\b(?:did not|didn't|never|not)\s+(?:do|does|provide|offer|conduct|deliver|hold|use)\s*"
    rf"(?:\w+\s+){{0,2}}?(?:{_WORK}|$|[.,;])"
    rf"|\b(?:not|wasn't|isn't)\s+(?:a\s+|an\s+|really\s+|meant as\s+)*(?:therapy|psychotherapy|treatment|counsel+ing)\b"
    rf"|\bdid not intervene\b|\bgroup (?:was )?cancel+ed\b",
    re.IGNORECASE,
)


def tells_of_nothing_done(passage: Passage) -> bool:
    """Whether a sentence asks, or tells who stayed away or that no therapy was done."""
    return is_question(passage) or bool(_STAYED_AWAY.match(passage.text) or denies_therapy(passage.text))


def denies_therapy(words: str) -> bool:
    """Whether the words say that no therapy was done, and nothing else that was ("no technique, but confronted")."""
    found = _NOTHING_DONE.search(words)
    return bool(found and not _BUT.search(words, found.end()))


def is_question(passage: Passage) -> bool:
    """Whether a sentence is no more than a question, and no question that the therapist is told to have asked."""
    end = passage.end
    while end < len(passage.note) and passage.note[end] in " ?":
        if passage.note[end] == "?":
            end += 1
            break
        end += 1
    words = passage.note[passage.start : end]
    return bool(_ANSWERLESS.fullmatch(words) and (_ASKED.match(words) or len(words.split()) <= _SHORT))
