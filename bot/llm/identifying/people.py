"""People that something beside them names: a title, a credential, a heading, a relative, a roster."""

import re
from collections.abc import Iterator

from bot.llm.identifying.hits import Hit, Places
from bot.llm.identifying.names import name_parts
from bot.llm.identifying.vocabulary import (
    TERMS_AND_NAMES,
    field_words,
    given_names,
    is_word,
    name_words,
    surname_words,
    surnames,
    terms,
    without_possessive,
)

# Bounded and anchored at a word's beginning, so that a megabyte of one letter takes no quadratic time.
CAP = r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]{0,40}"
_NAME = rf"{CAP}(?:[ \t]+(?:[A-Z]\.|{CAP})){{0,3}}"
_PARTICLES = r"(?:(?:van|von|de|del|della|di|da|dos|la|le|las|los|der|den|ter|ten|bin|ibn|al|el|du|st\.?)[ ]){0,3}"
_TITLES = (
    "Dr|Mr|Mrs|Ms|Miss|Mx|Rev|Reverend|Prof|Professor|Pastor|Officer|Ofc|Judge|Justice|Nurse|Sgt|Sergeant|Cpl|Capt|Captain|Lt|Lieutenant|Col|Colonel|Maj|Det|"
    "Detective|Deputy|Trooper|Agent|Coach|Principal|Attorney|Atty|Rabbi|Imam|Chaplain|Deacon|Bishop|Father|Fr|Aunt|Auntie|Uncle|Grandma|Grandpa|Granny|Nana|Abuela|Abuelo|Tia|Tio|Cousin|Señora?|Sra|Sr"
)
_TITLED = re.compile(rf"\b(?:{_TITLES})\.?[ ]({_PARTICLES}{CAP}(?:[ ]{CAP})?)")
_TITLED_LETTER = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Nurse|Coach|Aunt|Auntie|Uncle|Judge|Pastor|Sgt|Officer)\.?[ ][A-Z](?![\w/&-]|\.\d)"
)
_CREDENTIALS = (
    "LCSW|LMSW|LICSW|LISW|LSW|LPC|LPCC|LMHC|LMFT|LCPC|LCADC|CADC|LADC|PsyD|PhD|EdD|MD|DO|NP|PMHNP|APRN|PA|RN|MSW|MFT|BCBA|CSW|"
    "Ph\\.D|Psy\\.D|M\\.D|R\\.N|CPRS|CRSS|LPN"
)
_CREDENTIALED = re.compile(rf"({CAP}(?:[ \t]+(?:[A-Z]\.|{CAP})){{1,2}}),?[ \t]+(?:{_CREDENTIALS})\b")
_HEADINGS = (
    r"patient|client|member|participant|pt|guardian|parent|emergency[ ]contact|next[ ]of[ ]kin|therapist|clinician|provider|"
    r"facilitators?|co-?facilitator|co-?therapist|leaders?|co-?leader|case[ ]?manager|caseworker|probation[ ]officer|"
    r"co-?fac(?:ilitator)?|fac|tech|scribe|intern|cosigner|co-?signed(?:[ ]by)?|sup|rn|md|np|attending|resident|nurse|social[ ]worker|worker|attorney|sponsor|spouse|wife|husband|mother|father|"
    r"caller|contact[ ]person|responsible[ ]party|subscriber|insured|guarantor|payee|cc|attn|from|to|re|author|entered[ ]by|rendering|billing[ ]provider|referring(?:[ ]provider)?|driver|victim|witness|"
    r"counselor|signed(?:[ ]by)?|supervisor|physician|psychiatrist|prescriber|pcp|employer|school|referred[ ]by|contact"
)
# A name under a heading ends the line or stands before a sign: "Provider: Used Socratic questioning" is no name.
_HEADED = re.compile(
    rf"""(?imx)
    \b(?:(?:{_HEADINGS})(?:'s)?(?:[ \t]+name)?|(?<!group[ ])(?<!session[ ])(?<!program[ ])name)["']?[ \t]*[:=][ \t]*["']?
    (?-i:({_NAME}(?:,[ \t]*{CAP})?)) (?=[ \t]*(?:$|[,;(|/"'#–-]|\.\s|\.$|d\.?o\.?b|mrn|id\b))
    """
)
_RELATIVES = (
    "wife|husband|spouse|partner|mother|mom|father|dad|sister|brother|son|daughter|boyfriend|girlfriend|friend|"
    "aunt|uncle|cousin|niece|nephew|grandmother|grandfather|grandma|grandpa|roommate|boss|coworker|ex-wife|ex-husband|sponsor|"
    "fianc[eé]e?|stepfather|stepmother|stepson|stepdaughter|neighbor|landlord|supervisor|teacher|caseworker|peer|"
    "therapist|psychiatrist|doctor|dog|cat|cellmate|bunkmate|classmate|dealer|attorney|atty|lawyer|worker|manager|mgr|scribe|intern|tech|sup|nanny|babysitter|"
    "coach|tutor|partner|ex|hubby|bf|gf|bff|bestie|stepdad|stepmom|godmother|godfather|godson|goddaughter|brother-in-law|sister-in-law|mother-in-law|"
    "father-in-law|son-in-law|daughter-in-law|grandson|granddaughter|twin|kid|child|baby|toddler|guardian|mentor|counselor|officer|GAL|PO|rep|biller|co-worker|"
    "girlfriends|colleague"
)
_RELATED = re.compile(
    rf"\b(?i:{_RELATIVES})(?:,|[ \t]*[:=]|[ \t]+(?:is|was)(?=[ \t]))?[ \t]+(?:(?i:named|called|aka)[ \t]+)?[\"“'‘(]?((?:[A-Z]\.?[ \t]+)?{CAP}(?:[ \t]+{CAP})?)"
)
# After a role in small letters a nickname is enough, word or not: "cellmate Tank", "dealer Lefty", "peer "Smoky"".
_NICKNAMED = re.compile(
    rf"(?<![\w-])(?:{_RELATIVES}|mom|pal|buddy|uncle)[ ](?:named[ ]|called[ ])?(?:[\"“'‘]([A-Z][\w’-]+(?:[ ][A-Z][\w’-]+)?)[\"”'’]|(?!(?:and|or)\b)([A-Z][a-z][\w’-]*))(?![\w/&-]|[ ][A-Z])"
)
# After these a capital is enough, even of a word: "her dog Biscuit".
_OWN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|the)\s+(?:(?:late|older|younger|old|little|best|new|step|half|ex|first|second|adult|teenage|infant|baby|twin)[ -])*"
    rf"(?:wife|husband|spouse|mother|mom|father|dad|sister|brother|son|daughter|boyfriend|girlfriend|friend|aunt|uncle|cousin|niece|nephew|grandmother|"
    rf"grandfather|grandson|granddaughter|roommate|ex|dog|cat|puppy|horse|baby|neighbor|fianc[eé]e?)(?:,|\s+named|\s+called)?\s+({CAP}(?:[ ]{CAP})?)"
)
_CALLED = re.compile(
    rf"\b(?i:named|nicknamed|nickname|goes by|known as|a\.?k\.?a\.?|signed by|seen by|led by|run by|covered by|cosigned(?: by)?|co-signed(?: by)?|supervised by|per|attn:?|cc:?|c/o|re:|/s/)[ \t]+[\"“'‘(]?((?:[A-Z]\.?[ \t]+)?{CAP}(?:[ \t]+{CAP})?)"
)
_ROSTER = re.compile(
    r"(?im)^[ \t*#-]*(?:members?|participants?|attendees?|clients?|patients?|roster|attendance|present|absent|excused|no[ -]shows?)"
    r"(?:[ \t]+(?:present|absent|attending|in attendance))?[ \t]*(?:\([^)\n]*\))?[ \t]*[:=][ \t]*(.+)$"
)
_ROSTER_NAME = re.compile(rf"{CAP}(?:[ \t]+(?:[A-Z]\.?|{CAP})){{0,2}}|(?:[A-Z]\.[ \t]?){{2,3}}")
# Capitalised words that follow a title, a heading or a relative and are nobody's name.
_NO_NAMES = """
group session yes no none unknown not present absent active engaged met see date name adult adults veterans women men
teens adolescents cbt dbt act emdr the a an he she they his her their discussed reported dx diagnosis progress plan
goal goals response participation telehealth individual monday tuesday wednesday thursday friday saturday sunday
january february march july september october november december
billing claims records intake admin office front desk enc encounter appt appointment auth authorization group's program department dept hr team staff
i it we you this that who when where after before since and but or if as at on in for from with to of by
n/a na denied denies stated states said shared anonymous facilitated provided
"""
_SHORT_CAPITALS = 7
_NOT_NAMES = frozenset([*_NO_NAMES.split(), *_CREDENTIALS.lower().replace("\\", "").split("|")])


def people(text: str) -> Iterator[Hit]:
    """Names found by what stands beside them, and then each of their parts wherever it is written again."""
    yield from written_again(text, _names_beside(text))
    for hit in _TITLED_LETTER.finditer(text):
        yield hit.start(), hit.end(), "PERSON", hit[0]


def written_again(text: str, names: Iterator[str]) -> Iterator[Hit]:
    """Where each name and its parts stand, as given and in capitals; each word of `text` is looked at once."""
    found: dict[str, str] = {}
    for name in names:
        for part in name_parts(name):
            if part.lower().strip(".") not in _NOT_NAMES:
                found.setdefault(part, name)
                found.setdefault(part.upper(), name)
                if len(part) > 3 and not is_word(part.lower()):
                    found.setdefault(part.lower(), name)
    if found:
        places = Places(text)
        for part, name in found.items():
            for start, end in places.of(part):
                yield start, end, "PERSON", name


def _is_somebody(words: list[str], text: str, end: int) -> bool:
    """Whether words after a role are a name: one that may be, an initial before another, a family name that ends a clause."""
    if len(words) > 1 and len(words[0].strip(".")) == 1:
        return True
    if any(_may_be_a_name(word) for word in words):
        return True
    return words[0].lower() in surname_words() and bool(_ENDS.match(text, end))


_ENDS = re.compile(r"\s*(?:[,.;)\n]|$)")


def _names_beside(text: str) -> Iterator[str]:
    for pattern in (_TITLED, _CREDENTIALED, _HEADED, _OWN, _NICKNAMED, _RELATED, _CALLED):
        sure = pattern in (_TITLED, _CREDENTIALED, _HEADED, _OWN, _NICKNAMED)
        for hit in pattern.finditer(text):
            words = [re.sub(r"['’]s$", "", word) for word in re.findall(r"[\w’'.-]+", hit[hit.lastindex or 0])]
            words = [word for word in words if not _names_nobody(word)]
            if words and (sure or _is_somebody(words, text, hit.end())) and len("".join(words).strip(".")) > 1:
                yield " ".join(words)
    for line in _ROSTER.finditer(text):
        items = [item.strip(" \t.;") for item in re.split(r"[,;/]|\band\b|&", line[1])]
        listed = [item for item in items if _ROSTER_NAME.fullmatch(item)]
        names = [item for item in listed if _of_a_roster(item)]
        if len(names) >= 2 or (names and len(listed) >= 2):
            yield from (item for item in listed if item in names or not _is_a_heading(item))


def _names_nobody(word: str) -> bool:
    lowered = word.lower().strip(".")
    return (
        lowered in _NOT_NAMES
        or any(sign.isdigit() for sign in word)
        or (len(lowered) > 1 and lowered in terms() and lowered not in TERMS_AND_NAMES)
    )


def _of_a_roster(item: str) -> bool:
    return item.lower() not in _NOT_NAMES and (" " in item or "." in item or _may_be_a_name(item))


def _is_a_heading(item: str) -> bool:
    return item.lower() in _NOT_NAMES or item.lower() in terms() or item.lower() in field_words()


def _may_be_a_name(word: str) -> bool:
    lowered = without_possessive(word.lower().strip("."))
    if word.isupper() and len(word) < _SHORT_CAPITALS:  # letters of a payer or a degree, but for a name
        return lowered in name_words() or lowered in given_names() or lowered in surnames()
    return lowered in name_words() or not is_word(lowered)
