"""Does a text read like a group note? Then it is health information, and has no place among a practice's documents."""

import re

# How clinicians tell of people, most of it in the past tense.
_TOLD = re.compile(
    r"\b(?:shared|reported|stated|denie[sd]|described|identified|processed|practiced|discussed|disclosed|engaged"
    r"|participated|attended|responded|expressed|tearful|verbalized|said|noted|offered|validated|rated|named|told|felt"
    r"|explored|reflected|led|introduced|asked|worked|was|had|listened|agreed|spoke|talked|he|she|his|her|him|pt|cl"
    r"|si|hi|si/hi|dx|F\d\d(?:\.\d+)?)\b",
    re.IGNORECASE,
)
# How payers speak of rules.
_RULED = re.compile(
    r"\b(?:must|shall|cover(?:s|ed|age)|reimburs\w+|providers?|claims?|bill(?:s|ed|ing|able)?|polic(?:y|ies)|payers?"
    r"|pays?|payable|authoriz\w+|effective|eligib\w+|modifiers?|may|are|codes?|services?|benefits?|requirements?"
    r"|require[sd]?)\b",
    re.IGNORECASE,
)
# Between nearly every sample note of tests/eval (0.57 and more, at least 3.1 in a thousand characters) and every policy
# text of knowledge/ and docs/ (0.50 and less where there are as many): see tests/documents/test_note_like.py.
_SHARE = 0.55
_DENSITY = 3.0
_SHORTEST = 200
_FEWEST_RULES = 4


def reads_like_rules(text: str) -> bool:
    """True where payers' words of rules outnumber what is told of people: a manual or a contract sent as a note."""
    told, ruled = len(_TOLD.findall(text)), len(_RULED.findall(text))
    return ruled > told and ruled >= _FEWEST_RULES and not reads_like_note(text)


def reads_like_note(text: str) -> bool:
    """True where people are told of rather than rules. A manual with a sample note in it is still a manual."""
    if len(text) < _SHORTEST:
        return False
    told, ruled = len(_TOLD.findall(text)), len(_RULED.findall(text))
    return told >= _SHARE * (told + ruled) and told * 1000 >= _DENSITY * len(text)
