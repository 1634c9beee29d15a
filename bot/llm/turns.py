"""The turns of a sentence that change what it says: a denial, a condition, a doubt, a duty, a bound, a choice.

Each function reads one kind off a text. `bot.llm.support` compares those of a sentence with those of its source.
"""

import re

from bot.llm.stems import PLAIN, stem, telling, words

_NEGATORS = frozenset(["not", "no", "never", "cannot", "neither", "nor", "none", "non"])
_FORBIDDING_WORDS = "deny prohibit exclude disallow forbid forbidden bundle reject noncovered non-covered"
_PERMITTING_WORDS = "pay allow permit bill billable report reimburse reimbursable cover accept"
_NEEDING_WORDS = "require need needed necessary mandatory must"
_FORBIDDING = frozenset(stem(word) for word in _FORBIDDING_WORDS.split())
_PERMITTING = frozenset(stem(word) for word in _PERMITTING_WORDS.split())
_NEEDING = frozenset(stem(word) for word in _NEEDING_WORDS.split())
# A denial reaches this many words that carry something, "without" one; both end with their clause.
_REACH = 3
_CLAUSES = re.compile(r"(?i)[,;:.()]|\b(?:but|unless|if|when|where|except|only|because|until|and|which|that)\b")


def denied(text: str) -> tuple[set[str], set[str]]:
    """The stems a text affirms and the ones it denies, clause by clause.

    Words of payment count as one stem and words of need as another, and where such a word is denied its clause
    tells nothing else: "needs no approval" and "approval is not needed" deny the need, not the approval.
    """
    affirmed: set[str] = set()
    refused: set[str] = set()
    for clause in _CLAUSES.split(re.sub(r"n['’]t\b", " not", text)):
        notions, left = [], 0
        said = words(clause)
        for word in said:
            if word in _NEGATORS or word == "without":
                left = 1 if word == "without" else _REACH
            elif notion := _notion(stem(word)):
                notions.append((notion, left > 0))
                left = max(0, left - 1)
        verbs = {notion for notion, _ in notions} & {"PAY", "NEED"}
        if verbs and not _NEGATORS.isdisjoint(said):
            refused |= verbs
            continue
        affirmed |= {notion for notion, refusing in notions if not refusing}
        refused |= {notion for notion, refusing in notions if refusing}
    return affirmed, refused


def _notion(found: str) -> str:
    """The stem as denials see it: empty for a plain word."""
    if found in _PERMITTING:
        return "PAY"
    if found in _NEEDING:
        return "NEED"
    return "" if found in PLAIN else found


def denials(text: str) -> int:
    """How many words of the text deny."""
    said = words(re.sub(r"n['’]t\b", " not", text))
    return sum(word in _NEGATORS or word == "without" for word in said)


def forbids(text: str) -> bool:
    """True where a word of the text forbids by itself: denied, bundled, excluded."""
    return any(stem(word) in _FORBIDDING for word in words(text))


_RESTRICTING = re.compile(
    r"(?i)\b(?:only\s+(?:if|when|where|after|for|in|with|to)|if|when|where|whenever|unless|except(?:\s+(?:for|when|if))?|until"
    r"|provided(?:\s+that)?|(?:as|so)\s+long\s+as|without|after|before|beyond|once|within|during)\b([^,;.()]*(?:,\s*(?:and\s+)?(?:is|are|was|were|has|have)\b[^,;.()]*)*)"
)
_CONDITIONAL = re.compile(
    r"(?i)\b(?:if|when|where|whenever|unless|except|only|until|provided|as long as|so long as|with|without|after|before"
    r"|beyond|once|within|during|for|must|needs?|requires?|depends?)\b"
)


# These stand before a thing, not before a sentence of their own: the verb after it is the main one again.
_BEFORE_A_NAME = re.compile(r"(?i)(?:without|after|before|beyond|within|during)\b")
_VERB = re.compile(r"(?i)\b(?:may|might|must|can|could|will|should|is|are|was|were|needs?|requires?)\b")


def restrictions(text: str) -> list[set[str]]:
    """What stands under each condition of the text, as stems: "only when separate" gives {separat}."""
    found = []
    rest = text
    while hit := _RESTRICTING.search(rest):
        # What follows may hold the next condition.
        inner = _RESTRICTING.search(hit[1])
        told = hit[1][: inner.start()] if inner else hit[1]
        if _BEFORE_A_NAME.match(hit[0]):
            told = _VERB.split(told, maxsplit=1)[0]
        found.append(telling(told))
        rest = rest[hit.start(1) :]
    return [one for one in found if one]


def conditional(text: str) -> bool:
    """True where the text puts anything under a condition, in whatever words."""
    return bool(_CONDITIONAL.search(text))


_DOUBTING = re.compile(
    r"(?i)\b(?:may|might|could)\s+(?:\w+\s+){0,2}?(?:be\s+)?(?:den\w+|reject\w*|vary|varies|require|required|need|apply|ask\w*|bundl\w+"
    r"|differ|change|changed|limit\w*|audit\w*|review\w*|judge|recoup\w*|occur|consider\w*|want|no longer)\b"
    r"|\b(?:generally|usually|normally|typically|often|commonly|sometimes|likely|probably|possibly|reportedly|apparently"
    r"|suggests?|appears?|seems?|some|many|most|certain|several|claims\s+that)\b"
)
_REPORTED = re.compile(
    r"(?i)\b(?:vendors?|sites?|articles?|blogs?|publications?|newsletters?|letters?|biller's|company's|trade|trainings?)\b"
)
_CERTAIN = re.compile(
    r"(?i)\b(?:always|never|all|any|every|whatever|regardless|guarantee\w*|automatic\w*|definite\w*|certainly|entirely|fully"
    r"|even|whether|despite|although|though|unlimited|anyone|everyone|anything|everything|anytime|matter)\b"
)
_EXCLUSIVE = re.compile(r"(?i)\b(?:only|solely|exclusively|unless|except)\b")
_DUTY = re.compile(r"(?i)\b(?:must|requires?|required|needs?|needed|necessary|mandatory|has to|have to|obliged)\b")
_ADVICE = re.compile(r"(?i)\b(?:should|recommend\w*|expects?|expected|wants?|advis\w+|ought|suggest\w*|asks?)\b")


def doubts(text: str) -> int:
    """How often the text holds back: may be denied, most, generally, claims that."""
    return len(_DOUBTING.findall(text))


def reported(text: str) -> bool:
    """True where the text names a third party's writing as what says so."""
    return bool(_REPORTED.search(text))


def certainties(text: str) -> set[str]:
    """The words by which a text leaves no exception."""
    return {hit[0].lower() for hit in _CERTAIN.finditer(text)}


def exclusive(text: str) -> bool:
    """True where the text leaves everything else out: only, unless."""
    return bool(_EXCLUSIVE.search(text))


def commands(text: str) -> bool:
    """True where the text makes something a duty."""
    return bool(_DUTY.search(text))


def advises(text: str) -> bool:
    """True where the text wishes for something without making it a duty."""
    return bool(_ADVICE.search(text)) and not commands(text)


def choices(text: str) -> set[frozenset[str]]:
    """What stands on the two sides of each "or"."""
    return _sides(text, "or")


def joined(text: str) -> set[frozenset[str]]:
    """What stands on the two sides of each "and"."""
    return _sides(text, "and")


# What stands between "and" or "or" and the thing it links.
_BETWEEN_WORDS = "a an the each both either its their his her own is are was were be has have had when if of for to"
_BETWEEN = frozenset(_BETWEEN_WORDS.split())


def _sides(text: str, link: str) -> set[frozenset[str]]:
    found = set()
    said = words(text)
    for at, word in enumerate(said):
        if word == link:
            before = next((one for one in reversed(said[:at]) if one not in _BETWEEN), "")
            after = next((one for one in said[at + 1 :] if one not in _BETWEEN), "")
            if before and after:
                found.add(frozenset((stem(before), stem(after))))
    return found


_SCOPE_WORDS = """
routine nonroutine non-routine inpatient outpatient intensive residential partial crisis emergency emergent
interim audio-only audio supervised supervising licensed unlicensed enrolled initial first new certain some
many most several in-network out-of-network in-person commercial marketplace medicare medicaid advantage
tricare eap dual managed substance family telehealth child children adult adults adolescent adolescents
active-duty veterans
"""
_SCOPES = frozenset(stem(word) for word in _SCOPE_WORDS.split())


def scopes(text: str) -> set[str]:
    """For whom and where the text says something: routine, inpatient, Medicaid."""
    return {stem(word) for word in words(text)} & _SCOPES
