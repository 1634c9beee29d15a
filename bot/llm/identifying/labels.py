"""Numbers behind a label that says whose they are: record, plan, account, licence, vehicle, device, case."""

import re
from collections.abc import Iterator

from bot.llm.identifying.dates import MONTH
from bot.llm.identifying.hits import Hit

_DAY = r"\d{1,2}/\d{1,2}(?![\d/])"
_CALENDAR = (
    rf"(?:(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|[12]\d|3[01])[-/. ](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[- ]{MONTH},?[- ]\d{{2,4}}|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d|(?:0[1-9]|1[0-2])[0-3]\d(?:19|20)\d\d)"
)
_NO_NUMBER = rf"(?!{_DAY})(?!{_CALENDAR}(?![\w-]))(?!(?:9\d{{4}}|[A-Z]\d{{4}}|[A-Z]\d\d(?:\.\d+)?|(?:19|20)\d\d)(?![\w-]|[ ]\d{{2,}}\b(?![/:-])))"
# Four digits or more, perhaps in groups and with letters between: "W2281 09937", "24-CR-00817", "HM-5521-88".
_VALUE = (
    r"((?=(?:[A-Z#./_-]{0,6}[ ]?\d){4})(?:(?!(?:dos|dob|cpt|pos|icd|dx|on|for|and|or|in|to|by|id|no|is|at|as|with)\b)(?-i:[A-Z]{1,4})[ ](?=[\d -]{6})(?!\d{4}-\d\d-\d\d)(?!9\d{4}(?!\d)))?[A-Z]{0,5}[-#./_:]?(?:\d[\dA-Z]{0,20}|[A-Z]{1,4}\d[\dA-Z]{0,20})"
    r"(?:[-./_][\dA-Z]{1,20}|[ ](?=\d{2,}\b(?![/:-]\d))\d{2,}|[ ]\d[A-Z]?\b(?![/:.-]\d)(?![ ](?:visits?|units?|sessions?|of|x|times|min\w*|hrs?|hours?|days?|weeks?|members?|people|charts?|notes?|claims?|dates?|dos|more|left|used|groups?|[a-z]{0,3}\d)\b)){0,5})(?!\w)"
)
# Three figures, or two beside a letter, behind a label that says so: "badge no 118", "chart 77-B" and no "claim # 3".
_SMALL_LETTERS = r"(?!(?:with|for|and|was|is|on|of|the|at|to|in|no|by|or|as|per|has|not|are|but|via|id|num|dos|cpt|code|dx|pos|from)\b)[a-z]{1,4}[ ](?=[\d ]{7})(?!9\d{4}(?!\d))"
_SHORT_VALUE = (
    r"(?!(?:9\d{4}|[A-Z]\d{4})(?!\d))((?-i:(?=[A-Z\d./_-]{0,14}\d)(?=[\d./_-]{0,14}[A-Z])(?=(?:[A-Z./_-]{0,6}\d){2})[A-Z\d]{1,8}(?:[-./_][A-Z\d]{1,8}){0,4})|\d{3,})"
    r"(?![\w/-]|[.:]\d|\s?(?:mg|min|units?|days?|sessions?|members?)\b)"
)
SAYS = (
    r"(?:\s*(?:\#|no\b\.?|num(?:ber)?s?\b|ids?\b|code\b|end(?:s|ing)?\b|is\b|was\b|in\b|on\b|file\b|the\b|of\b|card\b|reads?\b|shows?\b|as\b|under\b|"
    r"listed\b|s/n\b|sn\b|\.(?=\s)|now\b|new\b|old\b|his\b|her\b|their\b|given\b|still\b|says\b|form\b|with\b|:|=|-(?=\s)|,(?=\s*\#)|\()){0,6}\s*[\"“']?"
)
_MUST_SAY = r"(?:\s*(?:\#|no\b\.?|num(?:ber)?s?\b|ids?\b|code\b|:|=)){1,4}\s*"

_LABELS: tuple[tuple[str, str], ...] = (
    (
        "RECORD",
        r"med(?:ical)?\.?\s+rec(?:ord)?\.?|health\s+record|record|chart|m\.?\s?r\.?\s?n\.?|emr|ehr(?:\s+(?:id|export|row))?|empi|mpi|(?:patient|client|pt|encounter|visit|person|enterprise|resident|consumer|system)[\s_]?(?:ids?|no\.?|num(?:ber)?|account)|"
        r"(?:patient|client|pt|encounter|visit|person)(?=\s*\#)|hosp(?:ital)?\s+(?:no\.?|num(?:ber)?|id)|unit\s+(?:no\.?|num(?:ber)?)|record\s+locator|locator|case\s*file|fin|encounter|folder|jacket",
    ),
    (
        "PLAN",
        r"mem(?:ber)?(?:ship)?|sub(?:scriber)?(?=\s+(?:id|no|num|\#))|subscriber|subs?\s?id|grp|bic|rid|hic|payer\s+id|dbn|(?:aetna|cigna|humana|anthem|bcbs|uhc|optum|kaiser|molina|centene|magellan|aarp|wellcare|ambetter|beacon|carelon|medicaid|medicare|tricare|mcaid)(?!\W{1,3}9\d{4}(?!\d))|policy(?:\s*holder)?|beneficiary|mbi|hicn|insurance|insured|group(?=\s+(?:no\b\.?|num(?:ber)?|id|\#))|"
        r"(?:health\s+)?plan(?=\s+(?:no\b\.?|num(?:ber)?|id|\#))|dependent|enrollee|recipient|cin|rx\s*(?:bin|pcn|grp|group)",
    ),
    (
        "ACCOUNT",
        r"account|acct|a/c|ledger|cvv|cvc|check(?=\s*(?:\#|no))|eft|routing|visa|mastercard|amex|discover|debit|(?:(?:credit|debit|bank|gift|hsa|fsa)\s+)?card|checking|savings|invoice|statement|guarantor|wire|aba|iban|venmo|paypal",
    ),
    (
        "LICENSE",
        r"licen[cs]e|lic|licensure|cdl|real\s+id|state\s+id|cert|reg(?=\s+(?:no|num|\#))|npi|dea|certificat(?:e|ion)|credential|caqh|upin|taxonomy\s+id|driver'?s?\s+licen[cs]e|dl|permit|registration",
    ),
    (
        "VEHICLE",
        r"vin|hin|vehicle(?:\s+identification)?|title|(?:car|motorcycle|truck|boat|trailer)\s+reg(?:istration)?",
    ),
    (
        "DEVICE",
        r"device|ser|asset|transmitter|receiver|sensor|bipap|dexcom|libre|scram|interlock|tracker|bracelet|unit|serial|s/n|sn|udi|imei|imsi|mac|pacemaker|implant|pump|cgm|monitor|meter|model|lot|cpap|hearing\s+aid|icd\s+device|stimulator",
    ),
    (
        "OTHER",
        r"auth(?:ori[sz]ation)?|pre-?cert(?:ification)?|icn|dcn|tcn|era|trace|trn|cps|aps|dcf|dhs|cdcr|bop|parole|intake|passcode|password|mtg|dd|doc|complaint|grievance|appeal|po|invoice|batch|eob|remit(?:tance)?|policy|pre-?auth(?:ori[sz]ation)?|certification|claim|reference|ref|approval|confirmation|case|docket|cause|badge|inmate|prisoner|"
        r"booking|student|employee|staff|passport|visa|alien|a-?number|tracking|ticket|order|rx|prescription|referral|ein|tin|tax(?:payer)?|"
        r"warrant|citation|incident|report|file|locker|unit\s+id|user(?:name)?|login|pin|token|session\s+id|meeting|probation|court|doc|military|"
        r"service\s+number|dod|voter|library|accession|specimen|barcode|tag|account\s+handle|itin|ssi|snap|ebt|id",
    ),
    ("BIOMETRIC", r"finger\s?print|voice\s?print|palm|retina(?:l)?|iris|facial|face|biometric|dna|genetic"),
)
_AFTER = r"(?:\s+(?:record|card|scan|template|monitor|file|sample|profile|number|no\.?|id|case|identifier|identification|recognition|hash|key))?"


def _labelled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """One pattern a kind; what stands behind the label is its last group."""
    for kind, labels in _LABELS:
        values = (
            rf"{SAYS}{_NO_NUMBER}{_VALUE}",
            rf"{_MUST_SAY}(?!{_CALENDAR}(?![\w-])|{_DAY})(?:{_SMALL_LETTERS})?{_VALUE}",
            rf"{_MUST_SAY}{_SHORT_VALUE}",
        )
        yield kind, re.compile(rf"(?i)(?<![\w-])(?:{labels})s?{_AFTER}(?:{'|'.join(values)})")


_LABELLED = tuple(_labelled())
_FIGURE = re.compile(r"\d")
_BEFORE, _AFTER_IT = 90, 60


def labelled(text: str) -> Iterator[Hit]:
    """What stands behind a label, without the label."""
    stretches = list(near_figures(text))
    for kind, pattern in _LABELLED:
        for start, end in stretches:
            for hit in pattern.finditer(text, start, end):
                value = hit.lastindex or 0
                yield hit.start(value), hit.end(value), kind, hit[value]


def near_figures(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of whole words that hold every figure with what may stand before and behind it."""
    start = end = -1
    for hit in _FIGURE.finditer(text):
        if end < 0 or hit.start() > end:
            if end >= 0:
                yield start, end
            start = max(0, end, text.rfind(" ", 0, max(0, hit.start() - _BEFORE)) + 1)
        if hit.end() + _AFTER_IT > end:
            end = text.find(" ", min(len(text), hit.end() + _AFTER_IT))
            end = len(text) if end < 0 else end
    if end >= 0:
        yield start, end
