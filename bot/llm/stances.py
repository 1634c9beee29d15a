"""What the words of a sentence say of a decision: allowed or not, needed or not.

Broad on purpose: a sentence read as a contradiction by mistake is cut, and the offline wording is there.
`decision` is always the contract's word.
"""

import re
from collections.abc import Sequence

_NOT = r"(?:not|never|neither|nor|no\s+longer|cannot)"
_PERMIT = (
    r"(?:allow\w*|permit\w*|payable|pays?|paid|billable|bill(?:ed)?|reimburs\w+|cover(?:s|ed)?|accept\w*|report(?:ed)?)"
)
_FORBIDS = re.compile(
    rf"""(?ix)
    \b{_NOT}\b\s+(?:\w+\s+){{0,3}}{_PERMIT}\b
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
    | \b(?:needs?|needed|requir(?:es?|ed))\s+(?:no|none)\b(?:\s+(?:prior\s+)?\w+)?
    | \b(?:no|without)\s+(?:\w+\s+){{0,3}}
      (?:\w*authori[sz]ation|auth|approval|referral|pre-?certification|supervision|modifier)\b
      (?:\s+(?:is|are|be)\s+(?:requir\w+|need\w*|necessary))?
    | \b(?:waive[sd]?|exempt\w*|optional|unnecessary)\b
    """
)
_NEEDS = re.compile(r"(?i)\b(?:requir(?:es?|ed|ing)|needs?|needed|must|mandatory|necessary|have to|has to)\b")
_HEDGE = re.compile(
    r"(?i)\b(?:if|when|where|unless|only|except|provided|as long as|with|without|must|need(?:s|ed)?|requires?|"
    r"condition\w*|depend\w*|varies|vary|differs?|separate\w*|distinct)\b"
)
_SCOPE = re.compile(
    r"(?i)\b(?:non-?\w+|other|higher|inpatient|intensive|partial|residential|beyond|after|over|first|except|unless|"
    r"out-of-network)\b"
)
_VARIES = re.compile(r"(?i)\b(?:var(?:y|ies)|depend\w*|differ\w*|mixed|disagree\w*|some)\b")


_AGAINST = {
    "allowed": {"forbids"},
    "not_allowed": {"allows"},
    "required": {"needs_not"},
    "not_required": {"needs"},
    "unknown": {"allows", "forbids", "needs_not"},
}


_SHORT = re.compile(r"(?i)\b(wo|ca|\w+?)n['’]t\b")
_LONG = {"wo": "will", "ca": "can"}


def _stances(text: str) -> set[str]:
    sentence = _SHORT.sub(lambda hit: f"{_LONG.get(hit[1].lower(), hit[1])} not", text)
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


def permits(sentence: str) -> bool:
    """True where the sentence says that something is allowed or paid."""
    return "allows" in _stances(sentence)


def contradicts(sentence: str, decision: str, sources: Sequence[str] = ()) -> bool:
    """True where the words of a sentence go against the decision: "not allowed" where it is allowed.

    `decision` is the contract's word. A prohibition inside an allowed-with-conditions answer passes only
    where it names its condition ("not on the same claim unless ..."), and an exception to required or not
    required only where it names its scope and a source names the same ("non-routine care needs it").
    """
    stances = _stances(sentence)
    if decision == "allowed_with_conditions":
        return "forbids" in stances and not _HEDGE.search(_FORBIDS.sub(" ", sentence))
    against = bool(stances & _AGAINST.get(decision, set()))
    if against and decision in {"required", "not_required"}:
        known = {word.lower() for source in sources for word in _SCOPE.findall(source)}
        return not known & {word.lower() for word in _SCOPE.findall(sentence)}
    return against


def conveys(text: str, decision: str) -> bool:
    """True where the whole wording tells the reader the decision, so that no cut leaves them without it."""
    stances = _stances(text)
    if decision == "allowed_with_conditions":
        return "allows" in stances and bool(_HEDGE.search(text))
    wanted = {"allowed": "allows", "not_allowed": "forbids", "required": "needs", "not_required": "needs_not"}
    if decision in wanted:
        return wanted[decision] in stances
    return decision != "varies" or bool(_VARIES.search(text))
