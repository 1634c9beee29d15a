"""group_composition: how many members were present, or who."""

import re
from collections.abc import Iterator

from bot.review.elements.passages import Passage, Reading, names_at
from bot.review.elements.untold import is_question
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import question
from bot.review.models import Element, Evidence, Verdict

_NUMBER = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty)(?:\s*\(\d{1,2}\))?"
)
_HEADS = (
    r"(?:members?|mbrs?|patients?|clients?|participants?|attendees|adults?|wom[ae]n|men|teens?|"
    r"adolescents?|veterans?|people|persons|"
    r"individuals?|pts?|cts?|cls?|clts?|parents?|youths?|peers?|survivors?|students?|residents?|folks|"
    r"consumers?|girls|boys|mothers|"
    r"fathers|caregivers|seniors|kids|ppl|males?|females?|mothers|moms|dads|couples|group members|"
    r"of (?:us|them)|regulars|faces)"
)
_ADJECTIVES = r"(?:[a-z/-]+\s+){0,3}?"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_NUMBER}\s*(?:of|out of|/)\s*(?:the\s+|our\s+)?{_NUMBER}\b\s*{_ADJECTIVES}(?:{_HEADS}|present|"
        rf"attended|attending|in attendance|here|enrolled|came|showed|were|registered|on the roster)\b",
        rf"\b{_NUMBER}\s+{_ADJECTIVES}{_HEADS}\b",
        rf"\b{_NUMBER}\s+(?:around|at|in|on|seated|logged on|sitting)\s?(?:around|in|at)?\s?(?:the|our|a)?\s?"
        rf"(?:table|circle|room|call|screen)\b",
        rf"\b(?:c|pt|cl|mbr|client|member)s?\s?x\s?{_NUMBER}\b",
        rf"\b{_NUMBER}\s+(?:were\s+|was\s+)?(?:present|attended|attending|in attendance|came|showed(?: up)?|"
        rf"joined|participated|here|turned up|made it|took part|sat|dialed in|logged (?:in|on)|in the (?:room|circle)|"
        rf"on (?:video|screen|zoom))\b",
        rf"\b(?:group|grp|circle|total|roster) of\s+{_NUMBER}\b(?!\s*(?:min|hour|session|week|x))",
        rf"\b[nN]\s*=\s*{_NUMBER}\b",
        rf"(?:\b(?:attendance|attendees|headcount|head count|members|participants|clients|patients|pts|size|"
        rf"present|attended|group size|total)\b|#|\bno\.|"
        rf"\bnumber)[\s\w()]{{0,24}}?\s*[:=–-]\s*\(?{_NUMBER}\b(?!\s*(?:min|hour|hr|:\d|am|pm|/\d+/|absent))",
        rf"\b(?:census|headcount|attendance)\s*(?:of|was|is)?\s*:?\s*{_NUMBER}\b",
        rf"\b(?:attended by|present were|consisted of|comprised|comprising|made up of|included|"
        rf"with)\s+{_NUMBER}\b\s+{_ADJECTIVES}{_HEADS}\b",
        rf"(?:#|\bnumber|\bno\.|\bcount) of (?:members|participants|clients|patients|attendees|group members|"
        rf"pts)[\s\w]{{0,20}}?[:=]?\s*{_NUMBER}\b",
        rf"\b(?:all|only|just|today)\s+{_NUMBER}\s+(?:of\s+)?(?:{_HEADS}|present|attended|came|were)\b",
        rf"\b{_NUMBER}[-\s](?:member|person|client|patient)\b",
        rf"\b(?:we (?:were|had)|there were)\s+{_NUMBER}\b(?!\s*(?:min|hour|session|week|topic|exercise|goal|step))",
    )
)
_NOT_PRESENT = re.compile(
    r"\b(?:absent|max(?:imum)?|capacity|up to|limit(?:ed)?|invited|next (?:week|session|group)|"
    r"no[\s-]show|excused|cancel+ed|miss(?:ed|ing)|"
    r"waitlist|at most|enrolled|registered|caseload|referred|other|another)\b",
    re.IGNORECASE,
)
# A count of those who came, beside which the size of the group is none.
_CAME = re.compile(
    r"\b(?:present|attend\w*|attendance|came|here|showed|joined|turned up|made it|took part|participated|sat|seated|"
    r"(?:in|around|at) the (?:room|circle|table)|on (?:the )?(?:call|video|screen|zoom)|in person|"
    r"dialed in|logged (?:in|on)|head ?count)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\b(?:roster|belong\w*|group of|size|enrolled|registered|caseload|usually|normally)\b|"
    r"-\s?(?:member|person|client|patient)\b",
    re.IGNORECASE,
)
_BREAK = rf"[;,.(\n]|\s/\s|\b(?:and|but|of whom)\s+(?={_NUMBER}\b)"
_WHO_LACKED = re.compile(
    rf"[,;(]\s*(?:with |and )?(?:{_NUMBER}|\w+)\s(?:\w+\s){{0,2}}?(?:absent|no-?shows?|excused|out)\b", re.IGNORECASE
)
_IN_ROOM = re.compile(
    r"\s*(?:were|was|are|is)?\s*(?:in the (?:room|circle)|at the table|present|here|in attendance)\b", re.IGNORECASE
)
_SIZE_LABEL = re.compile(
    r"\b(?:size|census|attendance|head ?count|present|attended|number|count|#|n|attendees|members?)\b"
)
_ROSTER = re.compile(
    r"\b(?:present|attendees|attended|attending|attendance|roster|members|participants|in attendance|here|"
    r"clients|patients|group)\b",
    re.IGNORECASE,
)
_PERSON = r"(?:[A-Z]\.\s?(?:[A-Z]\.?)?|[A-Z]{2,3}|[A-Z][a-z]+(?:\s[A-Z]\.?)?|(?:Member|Client|Patient|Pt)\s?#?\w{1,4})"
_LIST = re.compile(rf"{_PERSON}(?:\s*(?:,|;|/|&|and|\+|,\s*and)\s*{_PERSON}){{1,}}")
FIX = question(Element.GROUP_COMPOSITION)


def judge_group_composition(reading: Reading) -> Verdict:
    """Met by a count of people present or a roster in the session part; whom the group is for is partial."""
    counted = [one for passage in reading.session if not is_question(passage) for one in _counts(passage)]
    found = next((one for one, came in counted if came), None) or next(
        (one for passage in reading.session if (one := _roster(passage, reading))), None
    )
    if found or counted:
        return met(found or counted[0][0])
    who = next((p for p in reading.session if p.has("people.who")), None)
    if who is not None:
        hit = who.found("people.who")[0]
        evidence = Evidence(quote=reading.note[hit.start : hit.end], start=hit.start, end=hit.end)
        return partial([evidence], "The note says whom the group is for, not how many were present.", FIX)
    if len(reading.members) >= 2:
        labels = [
            _label_evidence(reading.note, span.start, member.label)
            for span, member in zip(reading.member_labels, reading.members, strict=False)
        ]
        return partial(
            [label for label in labels if label is not None],
            "Members have their own headings, but the session part neither counts nor lists who was present.",
            FIX,
        )
    return missing("Nothing says how many members were present.", FIX)


def _counts(passage: Passage) -> Iterator[tuple[Evidence, bool]]:
    """The counts of people in a passage, each with whether it is of those who came and not of who belongs."""
    if _SIZE_LABEL.search(passage.label) and re.fullmatch(_NUMBER, passage.text, re.IGNORECASE):
        if not _zero(passage.text):
            yield passage.evidence(), bool(_CAME.search(passage.label))
        return
    start = passage.label_start if passage.label_start >= 0 else passage.start
    for pattern in _COUNTS:
        for match in pattern.finditer(passage.note, start, passage.end):
            if _is_of_people_here(passage, match, start):
                lacking = _WHO_LACKED.match(passage.note, match.end(), passage.end)
                end = lacking.end() if lacking else match.end()
                yield (
                    Evidence(quote=passage.note[match.start() : end], start=match.start(), end=end),
                    _came(passage, match, start) or bool(lacking),
                )


def _came(passage: Passage, match: re.Match[str], start: int) -> bool:
    """Whether the count's own words, or those to the next break, say that they came."""
    before = re.split(_BREAK, passage.note[start : match.start()])[-1] if match.start() > start else ""
    after = re.split(_BREAK, passage.note[match.end() : min(passage.end, match.end() + 60)])[0]
    if _CAME.search(match[0]):
        return True
    return bool(_CAME.search(f"{before[-40:]} {after}")) and not _SIZE.search(f"{before[-24:]}{match[0]}{after}")


def _is_of_people_here(passage: Passage, match: re.Match[str], start: int) -> bool:
    """Whether a number is of people, and of none who stayed away."""
    around = passage.note[max(start, match.start() - 24) : min(passage.end, match.end() + 18)]
    if re.search(r"[\d/.-]$", passage.note[max(start, match.start() - 1) : match.start()]):
        return False  # the tail of a date
    if _IN_ROOM.match(passage.note, match.end(), passage.end):
        return True
    after = passage.note[match.end() : min(passage.end, match.end() + 18)]
    before = passage.note[max(start, match.start() - 24) : match.start()]
    if _zero(match.group()):
        return False
    if _NOT_PRESENT.search(re.split(r"[;,.(]", after)[0]) or _NOT_PRESENT.search(
        re.split(_BREAK, before)[-1] + match.group()
    ):
        named = re.search(r"\b(?:of|out of|/)\s*(?:the |our )?\d|present|attended", around, re.IGNORECASE)
        return bool(named and re.search(r"present|attend|came|here|joined", match.group(), re.IGNORECASE))
    return True


def _zero(words: str) -> bool:
    return bool(re.match(r"\D*0\b", words))


def _roster(passage: Passage, reading: Reading) -> Evidence | None:
    """Two members or more named in one list, beside a word for attendance or known by their own parts."""
    known = sum(
        any(names_at(passage.tokens, at, member.aliases) for at in range(len(passage.tokens)))
        for member in reading.members
    )
    listed = _LIST.search(passage.note, passage.start, passage.end)
    if listed is None:
        return None
    attendance = _ROSTER.search(passage.label) or _ROSTER.search(passage.text)
    people = len(re.findall(_PERSON, listed.group()))
    if known >= 2 and known >= min(len(reading.members), 2) and (attendance or known == len(reading.members)):
        return Evidence(quote=listed.group(), start=listed.start(), end=listed.end())
    initials = len(re.findall(r"\b[A-Z]\.\s?[A-Z]\.?|\b[A-Z][a-z]+ [A-Z]\b\.?", listed.group()))
    if attendance and (initials >= 2 or (people >= 3 and re.search(r"present|attend|roster|members", passage.label))):
        return Evidence(quote=listed.group(), start=listed.start(), end=listed.end())
    lead = passage.note[max(passage.start, listed.start() - 24) : listed.start()]
    if people >= 3 and _ROSTER.search(lead):
        return Evidence(quote=listed.group(), start=listed.start(), end=listed.end())
    return None


def _label_evidence(note: str, start: int, label: str) -> Evidence | None:
    if label and note.startswith(label, start):
        return Evidence(quote=label, start=start, end=start + len(label))
    end = note.find("\n", start)
    line = note[start : end if end >= 0 else len(note)]
    words = re.match(r"[^:.;|–—]{1,40}", line)
    quote = words.group().rstrip() if words else ""
    return Evidence(quote=quote, start=start, end=start + len(quote)) if quote.strip() else None
