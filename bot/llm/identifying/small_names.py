"""Names in small letters, as a chat writes them: after a title, a role or a request, first and family name, a login."""

import re
from collections.abc import Iterator

from bot.llm.identifying.hits import Hit
from bot.llm.identifying.vocabulary import (
    abstract_names,
    common_names,
    field_words,
    given_names,
    is_unknown,
    is_word,
    name_words,
    surname_words,
    surnames,
    terms,
    without_possessive,
)

_W = r"[a-zß-ÿ][a-zß-ÿ’'-]{1,30}"
_TITLED = re.compile(
    rf"(?<![\w.])((?:dr|mr|mrs|ms|miss|mx|sgt|officer|ofc|judge|nurse|pastor|rev|prof|coach|aunt|auntie|uncle|grandma|grandpa|father|sister|brother|chaplain|deputy|det)\.?)\s+({_W}|[a-z]\b(?=\.|\s|,|['’]s|$))(?:\s+({_W}))?"
)
_ROLE = (
    "wife|husband|hubby|spouse|partner|mother|mom|mum|father|dad|sister|sis|brother|bro|son|daughter|boyfriend|girlfriend|bf|gf|bff|friend|aunt|uncle|"
    "cousin|niece|nephew|grandmother|grandfather|grandma|grandpa|roommate|boss|coworker|co-worker|manager|mgr|ex|ex-wife|ex-husband|sponsor|fianc[eé]e?|"
    "stepfather|stepmother|stepdad|stepmom|stepson|stepdaughter|neighbor|landlord|landlady|teacher|caseworker|worker|peer|therapist|psychiatrist|doctor|"
    "dog|cat|baby|kid|twin|cellmate|dealer|classmate|attorney|atty|lawyer|po|gal|scribe|intern|tech|supervisor|sup|nanny|babysitter|counselor|pcp|"
    "son-in-law|daughter-in-law|sister-in-law|brother-in-law|mother-in-law|father-in-law|godmother|godfather|guardian|clinician|facilitator|client|member|pt|patient|rep|biller"
)
_RELATED = re.compile(
    rf"(?<![\w-])(?:{_ROLE})(?:['’]?s\s+name)?(?:,|[ ]+(?:is|was|named|called|=)|[ ]*[:=])?[ ]({_W})(?:[ ]({_W}))?"
)
_ASKED = re.compile(
    rf"(?<![\w-])(?i:(?:pls|please|can\s+u|can\s+you|could\s+u|could\s+you)\s+(?:call|text|ask|tell|email|page|ping)|ask|asked|tell|told|cc|attn|attn:|w/|per|named|called|texted|void\s+\w+\s+for|charge\s+for|note\s+for|"
    rf"claim\s+for|auth\s+for|verified\s+w(?:ith|/)|spoke\s+(?:to|w/|with)|talked\s+(?:to|w/|with)|met\s+(?:w/|with)|hi|hey|thanks|thx)\s+({_W})(?:\s+({_W}))?"
)
_PAIR = re.compile(rf"(?<![\w'’@./-])({_W})(?=[ ]({_W})(?![\w@/]))")
_TURNED = re.compile(rf"(?<![\w'’@./-])({_W}),\s?({_W})(?![\w@/])")
# At the head of a sentence, or after a comma, doing what a person does.
_ACTING = re.compile(
    r"(?:(?<=[.,;:!?(\n]\s)|(?<=\n)|^|\b(?:and|but|if|when|that|because|did|has|is|does|was|bc|so)\s)([a-zß-ÿ]{3,20})(?=\s+(?:can['’]?t|can|cannot|could|is|was|isn['’]?t|wasn['’]?t|said|says|told|asked|has|had|hasn['’]?t|wont|won['’]t|"
    r"didn['’]?t|doesn['’]?t|called|texted|missed|left|needs|wants|wanted|came|went|sign(?:ed)?|show(?:ed)?|call|late|running|cried|shared|no[- ]?show\w*)\b)"
)
_INITIAL = re.compile(r"(?<![\w.])[a-z]\.\s?([a-zß-ÿ][a-zß-ÿ’'-]{2,30})(?!\w)")
_LOGIN = re.compile(
    r"(?i)\b(?:user(?:\s?(?:name|id))?|login|logon|account\s+of|(?:signed|entered|created|edited|opened|closed|modified|verified|reviewed|billed|posted|printed|faxed|scanned|submitted|cosigned)"
    r"\s+by)\s*[:=]?\s*(?:is\s+|was\s+)?([A-Za-z][A-Za-z0-9._-]{3,24})(?![\w@])"
)
# After a name in small letters: what only stands after a person, or says who it is.
_IDENTIFIED = re.compile(
    r"\s*,?\s*(?:\(?(?:dob|d\.o\.b|mrn|b\.|id|ssn)\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|#\s?\d)", re.IGNORECASE
)
_SPEAKS = re.compile(
    r"\s+(?:said|says|told|asked|asks|cried|wept|smiled|laughed|nodded|shared|admitted|apologized|texted|hugged|denied|stated|reported|felt|sat|left|arrived|came|called|got|was|is|has|had)\b"
)
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:)\n]|['’]s\b|(?:if|to|at|re|about|abt|and|for|that|he|she|@|did|does|w/|who)(?!\w))"
)
_HANGING = """
the a an and or but if to of in on at by for with from as is was are were be been has had have do does did not no so then than that this these
those his her their our my your its he she they we you it who when where what why how about again also just too very all any some now later today
already said says told asked will may can could would should might must up down out off over under after before since until till while because
there here re abt only still never always more less same other another each every both either won't can't didn't doesn't isn't wasn't
"""
_HANGS = frozenset(_HANGING.split())


def small_names(text: str) -> Iterator[Hit]:
    """Names that what stands beside them gives away; words of the dictionary need more beside them than others."""
    yield from _beside_titles(text)
    for pattern in (_RELATED, _ASKED):
        for hit in pattern.finditer(text):
            if _after_role(hit[1], text, hit.end(1), asked=pattern is _ASKED):
                last = 2 if hit[2] and (_is_family(hit[2]) or _unknown(hit[2])) else 1
                yield _hit(text, hit.start(1), hit.end(last))
    for hit in _ACTING.finditer(text):
        if _is_first(hit[1]) and hit[1] not in ("will", "may", "mark"):
            yield _hit(text, hit.start(1), hit.end(1))
    for hit in _PAIR.finditer(text):
        if _is_pair(hit, text):
            yield _hit(text, hit.start(1), hit.end(2))
    yield from _written_otherwise(text)


def _beside_titles(text: str) -> Iterator[Hit]:
    for hit in _TITLED.finditer(text):
        if len(hit[2]) == 1 or _after_title(hit[2], hit[1]):
            yield _hit(text, hit.start(1), hit.end(2))
            if hit[3] and _is_family(hit[3]):
                yield _hit(text, hit.start(3), hit.end(3))


def _written_otherwise(text: str) -> Iterator[Hit]:
    """The family name first, an initial before it, and a login made of both."""
    for hit in _TURNED.finditer(text):
        last, first = hit[1], hit[2]
        if _is_first(first) and (last in surnames() or "'" in last or "’" in last) and not is_word(last):
            yield _hit(text, hit.start(), hit.end())
    for hit in _INITIAL.finditer(text):
        if without_possessive(hit[1]) in surnames() or _unknown(hit[1]):
            yield _hit(text, hit.start(), hit.end())
    for hit in _LOGIN.finditer(text):
        word = hit[1].rstrip(".").lower()
        if not is_word(word) and word not in field_words():
            yield _hit(text, hit.start(1), hit.start(1) + len(word))


def _is_pair(hit: re.Match[str], text: str) -> bool:
    first, last = without_possessive(hit[1]), without_possessive(hit[2])
    if _is_first(first) and _is_family(last):
        return True
    if len(first) < 4 or first not in given_names() or last in _HANGS or len(last) < 3:
        return False
    return bool(_IDENTIFIED.match(text, hit.end(2))) or (first in common_names() and _unknown(last))


def _hit(text: str, start: int, end: int) -> Hit:
    bare = re.sub(r"['’]s$", "", text[start:end])
    return start, start + len(bare), "PERSON", bare


def _is_first(word: str) -> bool:
    """A first name that is no word, or one that is and names no idea: "dot", "may"."""
    word = without_possessive(word)
    return (word in given_names() and word in common_names()) or (word in name_words() and word not in abstract_names())


def _is_family(word: str) -> bool:
    word = without_possessive(word)
    return len(word) > 2 and word in surnames() and not is_word(word) and word not in terms()


def _unknown(word: str) -> bool:
    return len(without_possessive(word)) > 3 and is_unknown(word)


def _after_title(word: str, title: str) -> bool:
    word = without_possessive(word)
    if word in _HANGS or word in terms() or word in field_words():
        return False
    if not is_word(word):
        return len(word) > 2
    return title.rstrip(".") in ("mr", "mrs", "ms", "dr", "sgt", "officer", "judge") and (
        word in surname_words() or word in name_words()
    )


def _after_role(word: str, text: str, end: int, *, asked: bool) -> bool:
    bare = without_possessive(word)
    if bare in _HANGS and not (bare in ("will", "may") and (asked or _SPEAKS.match(text, end))):
        return False
    if bare in given_names():
        return len(bare) > 2 and (bare in common_names() or len(bare) > 3)
    if bare in name_words() and bare not in abstract_names() and bare != "mark":
        return bool(_SPEAKS.match(text, end) or _GOES_ON.match(text, end))
    return not asked and bare in surnames() and len(bare) > 3 and not is_word(bare)
