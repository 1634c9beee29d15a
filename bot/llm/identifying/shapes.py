"""Identifiers that have a shape: contacts, birth dates, ages, numbers.

The kinds are those of 45 CFR 164.514(b)(2)(i), (A) to (R); docs/models.md has the table.
"""

import re
from collections.abc import Iterator, Sequence

from bot.llm.identifying.dates import MONTH, ORDINAL
from bot.llm.identifying.hits import Hit, Places
from bot.llm.identifying.labels import SAYS, near_figures

TOLD_BY_A_LABEL = frozenset(
    {"RECORD", "PLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "OTHER", "SSN", "PHONE", "FAX", "BIRTH", "BIOMETRIC"}
)
"""Kinds whose value is looked for again without its label."""

_TELLING_DIGITS = 4
_DATE = (
    rf"(?:\d{{1,4}}[-/. ]\d{{1,2}}[-/. ]\d{{1,4}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[- ]{MONTH},?[- ]\d{{2,4}}|\d{{8}})"
)
_BIRTH_DATE = (
    rf"{MONTH}\s+(?:the\s+)?{ORDINAL}(?:,?\s+\d{{4}})?|(?:the\s+)?{ORDINAL}\s+(?:of\s+)?{MONTH}(?:,?\s+\d{{4}})?|"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[-\s]+{MONTH},?(?:[-\s]+(?:of\s+)?['’]?\d{{2,4}})?"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:of\s+)?['’]?(?:\d{{4}}|\d\d(?!:)))?|{MONTH}(?:\s+of)?,?\s+['’]?(?:\d{{4}}|\d\d)"
    r"|\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{1,2}/\d{2,4}|\d{8}|\d{6}|(?:19|20)\d\d|['’]\d\d"
)
# Not a number of somebody's: a procedure code (9 and four digits, a letter and four digits), an ICD code, a year, a date.
_LETTERED = r"(?-i:((?=[A-Z0-9 -]{0,24}\d)[A-Z0-9]{1,4}(?:[- ]?[A-Z0-9]{2,8}){1,3})(?![a-z\w]))"
# A short number behind a label and a sign that says so: "MR# 331", "Client No. 4471".
_SOME_NUMBER = (
    r"(?:\s*(?:\#|no\b\.?|num(?:ber)?\b|id\b|ending(?:\s+in)?\b)\s*:?){1,2}\s*([A-Z]{0,4}-?\d[\dA-Z-]{2,30})(?![\w])"
)
# Letters and figures in one word: "FP-88120", "670G-NG1192837H".
_CODE = r"(?-i:((?=[A-Z0-9_/.:-]{0,24}\d[A-Z0-9_/.:-]{0,24}\d)[A-Z0-9]{1,12}(?:[-_/.:][A-Z0-9]{1,14}){0,4})(?![\w-]))"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


_CREDENTIALS = (
    "LCSW|LMSW|LICSW|LISW|LPC|LPCC|LMHC|LMFT|LCPC|LCADC|CADC|LADC|CAC|PsyD|PhD|MD|DO|NP|PMHNP|APRN|PA-C|RN|LPN|BCBA"
)
_STRONG = re.compile(r"(?i)\bmrn\W{0,4}([A-Z]{0,5}[-#]?\d[\dA-Z-]{0,30})")
_TLD = "com|org|net|edu|gov|io|co|us|me|info|health|care|app|tv|example|biz|mil|shop|page|site|online|store|blog|xyz|link|live|club|uk|ca|de|fr|mx|ly|ai|dev|test|invalid|social|church|clinic"
_PLATFORMS = (
    "insta(?:gram)?|ig|tiktok|snap(?:chat)?|twitter|discord|reddit|telegram|venmo|cash\\s?app|zelle|paypal|fb|facebook|handle|user\\s?name|screen\\s?name|"
    "gamertag|psn|kik|twitch|youtube|steam|linkedin|threads|bluesky|whatsapp|skype|onlyfans|xbox|roblox|login|user"
)
_URL = rf"\b(?:https?://|www\.)[^\s<>\"]+|(?<![\w@.-])(?:[\w-]{{1,60}}\.){{1,4}}(?-i:{_TLD})(?:/[^\s<>\"]*)?(?![\w@])(?!\.\w)"
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
    (
        "URL",
        re.compile(r"(?i)\b(?:linkedin|facebook|fb|insta(?:gram)?|ig|reddit|youtube|yt)\s*:?\s+(/[\w./-]{3,60})"),
        1,
    ),
    (
        "URL",
        re.compile(
            r"(?<![\w@.])@(?!(?:here|channel|everyone|team|billing|ops|all|frontdesk)\b)[A-Za-z_][\w.-]{2,30}(?![\w@])"
        ),
        0,
    ),
    (
        "URL",
        re.compile(
            rf"(?i)(?<![\w@])(?:{_PLATFORMS})(?:\s+(?:is|as|at|user(?:name)?|name|handle|account|acct|page|profile|id|under|tag|called|sn|=))*\s*[:=]?\s*"
            r"[\"“(]?((?:[@$](?=[A-Za-z_])|(?=[A-Za-z]{0,30}[\d_.#][A-Za-z\d_]))[A-Za-z_][\w.#-]{2,30})(?![\w@])"
        ),
        1,
    ),
    ("URL", re.compile(r"(?<![\w@./-])(?:[a-z][\w-]{0,40}\.){1,3}[a-z]{2,6}/[^\s<>\"]{2,}", re.IGNORECASE), 0),
    ("IP", _shape(r"(?<![\d.])(?<!version\s)(?<!ver\.\s)(?<!\bv)(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?(?![\d.]\d)"), 0),
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
            rf"(?i)\b(?:d\.?\s?o\.?\s?b\.?|(?:birth\s?date|date\s+of\s+birth)|birthday|b-?day|born(?:\s+on)?|bd)\W{{0,4}}(?:(?:is|was|on)\s+)?(?:\w+day,?\s+)?({_DATE})"
        ),
        1,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)\b(?:d\.?\s?o\.?\s?b\b\.?|birth\s?date|date\s+of\s+birth|birth\s?day|b-?day|born|yob|year\s+of\s+birth|b\.|b/?d)(?:[\s:=,(-]|\b(?:is|was|on|in|of|about|around|back|next|coming|up)\b){{0,8}}((?:the\s+)?(?:[a-z]{{2,6}}day,?\s+)?{_BIRTH_DATE})(?![\w/])"
        ),
        1,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)\b(?:birth\s?date|birthday|b-?day|born)(?:\s+(?:is|was|on|in))*\s+({MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}/\d{{1,2}}|{MONTH}\s+(?:of\s+)?\d{{4}})(?![\w/])"
        ),
        1,
    ),
    (
        "BIRTH",
        re.compile(
            rf"(?i)({_DATE}|\d{{1,2}}/\d{{4}})\s*\(?\s*(?:d\.?o\.?b\b|date\s+of\s+birth|birth\s?date|birthday|is\s+(?:(?:his|her|their|my|the)\s+|[\w’']{{1,20}}['’]s\s+)?(?:birthday|birth\s+month|b-?day))"
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
    (
        "AGE",
        re.compile(
            rf"(?i)\b(?:(?:grand|god|step|great-grand)?(?:father|mother|mom|dad|ma|pa|parent)|aunt|uncle|widow(?:er)?|patient|client|pt|member|neighbor|sister|brother|wife|husband|mil|fil|she|he)\s*[,(]\s*({_OLD})(?=\s*[,);.]|$)"
        ),
        1,
    ),
    (
        "AGE",
        re.compile(
            rf"(?<![A-Z] )\b[A-Z][a-z’'-]+,\s({_OLD})(?=,\s*(?:who|and|is|was|lives|in|still|has|now|widow\w*|retired)\b|\))"
        ),
        1,
    ),
    (
        "AGE",
        re.compile(rf"(?i)\b(?:I\s+am|I['’]m|who\s+is|who['’]s|is\s+now|nearly|almost)\s+({_OLD})(?!{_NO_AGE})"),
        1,
    ),
    (
        "AGE",
        re.compile(rf"(?i)\b(?:lived|made\s+it|live|lives)\s+(?:to|until|past)\s+(?:be\s+)?({_OLD})(?!{_NO_AGE})"),
        1,
    ),
    ("AGE", re.compile(rf"(?i)\b(?:age|aged)\W{{1,4}}({_OLD})(?![\w%./])"), 1),
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
    ("SSN", re.compile(r"(?<!\d )(?<![\w-])(?:\d[ ]){8}\d(?![ ]?\d)"), 0),
    ("SSN", re.compile(r"(?i)\b(?:last\s?(?:four|4)|l4|ssn\s?4)\W{1,3}(\d{4})(?!\d)"), 1),
    ("SSN", re.compile(r"(?<![\d-])\d{3}[- ]\d{3}[- ]\d{3}(?![\d-])|(?<![\d-])\d{3}-\d{2}-[xX*#]{4}"), 0),
    (
        "FAX",
        re.compile(
            rf"(?i)\b(?:fax|facsimile)(?:\s+(?:number|no\.?|is|at|to|line|records|the|notes?|it|them|results))*\W{{0,4}}{_ANY_PHONE}(?!\d)"
        ),
        1,
    ),
    ("FAX", re.compile(rf"(?i)({_PHONE})(?=\s*\(?(?:fax|f\))\b)"), 1),
    (
        "FAX",
        re.compile(
            r"(?i)\b(?:fax|fx)\s*(?:\#|no\.?|number)?\s*(?:is|at|to|:)?\s*(0\d{3}|(?!(?:19|20)\d\d)[1-9]\d{3})(?![\d/:-])"
        ),
        1,
    ),
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
    ("PHONE", re.compile(r"(?<![\w])(?:\+|00|011[ -])\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,6}(?!\d)"), 0),
    (
        "PHONE",
        re.compile(
            r"(?<![\w-])(?:1[-. ])?\(?8\d\d\)?[-. ]\d{3}[-. ][A-Z]{4}\b|(?<![\w-])(?:1[-. ])?8\d\d[-. ][A-Z]{7}\b"
        ),
        0,
    ),
    ("PHONE", re.compile(r"(?<![\w-])\(?\d{3}\)?([*·~_|])\d{3}\1\d{4}(?!\d)"), 0),
    ("PHONE", re.compile(rf"{_PHONE}(?:\s?/\s?|\s+(?:or|and|&)\s+)(\d{{4}})(?![\d/:-])"), 1),
    ("PHONE", re.compile(r"(?i)\b(?:the|that|to|not|or)\s+(\d{4})\s+(?:one|number|line)\b"), 1),
    ("PHONE", re.compile(r"(?i)\b(?:number|cell|phone|line)\s+(?:ends?|ending)(?:\s+(?:in|with))?\s+(\d{4})(?!\d)"), 1),
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
        re.compile(rf"(?i)\b(?:driver['’]?s?\s+)?licen[cs]e(?!\s+plate){SAYS}(?:[A-Z]{{2,5}}[- ](?=\d))?{_LETTERED}"),
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
        re.compile(r"(?i)(?<![\w./-])[\w.-]{1,80}\.(?:jpe?g|png|gif|heic|tiff?|bmp|webp|mp4|mov|avi|wav|m4a|mp3)\b"),
        0,
    ),
    ("OTHER", re.compile(r"(?<![\w.$/-])(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b)\d{7,}(?![\w-])"), 0),
    (
        "OTHER",
        re.compile(
            r"(?<![\w.$/,:-])(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])\b)(?:\d{6}|[0-7]\d{4})(?![\w/:%-]|[.,]\d|\s(?:steps|dollars|units))"
        ),
        0,
    ),
    ("OTHER", re.compile(r"#\s?([A-Z]{0,3}-?\d[\dA-Z-]{2,30}(?:[ ]\d{2,6}(?![\w/:-])){0,5})(?![\w])"), 1),
    ("OTHER", re.compile(r"(?<!\w)1Z(?:[ ]?[0-9A-Z]{2,4}){4,6}(?!\w)"), 0),
    (
        "OTHER",
        re.compile(
            rf"(?i)\b(?:locator|confirmation(?:\s+code)?|pass\s?code|password|access\s+code|promo\s+code|join\s+code)\s*(?:is|was|:|=|\#)*\s*{_CODE}"
        ),
        1,
    ),
    ("ACCOUNT", re.compile(r"(?i)\b(?:cvv2?|cvc|csc|security\s+code|pin)\W{0,3}(?:is\s+)?(\d{3,6})(?!\d)"), 1),
    (
        "ACCOUNT",
        re.compile(
            r"(?i)\b(?:card|visa|mastercard|mc|amex|discover|debit|credit|acct|account|checking|savings)\s*(?:x{1,12}|\*{1,12}|\.{2,4}|…|[•#]{1,12})[- ]?(\d{4})(?!\d)"
        ),
        1,
    ),
    ("VEHICLE", re.compile(r"(?<![\w-])[A-Z]{2}[ -]\d{3}[ -][A-Z]{3}(?![\w-])"), 0),
    (
        "VEHICLE",
        re.compile(
            r"(?i)\b(?:car|truck|van|suv|sedan|pickup|jeep|bike|motorcycle|scooter|minivan|rv|trailer|moped|civic|corolla|camry|accord|honda|toyota|ford|chevy|nissan|subaru|kia|hyundai)"
            r"(?:\s+(?:is|was|with|has|reg(?:istration)?|no\.?|\#))*\s*[,(:]?\s*(?-i:((?=[A-Z0-9 -]{0,8}\d)(?=[A-Z0-9 -]{0,8}[A-Z])[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,5})(?![a-z\w-]))"
        ),
        1,
    ),
    ("OTHER", re.compile(r"(?<![\w-])(?=[A-Z0-9 ]{0,12}\d)[A-Z]{1,4} ?\d{3,5}(?: \d{2,5}){1,4}(?![\w/:-])"), 0),
    (
        "OTHER",
        re.compile(
            r"(?i)\b(?:badge|locker|badge|docket|case|inmate|student|employee|cause|ticket|unit)(?:\s+(?:no\.?|number|id|#))?\s*[:#]?\s*(?-i:([A-Z]{0,3}-?\d[\dA-Z-]{2,}))(?![\w])"
        ),
        1,
    ),
)


# What may hold no figure at all; the others are looked for near figures only, which saves half of the time.
_WITHOUT_FIGURES = frozenset({"EMAIL", "URL", "PHOTO", "AGE", "BIRTH"})


def shaped(text: str) -> Iterator[Hit]:
    """Everything with a shape of its own or a label before it."""
    stretches = list(near_figures(text))
    for kind, pattern, group in _SHAPES:
        for start, end in [(0, len(text))] if kind in _WITHOUT_FIGURES else stretches:
            for hit in pattern.finditer(text, start, end):
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
