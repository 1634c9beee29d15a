"""What people do who think of dying, told with no word of it: letters, gifts, a place or the means sought out."""

import re
from collections.abc import Iterable

from bot.review.elements.passages import Passage
from bot.review.lexicon.phrases import words_of

_KIN = "|".join(sorted(words_of("kin")))
_HARMLESS = {
    # Letters of grief and of recovery are written in the group, to the dead and to the drink.
    "deed.letter": re.compile(
        r"\b(?:exercise|assignment|homework|worksheet|prompt|ritual|empty[\s-]chair|unsent|deceased|grave|"
        r"(?:his|her|their) (?:late|dead)|died|passed away|graduat\w+|leaving|card|last (?:group|session)|"
        r"to (?:(?:his|her|their|the|my|your) )?(?:\w+ )?(?:alcohol\w*|drink\w*|drugs?|heroin|cocaine|crack|meth|"
        r"opioids?|opiates|pills|weed|cannabis|smoking|cigarettes|nicotine|vap\w+|gambling|food|addiction|disease|"
        r"bottle|vodka|wine|beer|eating disorder|ED|OCD|anxiety|depression|anger|shame|illness|past|old self|"
        r"younger self|marriage|job|house|uterus|breast|leg|ex|abuser))\b",
        re.IGNORECASE,
    ),
    "deed.away": re.compile(
        r"\b(?:donat\w+|shelter|goodwill|thrift|church|charity|yard sale|garage sale|mov(?:e|ed|ing)|downsiz\w+|"
        r"outgr\w+|old|extra|spare|alcohol|liquor|beer|wine|bottles?|stash|drugs|paraphernalia|cigarettes|lighter|"
        r"power|secrets?|ending|plot|surprise|position|turn|seat|money|paycheck|age|tomatoes|zucchini|candy|food)\b",
        re.IGNORECASE,
    ),
    "deed.place": re.compile(
        r"\b(?:exposures?|hierarchy|rung|homework|bridge (?:club|game|group|night|table|party|tournament|partner)|"
        r"hik\w+|fish\w*|photo\w*|sunset|sunrise|picnic|to (?:fix|clean|repair|patch|paint|pick|walk the|run)|"
        r"jog\w*|repairs?|shingles|gutters?|leak|tourists?)\b",
        re.IGNORECASE,
    ),
    "deed.means": re.compile(
        r"\b(?:pharmac\w+|prescri\w+|refill\w*|organi[sz]er|pill ?box|weekly box|sort(?:ed|ing)?|cook\w*|cake|disposal|"
        rf"turned in|handed (?:in|over)|drop[\s-]?box|of (?:his|her|their) (?:{_KIN})|boat|tent|swing|horse|shav\w+|"
        r"haircut)\b",
        re.IGNORECASE,
    ),
    "deed.affairs": re.compile(
        r"\b(?:divorce\w*|lawyers?|attorney|surgery|retir\w+|hospice|trust|probate|tax(?:es)?|estate|mov(?:e|ing)|"
        r"wedding)\b",
        re.IGNORECASE,
    ),
}
"""By kind of deed, what makes it none: part of treatment, a chore, a thing that nobody keeps."""
DEEDS = tuple(_HARMLESS)
_ANOTHERS = re.compile(
    rf"\b(?:{_KIN}|friend|peer|cousin|nephew|niece|boyfriend|girlfriend|neighbor|roommate|coworker|classmate|ex)\s+"
    r"(?:(?:who|had|has|once|also|then|wrote|left|always)\s+){0,3}$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:bridge|overpass|cliff|ledge|tracks|roof|platform|balcony)", re.IGNORECASE)
_SOUGHT = re.compile(r"\b(?:goals?|objectives?|exposures?|hierarchy|phobia|fear of)\b", re.IGNORECASE)


def tells_deed(clause: Passage) -> bool:
    """Whether a clause tells a deed of this patient that an auditor and a clinician would call a risk."""
    return any(
        not harmless.search(clause.text)
        and any(not _ANOTHERS.search(clause.note[clause.start : hit.start]) for hit in clause.found(deed))
        for deed, harmless in _HARMLESS.items()
    )


def is_sought(clause: Passage, others: Iterable[Passage]) -> bool:
    """Whether the place of a deed is one that a goal or an exposure of this patient names: a bridge feared."""
    places = {place.lower() for place in _PLACE.findall(clause.text)}
    return clause.has("deed.place") and any(
        other is not clause
        and _SOUGHT.search(f"{other.label} {other.text}")
        and places & {place.lower() for place in _PLACE.findall(other.text)}
        for other in others
    )
