"""Members as records of an export: objects of JSON, each with a key that says who."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.review.segment_tables import Row

_WHO = re.compile(
    r"[\"'](?:(?:group_?)?(?:patient|client|member|participant|pt|consumer|attendee|resident|person))?[_ ]?"
    r"(?:name|initials|id|label|mrn|display_?name)?[\"']\s*:\s*[\"'](?P<who>[^\"'\n{}\[\]]{1,40})[\"']",
    re.IGNORECASE,
)
_BRACE = re.compile(r"[{}]")
_FEWEST_LETTERS = 12


def find_records(text: str) -> list[Row]:
    """The objects that stand in one list and name somebody each, in order; none where two name the same one."""
    if "{" not in text or not re.search(r"[\"']\s*:", text):
        return []
    found: dict[tuple[int, int], str] = {}
    keys: dict[tuple[int, int], str] = {}
    inner = list(_objects(text))
    at = 0
    for match in _WHO.finditer(text):
        while at < len(inner) and inner[at][1] <= match.start():
            at += 1
        if at < len(inner) and inner[at][0] <= match.start():
            found.setdefault(inner[at], match["who"].strip())
            keys.setdefault(inner[at], match.group().split(":", 1)[0])
    usual = Counter(keys.values()).most_common(1)
    if usual and usual[0][1] > 1:  # the one with another key led the group
        found = {place: who for place, who in found.items() if keys[place] == usual[0][0]}
    told = sum(sum(map(str.isalnum, text[a:b])) >= _FEWEST_LETTERS for a, b in found)
    if len(found) < 2 or told < len(found) or len(set(found.values())) < len(found):
        return []
    return [Row(who, (place,), ()) for place, who in found.items()]


def _objects(text: str) -> Iterator[tuple[int, int]]:
    """The objects of the second level of braces, or of the first where a list of them is all there is."""
    top = 1 if text.lstrip().startswith("[") else 2
    depth, start = 0, 0
    for brace in _BRACE.finditer(text):
        if brace.group() == "{":
            depth += 1
            start = brace.start() if depth == top else start
        else:
            if depth == top:
                yield start, brace.end()
            depth = max(0, depth - 1)
