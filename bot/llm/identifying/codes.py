"""Numbers that no label tells: whatever is written like one and is none that a note or a claim needs.

Kept are dates, times, quantities, scores, and the codes of billing (procedures, modifiers, diagnoses, denials, forms).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.llm.identifying.hits import Hit

_TOKEN = re.compile(
    r"(?<![\w@$])(?<!\w\.)(?=[A-Za-z_./#:-]{0,20}\d)[A-Za-z0-9]{1,24}(?:[-_/.#:]{1,2}[A-Za-z0-9]{1,24}){0,7}(?![\w@]|\.\d)"
)
_MODIFIERS = r"(?:[-:/][A-Z0-9]{2}){0,4}"
_PROCEDURE = rf"(?:[89]\d{{4}}|[A-Z]\d{{4}}|\d{{4}}[TFUM]){_MODIFIERS}(?:x\d{{1,2}}|s)?"
_DIAGNOSIS = r"[A-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?"
_CLOCK = r"\d{1,2}(?::\d\d){0,2}(?:[ap]\.?m?)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d\d)|\d{{1,2}}/\d{{1,2}}|\d{{1,2}}/\d{{4}}|\d{{4}}-\d\d"
    rf"|\d{{1,2}}[-./]?{_MONTH}[-./]?(?:\d{{4}}|\d\d)?|{_MONTH}[-./]?\d{{1,2}}(?:[-./]\d{{2,4}})?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))"
)
_UNIT = r"(?:[a-zµ]{1,6}|[A-Z]|mL|mEq|IU|MG|ML|MIN)(?:/[a-z]{1,5})?"
_KEPT_FORMS = (
    _PROCEDURE,
    rf"{_PROCEDURE}(?:[-/]{_PROCEDURE}){{1,5}}",
    rf"{_DIAGNOSIS}(?:[-/]{_DIAGNOSIS}){{0,5}}",
    rf"{_DAY}(?:-{_DAY})?(?:t\d\d:\d\d.{{0,6}})?",
    rf"{_CLOCK}(?:[-/]{_CLOCK})?",
    r"(?:[01]\d|2[0-4])[0-5]\d(?:h|hrs)?(?:[-/](?:[01]\d|2[0-4])[0-5]\d(?:h|hrs)?)?",
    rf"\d{{1,4}}(?:\.\d{{1,2}})?(?:[-/]\d{{1,4}}(?:\.\d{{1,2}})?)?-?{_UNIT}",
    r"\d{1,3}x\d{1,3}[a-z]{0,5}|\d{1,4}",
    r"\d{1,3}[-/:]\d{1,3}|\d{1,2}(?:[-/:]\d{1,2}){1,2}|\d{1,2}(?:[-/]\d{1,2})+",
    r"\d{1,6}\.\d{1,3}(?:[-/]\d{1,4}(?:\.\d{1,3})?)?",
    r"\d{1,4}[-/]\d{1,2}|\d{1,3}-\d{1,3}\.\d{1,3}",
    r"(?:19|20)\d\d(?:s|[-/](?:19|20)?\d\d)?|[a-z]{1,6}[-']?(?:19|20)\d\d|q[1-4][-/]?(?:19|20)?\d\d",
    # Measures and their scores ("PHQ-9", "GAD7/PHQ9"), rooms and steps ("B12", "step4").
    r"[a-z]{2,12}(?:-[a-z]{1,4})?-?\d{1,2}(?:-?[a-z]{1,3})?(?:[/:]\d{1,3}){0,2}|[a-z]{1,3}-?\d{1,3}[a-z]?",
    # Denials and remarks, transactions and forms.
    r"(?:co|pr|oa|pi|cr)-?\d{1,3}|(?:m|n|ma)\d{1,3}|2[67]\d(?:ca+)?(?:-[a-z]\d)?|a\d:\d{1,3}|83[57][pidx]?|00\d{4}x\d{3}(?:a\d)?",
    r"w-?[2-9]g?|(?:cms|hcfa|ub|form|dsm|icd|sf|va|ssa|cfr|dd|i|ds)-?\d{1,4}(?:-\w{1,4}|s)?|\d\dcfr\S*|\d{3}[a-z0-9]{6}x",
    r"\d{1,3}(?:\.\d{1,3}){2,3}|p(?:age|g)?\.?\d{1,3}(?:/\d{1,3})?",
)
_KEPT = re.compile("|".join(f"(?:{form})" for form in _KEPT_FORMS), re.IGNORECASE)
_PIECE_KEPT = re.compile(rf"(?i:{_DIAGNOSIS}|{_PROCEDURE}|\d{{1,3}}|[a-z]+(?:-?\d{{1,2}})?|(?:19|20)\d\d)")
_ENOUGH = 4
_SOME = 3
_LONG_RUN = 7
_BETWEEN = re.compile(r"[A-Za-z]\d|\d[A-Za-z]|[-_/.#:]")
_DIGITS = {
    "zero": 0,
    "oh": 0,
    "o": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_SAID = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_SPELLED = re.compile(
    rf"(?i)(?<![\w-])(?:{_SAID}|double\s+(?:{_SAID})|(?:[a-z]\s+as\s+in\s+\w+))(?:[\s,-]+(?:{_SAID}|double\s+(?:{_SAID})|triple\s+(?:{_SAID})|dash|hyphen|slash|dot|"
    r"\d{1,4}|hundred|(?-i:[A-Z])|[a-z]\s+as\s+in\s+\w+)(?!\w)){3,}(?![\w-])|(?<![\w-])(?:[a-z]\s+as\s+in\s+\w+[\s,-]+){1,4}\d[\d -]{2,14}\d"
)


def codes(text: str) -> Iterator[Hit]:
    """Words of figures, letters and signs that are no code, date, time or quantity; figures spelled out in a row."""
    for hit in _TOKEN.finditer(text):
        if _is_somebodys(hit[0]):
            yield hit.start(), hit.end(), "OTHER", hit[0]
    for hit in _SPELLED.finditer(text):
        if not _counts(hit[0]):
            yield hit.start(), hit.end(), "OTHER", hit[0]


def _is_somebodys(token: str) -> bool:
    digits = sum(sign.isdigit() for sign in token)
    if digits < _SOME or (digits == len(token) and digits < _LONG_RUN) or _KEPT.fullmatch(token):
        return False
    pieces = re.split(r"[/:]", token)
    if len(pieces) > 1 and all(_PIECE_KEPT.fullmatch(piece) for piece in pieces):
        return False
    if digits >= _ENOUGH:
        return True
    return len(_BETWEEN.findall(token)) > 1 and not token.islower()


def _counts(said: str) -> bool:
    """Whether the figures go up or down by one, as somebody counts: "five, four, three, two, one"."""
    figures = [_DIGITS[word] for word in re.findall(r"[a-z]+", said.lower()) if word in _DIGITS]
    steps = {after - before for before, after in pairwise(figures)}
    return len(steps) == 1 and steps <= {1, -1}
