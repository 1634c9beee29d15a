"""Identifiers that have a shape or a label: contacts, numbers, birth dates, ages.

The kinds are those of 45 CFR 164.514(b)(2)(i), (A) to (R); docs/models.md has the table.
"""

import re
from collections.abc import Iterator, Sequence

from bot.llm.hits import Hit, Places

TOLD_BY_A_LABEL = frozenset(
    {"RECORD", "PLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "OTHER", "SSN", "PHONE", "FAX", "BIRTH", "BIOMETRIC"}
)
"""Kinds whose value is looked for again without its label."""

_TELLING_DIGITS = 4
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE = (
    rf"(?:\d{{1,4}}[-/.[ ]]\d{{1,2}}[-/.[ ]]\d{{1,4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[- ]{_MONTH},?[- ]\d{{2,4}}|\d{{8}})"
).replace("[-/.[ ]]", "[-/. ]")
_BIRTH_DATE = (
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[-\s]+{_MONTH},?(?:[-\s]+(?:of\s+)?['’]?\d{{2,4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:of\s+)?['’]?(?:\d{{4}}|\d\d(?!:)))?|{_MONTH}(?:\s+of)?,?\s+['’]?(?:\d{{4}}|\d\d)"
    r"|\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{1,2}/\d{2,4}|\d{8}|\d{6}|(?:19|20)\d\d|['’]\d\d"
)
# Not a number of somebody's: a procedure code (9 and four digits, a letter and four digits), an ICD code, a year, a date.
_NO_NUMBER = rf"(?!{DATE}(?![\w-]))(?!(?:9\d{{4}}|[A-Z]\d{{4}}|[A-Z]\d\d(?:\.\d+)?|(?:19|20)\d\d)(?![\w-]|[ ]\d{{4}}))"
# Four digits or more, perhaps in groups and with letters between: "W2281 09937", "24-CR-00817", "HM-5521-88".
_VALUE = (
    r"((?=(?:[A-Z#-]{0,6}[ ]?\d){4})[A-Z]{0,5}[-#]?(?:\d[\dA-Z]{0,20}|[A-Z]{1,4}\d[\dA-Z]{0,20})"
    r"(?:-[\dA-Z]{1,20}|[ ](?=\d{2,}\b(?![/:-]\d))\d{2,}){0,5})(?!\w)"
)
_LETTERED = r"(?-i:((?=[A-Z0-9 -]{0,24}\d)[A-Z0-9]{1,4}(?:[- ]?[A-Z0-9]{2,8}){1,3})(?![a-z\w]))"
# A short number behind a label and a sign that says so: "MR# 331", "Client No. 4471".
_SOME_NUMBER = (
    r"(?:\s*(?:\#|no\b\.?|num(?:ber)?\b|id\b|ending(?:\s+in)?\b)\s*:?){1,2}\s*([A-Z]{0,4}-?\d[\dA-Z-]{2,30})(?![\w])"
)
# Letters and figures in one word: "FP-88120", "670G-NG1192837H".
_CODE = r"(?-i:((?=[A-Z0-9_-]{0,24}\d[A-Z0-9_-]{0,24}\d)[A-Z0-9]{1,12}(?:[-_][A-Z0-9]{1,14}){0,4})(?![\w-]))"
_SAYS = (
    r"(?:\s*(?:\#|no\b\.?|num(?:ber)?s?\b|ids?\b|code\b|end(?:s|ing)?\b|is\b|was\b|in\b|on\b|file\b|the\b|of\b|card\b|reads?\b|shows?\b|as\b|under\b|"
    r"listed\b|now\b|new\b|old\b|his\b|her\b|their\b|given\b|still\b|says\b|form\b|with\b|:|=|-(?=\s)|,(?=\s*\#)|\()){0,6}\s*[\"“']?"
)
_MUST_SAY = r"(?:\s*(?:\#|no\b\.?|num(?:ber)?s?\b|ids?\b|code\b|:|=)){1,4}\s*"

_LABELS: tuple[tuple[str, str], ...] = (
    (
        "RECORD",
        r"medical\s+record|health\s+record|record|chart|m\.?\s?r\.?\s?n\.?|emr|ehr\s+id|(?:patient|client|pt|encounter|visit)\s+(?:id|no\.?|number|account)|"
        r"(?:patient|client|pt|encounter|visit)(?=\s*\#)",
    ),
    (
        "PLAN",
        r"member(?:ship)?|subscriber|policy(?:\s*holder)?|beneficiary|medicaid|medicare|tricare|mbi|hicn|insurance|insured|group\s+(?:no\.?|number|id|\#)|"
        r"(?:health\s+)?plan\s+(?:no\.?|number|id|\#)|dependent|enrollee|recipient|cin|rx\s*(?:bin|pcn|grp|group)",
    ),
    (
        "ACCOUNT",
        r"account|acct|a/c|routing|(?:(?:credit|debit|bank|gift|hsa|fsa)\s+)?card|checking|savings|invoice|statement|guarantor|wire|aba|iban|venmo|paypal",
    ),
    (
        "LICENSE",
        r"licen[cs]e|lic|licensure|npi|dea|certificat(?:e|ion)|credential|caqh|upin|taxonomy\s+id|driver'?s?\s+licen[cs]e|dl|permit|registration",
    ),
    ("VEHICLE", r"vin|vehicle(?:\s+identification)?|title"),
    (
        "DEVICE",
        r"device|serial|s/n|sn|udi|imei|imsi|mac|pacemaker|implant|pump|cgm|monitor|meter|model|lot|cpap|hearing\s+aid|icd\s+device|stimulator",
    ),
    (
        "OTHER",
        r"auth(?:ori[sz]ation)?|pre-?auth(?:ori[sz]ation)?|certification|claim|reference|ref|approval|confirmation|case|docket|cause|badge|inmate|prisoner|"
        r"booking|student|employee|staff|passport|visa|alien|a-?number|tracking|ticket|order|rx|prescription|referral|ein|tin|tax(?:payer)?|"
        r"warrant|citation|incident|report|file|locker|unit\s+id|user(?:name)?|login|pin|token|session\s+id|meeting|probation|court|doc|military|"
        r"service\s+number|dod|voter|library|accession|specimen|barcode|tag|account\s+handle|itin|ssi|snap|ebt|id",
    ),
    ("BIOMETRIC", r"finger\s?print|voice\s?print|palm|retina(?:l)?|iris|facial|face|biometric|dna|genetic"),
)
_AFTER = r"(?:\s+(?:record|card|scan|template|monitor|file|sample|profile|number|no\.?|id|case|identifier|identification|recognition|hash|key))?"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


def _labelled() -> Iterator[tuple[str, re.Pattern[str], int]]:
    for kind, labels in _LABELS:
        yield kind, re.compile(rf"(?i)(?<![\w-])(?:{labels})s?{_AFTER}{_SAYS}{_NO_NUMBER}{_VALUE}"), 1
        yield kind, re.compile(rf"(?i)(?<![\w-])(?:{labels})s?{_AFTER}{_MUST_SAY}(?!{DATE}(?![\w-])){_VALUE}"), 1


_CREDENTIALS = (
    "LCSW|LMSW|LICSW|LISW|LPC|LPCC|LMHC|LMFT|LCPC|LCADC|CADC|LADC|CAC|PsyD|PhD|MD|DO|NP|PMHNP|APRN|PA-C|RN|LPN|BCBA"
)
_STRONG = re.compile(rf"(?i)\bmrn\W{{0,4}}([A-Z]{{0,5}}[-#]?\d[\dA-Z-]{0, 30})")
_TLD = "com|org|net|edu|gov|io|co|us|me|info|health|care|app|tv|example|biz|mil"
_URL = rf"\b(?:https?://|www\.)[^\s<>\"]+|(?<![\w@.-])(?:[\w-]{{1,60}}\.){{1,4}}(?-i:{_TLD})(?:/[^\s<>\"]*)?(?![\w@])(?!\.\w)"
_DIGIT_WORD = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double\\s+\\w+)"
_NINETIES = (
    "ninety(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|one hundred(?: and \\w+)?|a hundred(?: and \\w+)?"
)
_OLD = rf"(?:9\d|1[0-2]\d|{_NINETIES})"
# What makes a number above 89 no age: a unit, a clock, a share, a figure that goes on.
_NO_AGE = (
    r"[\w%/:.]*[\d%/:]|\w|[- ]?(?:\+\s?)?(?:min|hour|hr|day|dry|sober|week|month|meeting|session|unit|percent|mg|mcg|ml|lb|pound|kg|mile|people|member|"
    r"degree|dollar|bpm|over|out|of\s|times|point|calls?\b|in\s+\d|clean|consecutive|steps|pages|or\s+more|to\s+\d|sec|calend)"
)
_PHONE = r"(?:\+?\d{1,3}[-.\s]?)?(?:\(\d{3}\)\s?[-.]?|\d{3}\s?[-./\s])[\s]?\d{3}\s?[-.\s]?\s?\d{4}(?:,?\s?(?:x|ext(?:ension|\.)?)\s?\d{1,6})?"
_ANY_PHONE = rf"({_PHONE}|\d{{3}}[-.]\d{{4}}|\+?[\d(][\d(). -]{{5,20}}\d)"

# (kind, pattern, group that is replaced). Procedure codes and dates of service keep their places.
_SHAPES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("EMAIL", _shape(r"(?<![\w.+-])[\w.+-]{1,80}@[\w-]+(?:\.[\w-]+)+"), 0),
    (
        "EMAIL",
        _shape(
            r"(?<![\w.+-])[\w.+-]{1,60}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s|@)\s?[\w-]{1,60}(?:\s?(?:\.|\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?[\w-]{1,30}){0,2}?\s?(?:\.|\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?(?:com|org|net|edu|gov|io|me|us|example|co|health|info)\b"
        ),
        0,
    ),
    ("URL", re.compile(rf"(?i){_URL}"), 0),
    ("URL", re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{2,30}\b"), 0),
    ("IP", _shape(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]\d)"), 0),
    (
        "IP",
        _shape(
            r"(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])"
        ),
        0,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)\b(?:d\.?\s?o\.?\s?b\.?|(?:birth\s?date|date\s+of\s+birth)|birthday|b-?day|born(?:\s+on)?|bd)\W{{0,4}}(?:(?:is|was|on)\s+)?(?:\w+day,?\s+)?({DATE})"
        ),
        1,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)\b(?:d\.?\s?o\.?\s?b\b\.?|birth\s?date|date\s+of\s+birth|birthday|b-?day|born|b\.|bd)(?:[\s:=,(-]|\b(?:is|was|on|in|of|the|about|around|back|[a-z]+day|next|coming|up)\b){{0,8}}({_BIRTH_DATE})(?![\w/])"
        ),
        1,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)\b(?:birth\s?date|birthday|b-?day|born)(?:\s+(?:is|was|on|in))*\s+({_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}/\d{{1,2}}|{_MONTH}\s+(?:of\s+)?\d{{4}})(?![\w/])"
        ),
        1,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)({DATE})\s*\(?\s*(?:d\.?o\.?b\b|date\s+of\s+birth|birth\s?date|birthday|is\s+(?:his|her|their)\s+birthday)"
        ),
        1,
    ),
    ("BIRTH", _shape(r"\bborn\s+(?:(?:in|around|about)\s+)?(?:\w+\s+)?((?:19|20)\d\d)\b"), 1),
    ("AGE", re.compile(rf"(?i)(?<![\d.])({_OLD})(?=[- ]?(?:years?|yrs?|y/?o|y\.o\.))"), 1),
    ("AGE", re.compile(rf"(?i)\b(?:aged?|turn(?:s|ed|ing)?|at the age of)(?::|\s+of)?\s+({_OLD})(?![\w%./])"), 1),
    (
        "AGE",
        re.compile(
            rf"(?i)\b(?:s?he|father|mother|grand\w+|aunt|uncle|widower?|patient|client|who)(?:\s+is|['’]s)\s+(?:now\s+)?({_OLD})(?=[.,;\s]*(?:$|and\b|[.,;]))"
        ),
        1,
    ),
    (
        "AGE",
        re.compile(
            rf"(?i)\b(?:age[ds]?|at|now|only|nearly|almost|over|just|is|was|s?he['’]s|turn\w*|be|being|of)(?::|\s+(?:of|to|now|about))*\s+({_OLD})(?!{_NO_AGE})"
        ),
        1,
    ),
    ("AGE", re.compile(r"(?<![\w.])(9\d|1[01]\d)(?=\s?(?:[MF]\b|yo\b|y\.?/?o|[- ]?year))"), 1),
    ("AGE", re.compile(rf"(?i)\b(ninety-(?:one|two|three|four|five|six|seven|eight|nine))\b(?!{_NO_AGE})"), 1),
    ("AGE", re.compile(r"(?i)\b((?:9\d|1[0-2]\d)(?:st|nd|rd|th))\s+birthday"), 1),
    (
        "SSN",
        re.compile(
            r"(?<![\d-])\d{3}([-. ])\d{2}\1\d{4}(?![\d-])|(?<![\w*•#])[*xX•#]{3}[-. ]?[*xX•#]{2}[-. ]?\d{4}(?!\d)"
        ),
        0,
    ),
    (
        "SSN",
        re.compile(
            r"(?i)\b(?:s\.?s\.?n\.?|ss\#|soc\.?\s+sec\.?|social(?:\s+security)?(?:\s+(?:number|no\.?|num|\#))?)(?:\s+(?:number|no\.?))?\W{0,4}"
            r"(?:(?:is|was|are|ends?|ending|last|on|file|in|with|four|4|digits|as|listed|of|his|her|their|the|shows|reads)\W{1,3})*([\d*xX•#]{0,3}[-. ]?[\d*xX•#]{0,2}[-. ]?\d{4})(?!\d)"
        ),
        1,
    ),
    (
        "SSN",
        re.compile(
            r"(?i)\blast\s+(?:four|4)(?:\s+digits)?(?:\s+(?:of|on|is|are|were|was|his|her|their|the|card|number|file|as|in|social|ssn|[a-z]{2,8})){0,6}\W{1,4}(\d{4})(?!\d)"
        ),
        1,
    ),
    ("SSN", re.compile(r"(?<![\d-])\d{3}[- ]\d{3}[- ]\d{3}(?![\d-])|(?<![\d-])\d{3}-\d{2}-[xX*#]{4}"), 0),
    (
        "FAX",
        re.compile(
            rf"(?i)\b(?:fax|facsimile)(?:\s+(?:number|no\.?|is|at|to|line|records|the|notes?|it|them|results))*\W{{0,4}}{_ANY_PHONE}(?!\d)"
        ),
        1,
    ),
    ("FAX", re.compile(rf"(?i)({_PHONE})(?=\s*\(?(?:fax|f\))\b)"), 1),
    ("OTHER", re.compile(rf"(?i)\b{_DIGIT_WORD}(?:[\s,-]+(?:dash\s+)?{_DIGIT_WORD}){{3,}}\b"), 0),
    ("PHONE", re.compile(rf"(?<![\w-]){_PHONE}(?!\d)"), 0),
    (
        "PHONE",
        re.compile(
            r"(?i)\b(?:phone|tel|telephone|cell|mobile|ph|call|text|pager|voicemail|hotline|number|reached\s+at|ext)\b\W{0,4}(?:(?:is|at|number|no)\W{1,3})?(\+?[\d(][\d(). -]{5,20}\d)(?![\d/-])"
        ),
        1,
    ),
    ("PHONE", re.compile(r"(?<![\w-])\d{3}[-.]\d{4}(?![\w-])|(?<![\w$.,-])[2-9]\d{2} \d{4}(?![\w-])"), 0),
    ("PHONE", re.compile(r"(?i)(?<![\w])(?:ext\.?|extension)\s?(\d{2,6})(?![\w/-])"), 1),
    ("PHONE", re.compile(r"(?<![\w])\+\d{1,3}(?:[ .-]?\d{2,5}){2,5}(?!\d)"), 0),
    ("RECORD", _STRONG, 1),
    (
        "RECORD",
        re.compile(
            rf"(?i)(?<![\w-])(?:m\.?r\.?|h\.?r\.?n|ur|pt|client|patient|chart|record|file|epic|cerner|case\s+file|hosp(?:ital)?)(?:\s+(?:id|file|record|chart))?{_SOME_NUMBER}"
        ),
        1,
    ),
    (
        "RECORD",
        re.compile(r"(?i)\b(?:pt|client|patient|resident)\.?\s+(\d{4,8})(?![\w/:%-]|\s*(?:min|of|members))"),
        1,
    ),
    *_labelled(),
    (
        "LICENSE",
        re.compile(
            rf"\b(?:{_CREDENTIALS})(?:\s+(?:[Ll]ic(?:ense)?\.?|[Nn]o\.?|[Nn]umber|#)){{0,2}}\s*[-#:]?\s*([A-Z]{{0,3}}-?\d[\d-]{{3,}})(?![\w])"
        ),
        1,
    ),
    (
        "BIOMETRIC",
        re.compile(
            rf"(?i)\b(?:finger\s?|voice\s?|palm\s?)?(?:print|retina|iris|facial|face|biometric|dna|genetic)s?(?:[- ](?:of|the|member|patient|client|template|scan|recognition|hash|file|sample|profile|record|id|key|as|stored|under|on|is|was|no\.?|number|data|map|map|\w{{2,12}})){{0,6}}[\s:#]*{_CODE}"
        ),
        1,
    ),
    (
        "PLAN",
        re.compile(
            r"(?<![\w-])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d\d(?![\w-])"
        ),
        0,
    ),
    (
        "ACCOUNT",
        re.compile(r"(?<![\w-])(?:\d{4}[- ]){3}\d{3,4}(?![\w-])|(?<![\w-])3\d{3}[- ]\d{6}[- ]\d{5}(?![\w-])"),
        0,
    ),
    ("ACCOUNT", re.compile(r"(?<!\w)[A-Z]{2}\d\d(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)"), 0),
    (
        "ACCOUNT",
        re.compile(
            r"(?i)\b(?:card|visa|mastercard|amex|discover)(?:\s+(?:on\s+file|number|no\.?))*\s+(?:ending|ends|last\s+(?:four|4))(?:\s+(?:in|with|digits))*\W{1,3}(\d{4})(?!\d)"
        ),
        1,
    ),
    (
        "LICENSE",
        re.compile(rf"(?i)\b(?:driver['’]?s?\s+)?licen[cs]e(?!\s+plate){_SAYS}(?:[A-Z]{{2,5}}[- ](?=\d))?{_LETTERED}"),
        1,
    ),
    ("VEHICLE", re.compile(r"(?<![\w-])(?=[A-HJ-NPR-Z]{0,16}\d)[A-HJ-NPR-Z0-9]{17}(?![\w-])"), 0),
    (
        "VEHICLE",
        re.compile(
            r"(?i)\b(?:licen[cs]e\s+)?(?:plates?|tags?)(?:\s+(?:number|no\.?|reads?|reading|with|was|is|says|ends?|ending|in|on|the|car|of|his|her|#))*\s*[:#]?\s*[\"“']?(?-i:([A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,5})(?![a-z\w]))"
        ),
        1,
    ),
    (
        "VEHICLE",
        re.compile(
            rf"(?i)\bvin(?:\s+(?:no\.?|number|is|ends?|ending|in|last|of|digits|with|four|six|the))*\s*[:#]?\s*{_CODE}"
        ),
        1,
    ),
    (
        "DEVICE",
        re.compile(
            rf"(?i)\b(?:device|serial|pump|pacemaker|monitor|meter|implant|sensor|cgm|cpap|hearing\s+aids?|wheelchair|stimulator|phone\s+imei|tracker|bracelet)(?:\s+(?:no\.?|number|id|serial|model|is|was|s/n|sn|with|#))*\s*[:#]?\s*{_CODE}"
        ),
        1,
    ),
    (
        "VEHICLE",
        re.compile(
            rf"(?i)\b(?:licen[cs]e\s+plates?|plates?|tags?)(?:\s+(?:number|no\.?|reads?|reading|with|was|is|says))*\s*[:#]?\s*(?:[\"“'])?{_LETTERED}"
        ),
        1,
    ),
    (
        "PHOTO",
        re.compile(r"(?i)(?<![\w./-])[\w-]{1,80}\.(?:jpe?g|png|gif|heic|tiff?|bmp|webp|mp4|mov|avi|wav|m4a|mp3)\b"),
        0,
    ),
    ("OTHER", re.compile(r"(?<![\w.$/-])(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b)\d{7,}(?![\w-])"), 0),
    (
        "OTHER",
        re.compile(
            r"(?<![\w-])(?=(?:[A-Z-]{0,8}\d){4})(?![A-Z]\d{4}(?![\w-]))[A-Z]{1,5}-?\d[A-Z0-9-]{3,24}(?![\w.]\w)(?!\w)"
        ),
        0,
    ),
    (
        "OTHER",
        re.compile(
            r"(?<![\w.$/,:-])(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])\b)(?:\d{6}|[0-7]\d{4})(?![\w/:%-]|[.,]\d|\s(?:steps|dollars|units))"
        ),
        0,
    ),
    ("OTHER", re.compile(r"#\s?([A-Z]{0,3}-?\d[\dA-Z-]{3,30})(?![\w])"), 1),
    (
        "OTHER",
        re.compile(
            r"(?<![\w./:-])(?!9\d{4}-\d\d(?!\d))(?!(?:19|20)?\d\d[-/]\d{1,2}[-/]\d)(?!\d{1,2}-\d{1,2}-\d)(?!(?:[01]\d|2[0-4])[0-5]\d-(?:[01]\d|2[0-4])[0-5]\d(?!\d))(?=(?:-?\d){7})\d{2,20}(?:-\d{2,20}){1,4}(?![\w/:-])"
        ),
        0,
    ),
    ("OTHER", re.compile(r"(?<![\w-])(?=[A-Z0-9 ]{0,12}\d)[A-Z]{1,4} ?\d{3,5}(?: \d{2,5}){1,4}(?![\w/:-])"), 0),
    (
        "OTHER",
        re.compile(r"(?<![\w-])(?=[\d-]{1,7}[A-Z])\d{1,6}-[A-Z]{1,4}-?\d{2,8}(?:-\d+)?(?![\w-])"),
        0,
    ),
    (
        "OTHER",
        re.compile(
            r"(?i)\b(?:badge|locker|badge|docket|case|inmate|student|employee|cause|ticket|unit)(?:\s+(?:no\.?|number|id|#))?\s*[:#]?\s*(?-i:([A-Z]{0,3}-?\d[\dA-Z-]{2,}))(?![\w])"
        ),
        1,
    ),
    ("OTHER", re.compile(r"(?i)(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])"), 0),
)


def shaped(text: str) -> Iterator[Hit]:
    """Everything with a shape of its own or a label before it."""
    for kind, pattern, group in _SHAPES:
        for hit in pattern.finditer(text):
            if hit[group]:
                yield hit.start(group), hit.end(group), kind, hit[group]


def numbers_again(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """What a label gave away once ("MRN 44829") stands elsewhere without one ("44829 was late")."""
    told = dict.fromkeys((kind, key) for _, _, kind, key in hits if kind in TOLD_BY_A_LABEL)
    places = Places(text) if told else None
    for kind, key in told:
        if places and sum(char.isdigit() for char in key) >= _TELLING_DIGITS:
            for start, end in places.of(key):
                if text[max(0, start - 1) : start] not in ("-", "_") and text[end : end + 1] not in ("-", "_"):
                    yield start, end, kind, key
