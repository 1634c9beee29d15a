"""The numbers a question tells of its own group: people, minutes, sessions in a day, hours and visits used."""

import re
from functools import cache

from bot.answers.shorthand import spell_out
from bot.policies.limits import Amount
from bot.policies.models import Counted, Topic

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_NUMBERS = {word: at for at, word in enumerate(_ONES, 1)} | {word: at for at, word in enumerate(_TEENS.split(" "), 10)}
_NUMBERS |= {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_ORDINALS = {
    **{"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9},
    **{"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "sixteenth": 16, "twentieth": 20},
}
_MOST_PEOPLE = 60
_MOST_SESSIONS = 24  # more is a code
_WORDED = re.compile(
    rf"\b(?:({'|'.join(('twenty', 'thirty', 'forty', 'fifty'))})[ -]({'|'.join(_ONES)})|({'|'.join(_NUMBERS)}))\b"
)
_N = r"(\d+(?:\.\d+)?)"
_PERSON = (
    r"(?:people|persons?|members?|clients?|patients?|participants?|kids?|children|teens?|adults?|attendees|adolescents"
    r"|recipients|veterans|vets|women|men|folks|youths?|individuals|heads|bodies|seats|students|parents|guys)\b"
)
_NO_LINK = r"(?!(?:minute|hour|therap|session|group|day|year|unit|week|month|visit|of|co|for|in|and|or|is|as)\b)"
_BETWEEN = rf"(?:{_NO_LINK}[a-z-]+ ){{0,2}}?"
_PEOPLE = (
    re.compile(rf"\b{_N}[ -]{_BETWEEN}{_PERSON}"),
    re.compile(rf"\bgroups? of {_N}\b"),
    re.compile(rf"\b{_N} (?:in|per) (?:a|the|each|one|my|our|this|that) (?:\w+ )?(?:group|room|session)\b"),
)
_TOGETHER = re.compile(rf"\b{_N} (?:[a-z]+ ){{1,3}}(?:and|plus|\+) (?:another |then )?{_N}\b")
_ATTENDED = re.compile(
    rf"\b{_N} (?:[a-z]+ ){{0,3}}?(?:show(?:s|ed)?(?: up)?|came|come|attend(?:s|ed)?|stayed|left over|present|made it)\b"
)
_NO_PEOPLE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}\b|\b\d{5}\b|\b(?:19|20)\d\d\b"
    r"|\bmodifiers? \d+|\b(?:part|omh|oasas|dhs|cmr|nycrr|section|chapter|rule|form|policy|lcd|pos|type) \d+"
    r"|\b\d+(?:\.\d+)?[ -]*(?:minutes?|min|m|hours?|h|days?|weeks?|months?|years?|yrs?|yo|y/o|am|pm|units?|visits?"
    r"|times?|sessions?|groups?|percent|therap\w+|leaders?|clinicians?|facilitators?|providers?|co-?\w+|counselors?"
    r"|st|nd|rd|th)\b"
    r"|\bages? \d+(?:(?: to |-)\d+)?|\b\d+[-/]\d+(?:[-/]\d+)?\b"
    r"|\b(?:starts?|meets?|runs?|groups?|session) at \d+\b(?! or| people)|\$ ?\d+|\b1[:-]1\b|\b1[ -]on[ -]1\b"
)
_BARE = re.compile(rf"(?<![\d.:/-]){_N}(?![\d.:/%-])\b")
_ASKS_THE_NUMBER = re.compile(
    r"\bhow (?:many|big|large|small)\b|\bwhat is the (?:largest|smallest|biggest)\b"
    r"|\bwhat(?:'s| is| are)? the (?:max|min|limit|cap|size)"
)
_LEADERS = re.compile(
    rf"\b{_N} (?:\w+ ){{0,2}}?(?:therapists|leaders|clinicians|facilitators|providers|co[- ]?\w+|counselors|of us)\b"
)
_MINUTES = re.compile(rf"\b(?:{_N} ?(?:-|to|or) ?)?{_N}[ -]*(?:minutes?|min)\b")
_HOURS = re.compile(rf"\b{_N}[ -]*(?:(?:therapy|group|combined|total|service|billed) )?(?:hours?|hrs?)\b")
_OFF = re.compile(r"^ (?:early|late|short|over|before|individual|psychotherapy|unit|increment|of individual|one)")
_SESSIONS = re.compile(rf"\b{_N} (?:\w+ )?(?:groups|90853s?|group sessions|sessions|group claims)\b")
_BOTH_KINDS = re.compile(
    rf"\b{_N} (?:\w+ )?groups?\b.{{1,20}}?\b{_N} (?:\w+ )?individuals?\b"
    rf"|\b{_N} (?:\w+ )?individuals?\b.{{1,20}}?\b{_N} (?:\w+ )?groups?\b"
)
_NTH_OF = re.compile(rf"\b{_N} {_N}[- ]?(?:minutes?|min) (?:\w+ )?(?:group|session)\b")
_RANGE = re.compile(
    r"\b(\d{1,2})(?::(\d\d))? ?(?:am|pm|a|p)? ?(?:-|–|to|until|till|through) ?(\d{1,2}):(\d\d)\b"
    r"|\b(\d{1,2}):(\d\d) ?(?:am|pm|a|p)? ?(?:-|–|to|until|till|through) ?(\d{1,2})(?::(\d\d))?\b"
)
_TIMES = re.compile(rf"\b{_N} times\b")
_ANOTHER = re.compile(
    r"\b(?:second|2nd|another|both) (?:\w+ )?groups?\b|\bmorning group\b.{1,30}\b(?:evening|afternoon|pm) group\b"
)
_UNITS = re.compile(rf"\b{_N} units?\b|\bx ?{_N}\b|\b{_N}x\b")
_VISIT = re.compile(
    rf"\b(?:visit|session|encounter)s? (?:number |no |# ?)?{_N}\b|\bnumber {_N}\b"
    rf"|\b{_N}(?:st|nd|rd|th)? (?:\w+ )?(?:visit|session|encounter)s?\b"
)
_PAST = re.compile(
    rf"\b(?:passed|past|over|exceed(?:s|ed|ing)?|more than|above|beyond|went over) (?:the |her |his |their )?{_N} "
    r"(?:\w+ ){0,2}?(?:hours?|hrs?|visits?|sessions?|encounters?|minutes?|min|people|members|clients|patients|units)\b"
)
_PART_OF_DAY = re.compile(r"\b(?:week|month|year)(?:ly)?\b")
_A_DAY = re.compile(r"\b(?:day|daily|today|date|dos|\w+day)\b")

_READ_FOR: dict[Topic, tuple[Counted, ...]] = {
    Topic.GROUP_SIZE: (Counted.PEOPLE,),
    Topic.PROVIDER_TYPES: (Counted.LEADERS,),
    Topic.SESSION_DURATION: (Counted.MINUTES,),
    Topic.SAME_DAY: (Counted.SESSIONS_A_DAY,),
    Topic.UNITS: (Counted.SESSIONS_A_DAY, Counted.UNITS_A_SESSION),
    Topic.FREQUENCY: (Counted.HOURS, Counted.VISITS),
    Topic.PRIOR_AUTH: (Counted.HOURS, Counted.VISITS),
}


def find_amounts(question: str, topic: Topic) -> tuple[Amount, ...]:
    """What the question counts that a limit of `topic` may be held against; empty where it names no number."""
    if topic not in _READ_FOR:
        return ()
    text = in_figures(spell_out(question))
    read = {counts: _READERS[counts](text) for counts in _READ_FOR[topic]}
    past = bool(_PAST.search(text))
    return tuple(Amount(counts, tuple(values), text, past) for counts, values in read.items() if values)


def in_figures(text: str) -> str:
    """Number words as figures; "an hour and a half" and its like as minutes."""
    text = _RANGE.sub(_length, text)
    for pattern, minutes in _clock():
        text = pattern.sub(minutes, text)
    text = re.sub(r"\b(?:a|half a) dozen\b", lambda m: "6" if "half" in m.group() else "12", text)
    text = _WORDED.sub(lambda m: str(_NUMBERS[m[3]] if m[3] else _NUMBERS[m[1]] + _NUMBERS[m[2]]), text)
    return re.sub(
        rf"\b({'|'.join(_ORDINALS)}) (visit|session|encounter|\d+[- ]?min\w*)\b",
        lambda m: f"{_ORDINALS[m[1]]} {m[2]}",
        text,
    )


def _length(span: re.Match[str]) -> str:
    """ "2:05 to 2:55" as "50 minutes"; what is no length of a session stays as it was."""
    hour, minute, to_hour, to_minute = (
        int(part or 0) for part in (span.groups()[:4] if span[1] else span.groups()[4:])
    )
    minutes = (to_hour * 60 + to_minute - hour * 60 - minute) % (12 * 60)
    return f"{minutes} minutes" if 10 <= minutes <= 300 and minute < 60 and to_minute < 60 else span[0]


@cache
def _clock() -> tuple[tuple[re.Pattern[str], str], ...]:
    told = (
        (r"\b(?:an |one |1 )?hour and a half\b|\bone and a half hours?\b", "90 minutes"),
        (r"\bhalf (?:an |a )?hour\b|\bhalf-hour\b", "30 minutes"),
        (r"\b(?:three quarters of an hour)\b", "45 minutes"),
        (r"\b(?:an|a full|a whole|full) hour\b", "60 minutes"),
    )
    return tuple((re.compile(words), minutes) for words, minutes in told)


def _numbers(pattern: re.Pattern[str], text: str) -> list[float]:
    return [float(next(group for group in match.groups() if group)) for match in pattern.finditer(text)]


def _people(text: str) -> list[float]:
    attended = [n for n in _numbers(_ATTENDED, _NO_PEOPLE.sub(" ~ ", text)) if n <= _MOST_PEOPLE]
    if attended:
        return attended[-1:]
    rest = _NO_PEOPLE.sub(" ~ ", text)
    choice = re.search(rf"\b{_N} (?:or|to) {_N}\b", rest)
    if choice:
        return [float(choice[1]), float(choice[2])]
    found = [n for pattern in _PEOPLE for n in _numbers(pattern, rest)]
    if not found and not _ASKS_THE_NUMBER.search(text):
        found = _numbers(_BARE, rest)
    found = [n for n in dict.fromkeys(found) if 1 <= n <= _MOST_PEOPLE and n.is_integer()]
    together = _TOGETHER.search(rest)
    if together and "between" not in rest:
        found.append(float(together[1]) + float(together[2]))  # nine of one payer and five of another sit in one room
    if len(found) > 1 and not re.search(r"\bor\b", text):
        return [max(found)]
    return found


def _leaders(text: str) -> list[float]:
    return _numbers(_LEADERS, text)


def _minutes(text: str) -> list[float]:
    told = [(float(n), text[m.end() :]) for m in _MINUTES.finditer(text) for n in (m[1], m[2]) if n]
    told += [(float(m[1]) * 60, text[m.end() :]) for m in _HOURS.finditer(text)]
    whole = [value for value, after in told if not _OFF.match(after)]
    cut = [value for value, after in told if re.match(r" (?:early|late|short)\b", after)]
    if cut:
        return [whole[0] - cut[0]] if len(whole) == len(cut) == 1 and whole[0] > cut[0] else []
    return list(dict.fromkeys(whole))


def _sessions(text: str) -> list[float]:
    if _PART_OF_DAY.search(text) and not _A_DAY.search(text):
        return []
    both = _BOTH_KINDS.search(text)
    if both:
        return [sum(float(number) for number in both.groups() if number)]
    found = [n for n in _numbers(_SESSIONS, text) + _numbers(_TIMES, text) if n <= _MOST_SESSIONS]
    if re.search(r"\btwice\b", text) or (not found and _ANOTHER.search(text)):
        found.append(2)
    return [max(found)] if found else []


def _units(text: str) -> list[float]:
    found = _numbers(_UNITS, text)
    return [max(found)] if found else []


def _hours(text: str) -> list[float]:
    nth = _NTH_OF.search(text)
    if nth:  # "the third 60-minute group this week" makes three hours
        return [float(nth[1]) * float(nth[2]) / 60]
    return _numbers(_HOURS, text) + [float(m[2]) / 60 for m in _MINUTES.finditer(text)]


def _visits(text: str) -> list[float]:
    return _numbers(_VISIT, text)


_READERS = {
    Counted.PEOPLE: _people,
    Counted.LEADERS: _leaders,
    Counted.MINUTES: _minutes,
    Counted.SESSIONS_A_DAY: _sessions,
    Counted.UNITS_A_SESSION: _units,
    Counted.HOURS: _hours,
    Counted.VISITS: _visits,
}
