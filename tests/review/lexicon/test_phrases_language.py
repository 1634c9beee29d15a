"""The phrase language of the lexicon finds what its documentation says."""

import pytest

from bot.errors import OperatorError
from bot.review.lexicon.phrases import Lexicon, lexicon, tokenize


def found(phrase: str, text: str) -> list[str]:
    made = Lexicon(sets={"fruit": frozenset({"pear", "fig*"})})
    made.add("cue", phrase)
    made.stem_lengths = tuple(sorted({len(stem) for stem in made.by_stem}))
    return [text[hit.start : hit.end] for hit in made.tag(tokenize(text, 0, len(text))).get("cue", [])]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("role play", "a Role-Play of it", ["Role-Play"]),
        ("identif*", "She identified two", ["identified"]),
        ("=ACT", "ACT group, act now", ["ACT"]),
        ("(said|told us) so", "He told us so", ["told us so"]),
        ("no? risk", "no risk, risk", ["no risk", "risk", "risk"]),
        ("asked ... her", "asked the quiet new one about her", []),
        ("asked ... her", "asked what it was to her", ["asked what it was to her"]),
        ("a {fruit}", "a pear, a figtree, a plum", ["a pear", "a figtree"]),
        ("# times", "seven times, 3 times, often times", ["seven times", "3 times"]),
    ],
)
def test_phrase_finds_its_words(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_a_phrase_cannot_begin_with_a_gap() -> None:
    with pytest.raises(OperatorError, match="cue"):
        found("... her", "to her")


def test_a_set_that_is_not_there_is_named() -> None:
    with pytest.raises(OperatorError, match="plums"):
        found("{plums}", "x")


def test_the_shipped_lexicon_loads() -> None:
    assert {"order", "modality.named", "safe.denial", "part.act"} <= lexicon().names
