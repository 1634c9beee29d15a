"""A find and what belongs to it: "Aunt Bea" and not "Bea" alone, "K. Brandvold", "Karim Stone, Jr.", "Dayton, Ohio"."""

import re
from collections.abc import Iterable, Iterator

from bot.llm.identifying.hits import Hit
from bot.llm.identifying.states import STATE_CODES, STATE_NAMES, STATES
from bot.llm.identifying.vocabulary import field_words, is_word, terms, without_possessive

_TITLES = (
    "Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Rev|Reverend|Sgt|Sergeant|Cpl|Capt|Captain|Lt|Col|Colonel|Maj|Gen|Officer|Ofc|Det|Detective|Deputy|Nurse|"
    "Justice|Trooper|Agent|Atty|Pastor|Father|Fr|Sister|Brother|Aunt|Auntie|Uncle|Coach|Judge|Grandma|Grandpa|Granny|Nana|Papa|Mama|Abuela|Abuelo|Tia|Tía|Tio|Tío|Rabbi|Imam|"
    "Chaplain|Deacon|Principal|Attorney|Chief|Sra|Sr|Señora|Señor|Mme|Don|Doña|Big|Little|Lil|Old|Young|Cousin|Baby|Saint|Sir|Lady"
)
_BEFORE_NAME = re.compile(
    rf"(?:(?<!\w)(?:(?:{_TITLES}|(?i:dr|mr|mrs|ms|miss|mx|sgt|officer|nurse|pastor|judge|aunt|uncle))\.?|[A-HJ-Z]\.|(?<=[a-z:/,;(|]\s)[B-HJ-Z])[ ])+$|(?:^|(?<=[:|;/,(]))[ ]?[B-HJ-Z][ ]$"
)
_AFTER_NAME = re.compile(
    r"(?:[ ][\"“'(][A-Z][\w’-]{0,20}[\"”')])?(?:[ ](?:(?:de|la|las|los|del|da|di|van|von|der|den|bin|ibn|al|el|y)[ ]){0,3}[A-Z][\w’-]{1,30}|[ ][A-HJ-Z]\.?(?!\w))?"
    r"(?:,?[ ](?:Jr|Sr|II|III|IV)\b\.?)?"
)
_AFTER_PLACE = re.compile(
    rf"(?:[ ](?:(?:and|&|of|the|de|la|at|on)[ ]){{0,2}}[A-Z][\w’-]{{1,30}}){{0,4}}(?:[ ](?:hospital|clinic|school|high school|middle school|elementary|"
    rf"university|college|church|jail|prison|county|shelter|center|mall|library|neighborhood|apartments|district|area|river|lake|park|station))?"
    rf"(?:,[ ](?:{STATES})\b(?:[ ]\d{{5}}(?:-\d{{4}})?\b)?)?"
)
_AFTER_ADDRESS = re.compile(
    rf"(?i:,?[ ](?:apt|apartment|unit|suite|ste|floor|fl|bldg|building|rm|room|lot)\b\.?[ ]?\#?[\w-]+|,?[ ]?\#[ ]?[\w-]+)?(?:,[ ][A-Z][\w’.]+(?:[ ][A-Z][\w’]+){{0,2}})?"
    rf"(?:,?[ ](?:{STATES})\b)?(?:,?[ ]\d{{5}}(?:-\d{{4}})?\b)?"
)
_NOTHING = re.compile(r"(?!)")
_BEFORE_PLACE = re.compile(
    r"(?:(?<!\w)(?:North|South|East|West|Upper|Lower|New|Old|Fort|Port|Mount|Lake|St\.|Mt\.|San|Santa|Los|Las|El|La|Downtown|downtown)[ ])+$"
)
_JOINING = re.compile(r"(?:[ ,]+(?:and|&|of|the|de|la|at|on))*[ ,]*$")
_REACH = 60


def widened(hits: Iterable[Hit], text: str) -> Iterator[Hit]:
    """Each hit on a person or place with what stands beside it and belongs to it; others as they are."""
    for start, end, kind, key in hits:
        if kind == "PERSON":
            yield *_with(text, start, end, _BEFORE_NAME, _AFTER_NAME), kind, key
        elif kind == "PLACE":
            yield *_with(text, start, end, _BEFORE_PLACE, _AFTER_PLACE), kind, key
        elif kind == "ADDRESS":
            yield *_with(text, start, end, _NOTHING, _AFTER_ADDRESS), kind, key
        else:
            yield start, end, kind, key


def _with(text: str, start: int, end: int, before: re.Pattern[str], after: re.Pattern[str]) -> tuple[int, int]:
    window = text[max(0, start - _REACH) : start]
    if hit := before.search(window):
        start -= len(window) - hit.start()
    if hit := after.match(text, end):
        end = _as_far_as_names_go(text, end, hit.end())
    return start, end


def _as_far_as_names_go(text: str, end: int, reach: int) -> int:
    """The end of a stretch, cut before a capitalised word that a heading or a clinic may have written."""
    for word in re.finditer(r"[A-Z][\w’-]+", text[end:reach]):
        lowered = without_possessive(word[0]).lower()
        if (
            word[0] not in _KEPT
            and lowered not in _PARTS_OF_PLACES
            and (lowered in field_words() or lowered in terms() or word[0].isupper())
        ):
            return _without_small_words(text, end, end + word.start())
        if is_word(lowered) and lowered.endswith(("ing", "ed", "tion", "ment", "ness")):
            return _without_small_words(text, end, end + word.start())
    return reach


def _without_small_words(text: str, start: int, end: int) -> int:
    """The end without what only joined a word that was cut off: the " on " of "Orgo on Thursday"."""
    return start + len(_JOINING.sub("", text[start:end]))


_KEPT = frozenset(
    {word for name in STATE_NAMES for word in name.split()} | STATE_CODES | {"II", "III", "IV", "Jr", "Sr"}
)
_PARTS_OF_PLACES = frozenset(
    [
        "school",
        "high",
        "middle",
        "hospital",
        "church",
        "county",
        "house",
        "center",
        "park",
        "road",
        "street",
        "home",
        "shelter",
        "college",
        "center",
        "center",
    ]
)
