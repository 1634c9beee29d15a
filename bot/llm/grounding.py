"""Does what a model said stand in what it was given? Pure checks, no model and no guess.

Everything here errs on the side of refusing: a refused sentence costs style, an accepted wrong one a claim.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Found(NamedTuple):
    """Where a quote stands: `text[start:end] == quote`, in the text's own spelling."""

    quote: str
    start: int
    end: int


# Typography that models straighten or curl when they quote.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)


def locate(quote: str, text: str, spans: Iterable[tuple[int, int]]) -> Found | None:
    """Find `quote` inside one of `spans` of `text`: letter for letter, else but for white space and curly signs.

    Nothing fuzzier: a changed word is an invented quote. A quote with fewer than two letters or digits is
    no evidence of anything and is not found.
    """
    wanted = quote.strip()
    if sum(char.isalnum() for char in wanted) < 2:
        return None
    ranges = list(spans)
    for start, end in ranges:
        at = _whole(wanted, text[start:end])
        if at is not None:
            return Found(text[start + at : start + at + len(wanted)], start + at, start + at + len(wanted))
    plain_quote, _ = _flatten(wanted)
    for start, end in ranges:
        plain, offsets = _flatten(text[start:end])
        at = _whole(plain_quote, plain)
        if at is not None:
            first, last = start + offsets[at], start + offsets[at + len(plain_quote) - 1] + 1
            return Found(text[first:last], first, last)
    return None


def _whole(wanted: str, text: str) -> int | None:
    """The first place of `wanted` that does not begin or end inside a word ("gaged" is no quote of "engaged")."""
    pattern = re.escape(wanted)
    if wanted[0].isalnum():
        pattern = r"(?<!\w)" + pattern
    if wanted[-1].isalnum():
        pattern += r"(?!\w)"
    hit = re.search(pattern, text)
    return hit.start() if hit else None


def _flatten(text: str) -> tuple[str, list[int]]:
    """The text with plain quotes and single spaces, and for each of its characters where it came from."""
    kept: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        if unicodedata.category(char) == "Cf":  # zero-width signs
            continue
        plain = " " if char.isspace() else char.translate(_PLAIN)
        if plain == " " and (not kept or kept[-1] == " "):
            continue
        kept.append(plain)
        offsets.append(index)
    if kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return "".join(kept), offsets


_ORDER = re.compile(
    r"""(?ix)
    \b(?:ignore|disregard|forget|override)\b .{0,40} \b(?:previous|prior|above|earlier|all|any|other|your|these|rubric|rules?|instructions?)\b
    | \b(?:mark|rate|score|grade|treat|count|record|report|list|label|return|output|consider|classify)\b
      .{0,60} \b(?:as|to\s+be|=|:)\s* ["']?(?:met|ready|complete[d]?|compliant|pass(?:ed|ing)?|satisf(?:ied|actory)|missing)\b
    | \b(?:all|every|each)\s+(?:\w+\s+){0,3}(?:items?|elements?|checks?|criteria|requirements?)\b .{0,30} \b(?:met|satisfied|passed|complete)\b
    | \b(?:note\s+to|attention|attn|dear|instructions?\s+(?:to|for))\s+(?:the\s+)?(?:\w+\s+)?(?:reviewer|auditor|grader|model|assistant|ai|system|llm|copilot|bot|payer)\b
    | \b(?:reviewer|auditor|grader|assistant|ai|model|llm|copilot|bot)s?\s*(?:[:,]|\b(?:must|should|shall|please|is\s+to|are\s+to)\b)
    | \byou\s+(?:must|should|shall|will|are\s+(?:now|to))\s+(?:mark|rate|score|treat|ignore|approve|accept|return|output|give)\b
    | \b(?:system\s+prompt|prompt\s+injection|</?(?:note|system|instructions?)>)
    """
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|\n")


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that `text[start:end]` touches."""
    return " ".join(
        hit[0].strip() for hit in _SENTENCE.finditer(text) if hit.start() < end and hit.end() > start and hit[0].strip()
    )


def gives_orders(sentence: str) -> bool:
    """True where a sentence speaks to whoever judges the note, not of the session: it earns nothing."""
    return bool(_ORDER.search(sentence))


def unknown_ids(cited: Iterable[str], known: Iterable[str]) -> set[str]:
    """The cited ids that nobody gave the model."""
    return set(cited) - set(known)


# --- what a sentence says of a decision ------------------------------------------------------------------

_NOT = r"(?:not|n't|never|neither|nor|no\s+longer|isn't|aren't|cannot)"
_PERMIT = (
    r"(?:allow\w*|permit\w*|payable|pays?|paid|billable|bill(?:ed)?|reimburs\w+|cover(?:s|ed)?|accept\w*|report(?:ed)?)"
)
_FORBIDS = re.compile(
    rf"""(?ix)
    \b{_NOT}\b\s+(?:\w+\s+){{0,3}}{_PERMIT}\b
    | \b(?:cannot|can\s*not|can['’]t|may\s+not|must\s+not|mustn['’]t|should\s+not|won['’]t|will\s+not|does\s+not|do\s+not|doesn['’]t|don['’]t)\b\s+
      (?:\w+\s+){{0,3}}{_PERMIT}\b
    | \b(?:prohibit\w*|forbid\w*|forbidden|den(?:y|ies|ied)|exclud\w+|disallow\w*|bundl\w+|non-?covered|reject\w*)\b
    | ^\s*no\b(?=[,.:;!\s-])(?!\s+(?:prior|auth|separate|referral))
    """
)
_ALLOWS = re.compile(
    rf"""(?ix)
    ^\s*yes\b
    | \b(?:can|may|could|is|are|be)\s+(?:\w+\s+){{0,3}}{_PERMIT}\b
    | \b(?:allows?|permits?|covers?|pays?|reimburses|accepts)\b
    | \b(?:allowed|permitted|payable|billable|reimbursable)\b
    """
)
_NEEDS_NOT = re.compile(
    rf"""(?ix)
    \b{_NOT}\b\s+(?:\w+\s+){{0,3}}(?:requir\w+|need(?:ed|s)?|necessary|mandatory)\b
    | \b(?:does|do|is|are)(?:\s+not|n['’]t)\s+(?:\w+\s+){{0,3}}(?:requir\w+|need(?:ed|s)?|necessary)\b
    | \b(?:no|without)\s+(?:\w+\s+){{0,3}}(?:authori[sz]ation|auth|approval|referral|pre-?certification|supervision|modifier)\b
    | \b(?:waive[sd]?|exempt\w*|optional|unnecessary)\b
    """
)
_NEEDS = re.compile(r"(?i)\b(?:requir(?:es?|ed|ing)|needs?|needed|must|mandatory|necessary|have to|has to)\b")
_HEDGE = re.compile(
    r"(?i)\b(?:if|when|where|unless|only|except|provided|as long as|with|without|must|needs?|requires?|condition\w*|"
    r"depend\w*|varies|vary|differs?|separate\w*|distinct)\b"
)
_VARIES = re.compile(r"(?i)\b(?:var(?:y|ies)|depend\w*|differ\w*|mixed|disagree\w*|some)\b")


def _stances(sentence: str) -> set[str]:
    found = set()
    if _FORBIDS.search(sentence):
        found.add("forbids")
    if _ALLOWS.search(_FORBIDS.sub(" ", sentence)):
        found.add("allows")
    if _NEEDS_NOT.search(sentence):
        found.add("needs_not")
    if _NEEDS.search(_NEEDS_NOT.sub(" ", sentence)):
        found.add("needs")
    return found


def contradicts(sentence: str, decision: str) -> bool:
    """True where the words of a sentence go against the decision: "not allowed" where it is allowed.

    `decision` is the contract's word. A prohibition inside an allowed-with-conditions answer passes only
    where it names its condition ("not on the same claim unless ...").
    """
    stances = _stances(sentence)
    if decision == "allowed":
        return "forbids" in stances
    if decision == "allowed_with_conditions":
        return "forbids" in stances and not _HEDGE.search(_FORBIDS.sub(" ", sentence))
    if decision == "not_allowed":
        return "allows" in stances
    if decision == "required":
        return "needs_not" in stances
    if decision == "not_required":
        return "needs" in stances
    if decision == "unknown":
        return bool(stances & {"allows", "forbids", "needs_not"})
    return False


def conveys(text: str, decision: str) -> bool:
    """True where the whole wording tells the reader the decision, so that no cut leaves them without it."""
    stances = _stances(text)
    if decision == "allowed_with_conditions":
        return "allows" in stances and bool(_HEDGE.search(text))
    wanted = {"allowed": "allows", "not_allowed": "forbids", "required": "needs", "not_required": "needs_not"}
    if decision in wanted:
        return wanted[decision] in stances
    return decision != "varies" or bool(_VARIES.search(text))


# --- what a sentence states beside it ---------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_COUNTS = {
    word: number
    for number, word in enumerate(
        (
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ).split(),
        start=2,
    )
} | {"thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "half": 50, "double": 2}
_FIGURE = re.compile(r"(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z])")
_CODE = re.compile(r"(?<![A-Za-z\d])(?=[A-Za-z\d.-]*\d)(?=[A-Za-z\d.-]*[A-Za-z])[A-Za-z\d]+(?:[.-][A-Za-z\d]+)*")
_PAIR = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}(?![A-Za-z\d])")
_LINK = re.compile(
    r"(?i)(?:https?://|www\.|mailto:)[^\s<>|)\]]+|\b[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|org|net|gov|io|co|us|info)\b"
)
_CONTROL = re.compile(r"<[@#!]|<https?:|!\[|\]\(|```")
_PLAIN_PAIRS = {"US", "OK", "NO", "IF", "OR", "AN", "IS", "IT", "IN", "ON", "AS", "TO", "OF", "BY", "AT", "BE", "DO"}


def stated_values(text: str) -> set[str]:
    """Every number, code, modifier and month a text states, in one spelling ("07" is "7", "ten" is "10")."""
    values: set[str] = set()
    for figure in _FIGURE.findall(text):
        number = figure.replace(",", "")
        values.add(number.lstrip("0") or "0" if "." not in number else number)
    values |= {code.upper().replace(" ", "") for code in _CODE.findall(text)}
    values |= set(_PAIR.findall(text)) - _PLAIN_PAIRS
    for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)?", text):
        lower = word.lower()
        if lower in _COUNTS:
            values.add(str(_COUNTS[lower]))
        # "may" is a month only where a figure follows; else every modal verb would be one
        elif lower in _MONTHS and word[0].isupper() and (lower != "may" or re.search(r"May\s+\d", text)):
            values.add(f"month {_MONTHS[lower]}")
    for month in re.findall(r"\b\d{4}-(\d{2})(?:-\d{2})?\b", text):
        values.add(f"month {int(month)}")
    return values


def new_values(sentence: str, sources: Sequence[str]) -> set[str]:
    """What the sentence states and none of the sources does."""
    known = set().union(*(stated_values(source) for source in sources)) if sources else set()
    return stated_values(sentence) - known


def new_links(sentence: str, sources: Sequence[str]) -> bool:
    """True for a link, address or chat control sequence that the sources do not hold."""
    if _CONTROL.search(sentence):
        return True
    joined = " ".join(sources).lower()
    return any(link[0].rstrip(".,;:").lower() not in joined for link in _LINK.finditer(sentence))


_STARTERS = frozenset(
    (
        "a add after all also always although an and any append as ask at attach be because before bill billing both but by "
        "call check claims confirm document documentation do each either ensure every for from group has have here how "
        "however i if in include individual individually it its keep make medical modifier modifiers no not note on once one only or "
        "otherwise per please prior provided psychotherapy record remember report same see separate separately services "
        "since so some submit telehealth that the their then there these they this those to two under unless until use "
        "verify we what when where whether while with without yes you your"
    ).split()
)
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")


def new_names(sentence: str, sources: Sequence[str]) -> set[str]:
    """Capitalised words the sources do not use: another payer's name in this payer's answer."""
    known = {_bare(word) for source in sources for word in _WORD.findall(source)}
    names = {_bare(word) for word in _WORD.findall(sentence) if word[0].isupper()}
    return {name for name in names if name not in known and name not in _STARTERS}


def supported(sentence: str, sources: Sequence[str], least: float = 0.5) -> bool:
    """True where at least `least` of the sentence's content words stand in the sources, by their first five letters."""
    known = {stem for source in sources for stem in _stems(source)}
    said = _stems(sentence)
    return not said or sum(stem in known for stem in said) / len(said) >= least


def negated_anew(sentence: str, sources: Sequence[str]) -> bool:
    """True where the sentence denies something and none of its sources denies anything."""
    return bool(_DENIES.search(sentence)) and not any(_DENIES.search(source) for source in sources)


_DENIES = re.compile(
    r"(?i)\b(?:not|no|never|cannot|without|neither|nor|none|except|unless|den(?:y|ied|ies)|prohibit\w*|exclud\w+|"
    r"only|non\w+|bundl\w+|limit\w*|waive\w*|not_\w+)\b|n['’]t\b"
)
_COMMON = frozenset(
    "that this these those with from have been will would should could their there they your when where what which "
    "while than then them also into only such each both must same does about under over more most other some very "
    "just make made being because between after before for the and are can may not you use any all its has was".split()
)


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


def _stems(text: str) -> set[str]:
    words = (_bare(word) for word in _WORD.findall(text))
    return {word[:5] for word in words if len(word) > 3 and word not in _COMMON}
