"""Names, addresses and numbers in rows that programs write: X12 segments, HL7 messages, rows with commas or bars."""

import re
from collections.abc import Iterator

from bot.llm.identifying.hits import Hit

_NAMES = re.compile(r"(?m)\bNM1\*\w{2}\*1\*([^*~\n]*)\*([^*~\n]*)\*?([^*~\n]*)")
_ADDRESS = re.compile(r"\bN[34]\*([^~\n]{3,80})")
_IDENTIFIES = re.compile(
    r"\b(?:REF\*(?:SY|EI|EA|1L|0F|1W|IG|6P|G1|F8|D9|9F|HPI|LU|TJ)|CLM|TRN\*\d|NM1(?:\*[^*~\n]*){7}\*\w\w)\*([^*~\n]{3,40})"
)
_PERSON = re.compile(r"(?m)^(?:PID|NK1|GT1|IN1|PV1)\|.*$")
_FIELD = re.compile(r"[^|\n]+")
_CARET = re.compile(r"(?<![\w^])([A-Za-z'’. -]{2,30}(?:\^[A-Za-z'’.-]{0,30}){1,4})")
_ROW = re.compile(
    r"(?m)(?:^|(?<=[|;\t]))[ \t\"']*([A-Z][A-Za-z'’-]{1,25})\"?,[ ]?\"?([A-Z][A-Za-z'’-]{1,25})(?:[ ][A-Z]\.?)?\"?(?=[,|;\t]\s?(?:\d|\"|[MFX][,|;\t]))"
)
_KEY = re.compile(
    r"(?i)[\"'](?:(?:first|last|middle|full|patient|member|subscriber|client|given|family|display)[_ -]?(?:name)?|name|surname|lname|fname)[\"']\s*:\s*[\"']([^\"'\n]{2,40})[\"']"
)
_PLACE_KEY = re.compile(
    r"(?i)[\"'](?:address\d?|addr\d?|street|city|town|zip(?:code)?|postal_?code|county|employer|school)[\"']\s*:\s*[\"']([^\"'\n]{2,60})[\"']"
)

_KINDS = (
    (_NAMES, "PERSON"),
    (_ADDRESS, "ADDRESS"),
    (_IDENTIFIES, "OTHER"),
    (_ROW, "PERSON"),
    (_KEY, "PERSON"),
    (_PLACE_KEY, "ADDRESS"),
    (_CARET, "PERSON"),
)


def segments(text: str) -> Iterator[Hit]:
    """What the place in a row or the key of a field tells."""
    for pattern, kind in _KINDS:
        for hit in pattern.finditer(text):
            for group in range(1, pattern.groups + 1):
                if hit[group]:
                    yield hit.start(group), hit.end(group), kind, hit[group]
    for row in _PERSON.finditer(text):
        for field in _FIELD.finditer(row[0]):
            if "^" in field[0]:
                kind = "PERSON" if _CARET.fullmatch(field[0]) else "ADDRESS" if " " in field[0] else "RECORD"
                yield row.start() + field.start(), row.start() + field.end(), kind, field[0]
