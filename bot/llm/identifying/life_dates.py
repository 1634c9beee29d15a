"""Days of somebody's life that are no date of service: an admission, a discharge, a death, a court day, a day of sobriety.

The word nearest to a date tells which it is.
"""

import re
from collections.abc import Iterator

from bot.llm.identifying.dates import ORDINAL
from bot.llm.identifying.hits import Hit, just_before

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR_WORDS = r"(?:nineteen|twenty|two\s+thousand)(?:[\s-]+(?:and\s+)?[a-z]+(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine)\b)?)"
_YEAR = rf"(?:\d{{4}}|{_YEAR_WORDS})"
_FEAST = (
    r"(?:New\s+Year['’]?s?(?:\s+(?:Eve|Day))?|Christmas(?:\s+(?:Eve|Day))?|Thanksgiving|Halloween|Easter|Valentine['’]?s(?:\s+Day)?|Labor\s+Day|"
    r"Memorial\s+Day|Mother['’]?s\s+Day|Father['’]?s\s+Day|St\.?\s+Patrick['’]?s(?:\s+Day)?)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
_DATE = re.compile(
    rf"(?<!\w)(?i:{_MONTH}\s+(?:the\s+)?{ORDINAL}(?:,?\s+{_YEAR})?|(?:the\s+)?{ORDINAL}\s+of\s+{_MONTH}(?:,?\s+{_YEAR})?|{_FEAST}(?:,?\s+(?:of\s+)?{_YEAR}))(?!\w)|"
    rf"(?<![\w/.-])(?:(?i:{_WEEKDAY})?(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})|\d{{1,2}}/\d{{1,2}}(?:-\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)?"
    rf"|(?i:{_MONTH})\s+{_DAY}(?:,?\s+\d{{4}}|,?\s+['’]\d\d)?|(?i:the\s+)?{_DAY}(?:\s+of)?[- ](?i:{_MONTH})(?:,?[- ]\d{{4}}|-\d\d)?|\d{{1,2}}(?i:{_MONTH})\d{{2,4}}|(?i:{_MONTH})-\d{{1,2}}-\d{{2,4}})|{_MONTH}(?:\s+of)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}/(?:19|20)\d\d|(?<=since )(?:(?:early|late|mid)[- ])?{_MONTH}|(?<=last )(?:(?:early|late|mid)[- ])?{_MONTH}"
    rf"|(?<= in )(?:(?:early|late|mid)[- ])?{_MONTH}|(?<= the )\d{{1,2}}(?:st|nd|rd|th)|{_MONTH}\s+['’]\d\d)(?![\w/-]|\.\d)"
)
_EVENT = re.compile(
    r"\b(?:born|d\.?o\.?b|birth\w*|admi(?:t(?:ted|s)?|ssions?)|discharge[ds]?|d/c(?:['’]?d)?|hospitali[sz]\w*|inpatient|detox\w*|rehab|passed(?:\s+away)?|died|dies|death|dead|"
    r"deceased|funeral|memorial|buried|burial|lost|miscarr\w*|stillb\w*|overdos\w*|attempt(?:ed|s)?|arrest\w*|incarcerat\w*|jail\w*|released?|surgery|"
    r"surgical|operat(?:ed|ion)|accident|crash|assault\w*|attack(?:ed)?|rape[d]?|(?<!/)fire(?!/)|sober|sobriety|clean|abstinent|last\s+(?:drink|use|drank|used|drunk)|"
    r"relapse[ds]?|married|marriage|wedding|divorc\w*|separat(?:ed|ion)|anniversary|intake|enrol(?:led|ment)|gave\s+birth|delivered|due\s+date|"
    r"baby|deploy\w*|enlist\w*|retired|laid\s+off|fired|hired|started\s+(?:work|at|his|her|their)|diagnosed|onset|evict\w*|moved|court|hearing|trial|"
    r"sentenc\w*|probation|parole|custody|injur\w*|fell|stroke|seizure|heart\s+attack|transplant|quit|ended|broke\s+up|left\s+(?:him|her|them|home)|"
    r"dod|doa|doi|e\.?r\.?|ed\s+visit|emergency|ICU|transferred|stay|readmi\w*|graduat\w*|immigrat\w*|arrived|adopted|removed|placed|kidnapped|"
    r"robbed|mugged|lapsed|expires?|expiration|exp|iss(?:ued?)?|term(?:ed|inated|s)?|inactive|furlough\w*|leave|layoff|crashed|wreck\w*|filed|los|od(?:['’]?d)?|eff(?:ective)?|valid|coverage|graduation|engaged|proposed|pregnancy|deceased|bereavement|shot|stabbed|burned|vacation|cruise|visiting|deport\w*|detained|lapse[ds]?|slip(?:ped)?|bereaved|mva|dui|dwi|ivc|iep|induct\w*|interview\w*|eval|lease|c-section|drank|drunk|passing|visitation|testif\w*|plea|arraign\w*|bail|"
    r"eloped|left\s+ama|placement|foster\w*|disability|fmla|ssdi|retire\w*|strike|flood\w*|hurricane|shooting|taper\w*|switch\w*|increased|decreased|suicide|expired|birthday|turned|adoption|procedure|biopsy|chemo\w*|infusion|commitment|committed|5150|hold|conviction|convicted|booked|"
    r"start(?:ed|s)?|stopp(?:ed|s)|began|begun|begins?|since|stepped|seizure|labs?|drawn|injection|prescribed|refill\w*|anniversary|due|break-?up|"
    r"lost|signed\s+(?:the|a|his|her)\s+lease|bought|sold|met\s+(?:him|her|his)|left|expect\w*|pregnan\w*|LMP|EDD|vaccin\w*|last\s+seen\s+(?:by|alive)|"
    r"missing\s+since|diagnosis\s+(?:on|date)|onset|referred|referral|evaluat\w*|consult\w*|scan|MRI|x-?ray|flight|trip|returned\s+from|back\s+from|"
    r"(?:appt|appointment|visit|meeting|session)\s+(?:with|w/|at|for)\s+(?:(?:his|her|their|the)\s+)?(?:dr|pcp|ob|obgyn|cardio\w*|dentist|neuro\w*|psychiatrist|surgeon|specialist|probation|p\.?o\.?|ssa|dmv|lawyer|attorney|judge)|"
    r"(?:pcp|er|ed|md|ob|dental|home|prenatal|prison|jail|hospital)\s+(?:visit|appt|appointment)|(?:aa|na|iep|school|custody|cps|dcf|court)\s+(?:meeting|mtg|date|appt)|(?:police|incident|cps)\s+report|"
    r"birth|baptism|bar\s+mitzvah|graduation|promotion|license[d]?|suspended|closed|opened|violat\w*|UDS|tested|positive)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:dates?\s+of\s+(?:service|session|group|note|visit|contact|encounter)|dos|service|sessions?|groups?|seen|next|appointment|appt|visit|"
    r"attend(?:ed|s|ance|ing)?|notes?|report(?:s|ed)?\s+back|return(?:s|ed)?\s+to\s+(?:group|session)|billed|billing|claims?|(?:e-)?signed|report|(?<!\w )(?<!\w)date(?=\s*[:=]|\s*$)|(?:9\d{4}|[GHT]\d{4})(?!\d)|"
    r"telehealth|missed|treatment\s+plan|follow-?\s?up|auth\w*|eligib\w*|today|meeting|present(?=\b[,.;:]|$)|rtc|make-?up|cancell?ed|cancel|reschedul\w*|scheduled|no-?shows?|absent|check-?in|therapy|held|met\s+on|on\s+time|late)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 90, 60
_SENTENCE_ENDS = re.compile(r"(?<=[a-z\d)]{2})[.!?]\s+(?=[A-Z(])|;|\n")
# Nothing but a bullet or a word for the day before it: the date that heads a note or a line.
_HEADS = re.compile(r"(?:^|\n)[ \t*#>|(\[-]*(?:(?:on|mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ \t]*)?$", re.IGNORECASE)


def life_dates(text: str) -> Iterator[Hit]:
    """Dates, with or without a year, that belong to somebody's life.

    The nearest word tells. With none beside it, a date that heads a line or is a day of service elsewhere in the text
    stays, and any other full date goes.
    """
    undecided: list[re.Match[str]] = []
    of_service: set[str] = set()
    last, event = 0, None
    for hit in _DATE.finditer(text):
        between = text[last : hit.start()]
        if last == 0 or not _JOINS.fullmatch(between):
            before = _SENTENCE_ENDS.split(text[max(last, hit.start() - _BEFORE) : hit.start()])[-1]
            after = _SENTENCE_ENDS.split(text[hit.end() : hit.end() + _AFTER])[0]
            heads = bool(just_before(_HEADS, text, hit.start(), 20))
            short = _SHORT.fullmatch(hit[0])
            event = (
                False if heads else _is_of_an_event(before, "" if short and not _NAMED_DAY.fullmatch(hit[0]) else after)
            )
        last = hit.end()
        if _SHORT_FIGURES.fullmatch(hit[0]):
            event = _of_short_figures(hit, text, event)
        if _BARE_MONTH.fullmatch(hit[0]) and not just_before(_STRONG, text, hit.start(), 35):
            continue
        if event:
            yield hit.start(), hit.end(), "DATE", hit[0]
        elif event is False:
            of_service.add(hit[0])
        else:
            undecided.append(hit)
    if "\n" in text.strip() and not of_service and undecided:  # the first of a whole note is the session's
        of_service.add(undecided[0][0])
    dated = bool(of_service) and "\n" in text.strip()
    for hit in undecided:
        vague = _COMPACT.fullmatch(hit[0]) or (_SHORT.fullmatch(hit[0]) and not _is_told(hit, text, dated=dated))
        if hit[0] not in of_service and not vague and not _BARE_MONTH.fullmatch(hit[0]):
            yield hit.start(), hit.end(), "DATE", hit[0]


def _is_told(hit: re.Match[str], text: str, *, dated: bool) -> bool:
    """Whether a day without its year is more than a share: after "on" or "since", or in words where the session's day is known."""
    return bool(just_before(_ON, text, hit.start(), 10)) or (dated and bool(_NAMED_DAY.fullmatch(hit[0])))


# A word of an event, or one of a term, right before a short date: "crashed 4/4", "until 4/30".
_RIGHT_BEFORE = re.compile(
    rf"(?:{_EVENT.pattern}|\b(?:until|till?|thru|through))\s*(?:on|date|dt|:|-)?\s*$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\s+(?:sessions|members|groups|days|weeks|units|visits|steps|times|goals|meals|doses|pts|correct)\b", re.IGNORECASE
)
_RIGHT_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:relapse|lapse|surgery|court|hearing|funeral|wedding|admission|discharge|overdose|arrest|accident|birthday|anniversary|trial|sentencing|hospitalization|"
    r"er\s+visit|mri|ct\s+scan|biopsy|injection|interview|flight|trip|eviction|deadline|due\s+date|release|loss|death|attempt)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?:1[3-9]|[2-9]\d|0?0)/\d{1,2}|\d{1,2}/(?:3[2-9]|[4-9]\d|0?0)|(\d{1,2})/\1")
# What joins two dates to one span or list.
_JOINS = re.compile(r"[\s,]*(?:to|and|through|thru|until|till|or|&|-|–)?[\s,]*")
_COMPACT = re.compile(rf"\d{{1,2}}{_MONTH}\d{{2,4}}", re.IGNORECASE)
_SHORT_FIGURES = re.compile(r"\d{1,2}/\d{1,2}(?:-\d{1,2}/\d{1,2})?")
_BARE_MONTH = re.compile(rf"(?:(?:early|late|mid)[- ])?{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"{_MONTH}\s+{_DAY}|(?:the\s+)?{_DAY}(?:\s+of)?[- ]{_MONTH}", re.IGNORECASE)
_STRONG = re.compile(
    r"\b(?:admitted|admission|discharged?|died|passed|hospitali[sz]ed|sober|clean|born|arrested|released|married|divorced|death|overdosed?|surgery|"
    r"deported|detained|fired|laid\s+off|engaged|hired|buried|stillborn|sentenced|convicted|hearing|trial|court|due|expecting|wedding|detox|miscarr\w+|funeral|incarcerated|evicted|diagnosed|relapsed?)\b[^.;\n]*$",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|since|until|till|before|after|by)\s+$", re.IGNORECASE)
# A day without its year and with nothing beside it: "3/4" is as often a share, "March 11" the next session.
_SHORT = re.compile(
    rf"\d{{1,2}}/\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)|(?:(?:early|late|mid)[- ])?{_MONTH}|{_MONTH}\s+{_DAY}|(?:the\s+)?{_DAY}(?:\s+of)?[- ]{_MONTH}",
    re.IGNORECASE,
)


def _of_short_figures(hit: re.Match[str], text: str, event: bool | None) -> bool | None:
    """What "4/4" is of: with an event's word right before it that event's; else a share, where no day is written so."""
    if _COUNTED.match(text, hit.end()):
        return False
    if just_before(_RIGHT_BEFORE, text, hit.start(), 25):
        return True
    if _RIGHT_AFTER.match(text, hit.end()):
        return True
    return False if _SHARE.fullmatch(hit[0]) else event


def _is_of_an_event(before: str, after: str) -> bool | None:
    """True or False as the nearest word says, the words before a date first; None where there is none."""
    event, service = _last(_EVENT, before), _last(_SERVICE, before)
    if event != service:
        return event > service
    following, next_service = _EVENT.search(after), _SERVICE.search(after)
    if following is None and next_service is None:
        return None
    if following is None or next_service is None:
        return next_service is None
    return following.start() < next_service.start()


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((hit.end() for hit in pattern.finditer(text)), default=-1)
