"""Whether one passage of a source carries one statement: all of its words, and none of its turns lost or changed.

A sentence that takes half of one rule and half of another is carried by neither, though all its words are on file.
Strict on purpose: a fair sentence cut by mistake costs a plainer answer, a lie let through costs a denied claim.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.llm.bounds import bounds, counted, rates
from bot.llm.grounding import gives_orders, sentences
from bot.llm.statements import names_modifier, placements
from bot.llm.stems import stem, telling, words
from bot.llm.turns import (
    advises,
    certainties,
    choices,
    commands,
    conditional,
    denials,
    denied,
    doubts,
    exclusive,
    forbids,
    joined,
    reported,
    restrictions,
    scopes,
)

# Of the words under a condition, how many a wording has to keep.
_KEPT = 0.75
# A passage counts as meant where it shares this much of what the best one shares.
_NEAR = 0.6
# Of a statement's own words, how many its passage has to hold itself; the others stand elsewhere in the same source.
_COVERED = 0.6
# A statement that shares this much of a passage says all of it.
_WHOLE = 0.8
_UNLESS = re.compile(r"(?i)\b(?:unless|without|until|except)\b")
_PARTS = re.compile(
    r";\s*|:\s+(?=[a-z])|,?\s+\b(?:while|whereas|but not if|although)\b\s+|,\s+but\s+(?!not\b|no\b)|\s+[–—]\s+"
)


@dataclass(frozen=True)
class Passage:
    """One statement of a source, the conditions on file that go with it, names and dates, and the whole source."""

    text: str
    conditions: tuple[str, ...] = ()
    names: str = ""
    source: str = ""

    @property
    def everything(self) -> str:
        return "; ".join([self.text, *self.conditions, self.names, self.source])


def statements(text: str) -> list[str]:
    """The single statements of a text: sentences, and what semicolons set apart in them."""
    parts = (part for start, end in sentences(text) for part in _PARTS.split(text[start:end]))
    return [part.strip(" .,") for part in parts if words(part) and words(part) != ["yes"]]


def passages(text: str, conditions: Sequence[str] = (), names: str = "") -> list[Passage]:
    """The statements of a source one by one, and each two that follow each other; nothing of one that gives orders."""
    if gives_orders(text):
        return []
    told = statements(text)
    pairs = [f"{first}; {second}" for first, second in pairwise(told)]
    return [Passage(one, tuple(conditions), names, text) for one in (*told, *pairs)]


def unsupported(statement: str, on_file: Sequence[Passage]) -> str:
    """Why no passage carries the statement, in a word or two; empty where one does."""
    if not on_file:
        return "nothing cited"
    weights = _weights(on_file)
    said = telling(statement)
    scored = [(sum(weights.get(word, 0.0) for word in said & telling(passage.text)), passage) for passage in on_file]
    best = max(score for score, _ in scored)
    near = [passage for score, passage in scored if score >= best * _NEAR]
    reasons = [_difference(statement, passage) for passage in near]
    return "" if "" in reasons else reasons[0]


def _weights(on_file: Iterable[Passage]) -> dict[str, float]:
    """What a shared word tells of which passage is meant: one that stands in few of them tells most."""
    found: dict[str, int] = {}
    for passage in on_file:
        for word in telling(passage.text):
            found[word] = found.get(word, 0) + 1
    return {word: 1 / count for word, count in found.items()}


def _difference(statement: str, passage: Passage) -> str:
    return next((reason for reason, differs in _CHECKS if differs(statement, passage)), "")


def _new_words(statement: str, passage: Passage) -> bool:
    said = telling(statement)
    own = telling("; ".join([passage.text, *passage.conditions, passage.names]))
    return bool(said - telling(passage.everything)) or len(said & own) < _COVERED * len(said)


def _denial(statement: str, passage: Passage) -> bool:
    affirmed, refused = denied(statement)
    source_affirmed, source_refused = denied(passage.text)
    # "not payable unless separate" says what "payable only when separate" says
    unless = bool(_UNLESS.search(statement)) and not _UNLESS.search(passage.text)
    turned = unless and bool(restrictions(passage.text))
    new = refused - source_refused - ({"PAY"} if turned or forbids(passage.text) else set())
    lost = (affirmed & source_refused) - source_affirmed
    if forbids(passage.text) and not forbids(statement) and "PAY" not in source_affirmed:
        lost |= affirmed & {"PAY"}
    added = denials(statement) - denials(passage.text) - turned
    whole = len(telling(statement) & telling(passage.text)) >= _WHOLE * len(telling(passage.text))
    return bool(new or lost or added > 0 or (whole and denials(statement) < denials(passage.text)))


def _only_lost(statement: str, passage: Passage) -> bool:
    return exclusive(passage.text) and not exclusive(statement)


def _condition_lost(statement: str, passage: Passage) -> bool:
    said = telling(statement)
    for under in restrictions(passage.text):
        if len(said & under) < _KEPT * len(under) or not conditional(statement):
            return True
    return False


def _condition_new(statement: str, passage: Passage) -> bool:
    on_file = [*restrictions(passage.text), *map(telling, passage.conditions)]
    if commands(passage.text) or advises(passage.text):
        on_file.append(telling(passage.text))
    if passage.conditions:
        on_file.append(telling(" ".join(passage.conditions)))
    return any(not any(under <= known for known in on_file) for under in restrictions(statement))


def _doubt_lost(statement: str, passage: Passage) -> bool:
    return doubts(statement) < doubts(passage.text) or (reported(passage.text) and not reported(statement))


def _certainty_new(statement: str, passage: Passage) -> bool:
    return bool(certainties(statement) - certainties(passage.text)) or (commands(statement) and advises(passage.text))


def _bound_moved(statement: str, passage: Passage) -> bool:
    source = bounds(passage.everything) | bounds(passage.text)
    units = counted("; ".join([passage.text, *passage.conditions]))
    for figure, ways in bounds(statement).items():
        if figure in source and not ways <= source[figure]:
            return True
    for figure, counts in counted(statement).items():
        if not counts <= units.get(figure, set()):
            return True
    return bool(rates(statement) - rates(passage.text))


def _choice_changed(statement: str, passage: Passage) -> bool:
    offered, together = choices(passage.text), joined(passage.text)
    on_file = {stem(word) for word in words(passage.text)}
    new = any(pair <= on_file for pair in choices(statement) - offered)
    return new or any(pair in offered and pair not in together for pair in joined(statement))


def _place_dropped(statement: str, passage: Passage) -> bool:
    return names_modifier(statement) and bool(placements(passage.text)) and not placements(statement)


def _scope_changed(statement: str, passage: Passage) -> bool:
    said, on_file = scopes(statement), scopes(passage.text)
    return bool(on_file - said) or bool(said - on_file - scopes(f"{passage.names} {' '.join(passage.conditions)}"))


_CHECKS: tuple[tuple[str, Callable[[str, Passage], bool]], ...] = (
    ("a word of nobody's", _new_words),
    ("another scope", _scope_changed),
    ("a denial changed", _denial),
    ("a condition dropped", _condition_lost),
    ("only dropped", _only_lost),
    ("a condition of something else", _condition_new),
    ("a doubt dropped", _doubt_lost),
    ("a certainty added", _certainty_new),
    ("a bound moved", _bound_moved),
    ("a choice changed", _choice_changed),
    ("a place dropped", _place_dropped),
)


def keeps_a_condition(statement: str, on_file: Sequence[Passage]) -> bool:
    """True where the statement names in full what some passage puts its matter under."""
    said = telling(statement)
    under = [one for passage in on_file for one in (*restrictions(passage.text), *map(telling, passage.conditions))]
    named = any(one and len(said & one) >= _KEPT * len(one) for one in under)
    return conditional(statement) and (named or not any(under))
