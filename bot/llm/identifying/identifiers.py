"""The one door to what identifies somebody in a text: Presidio, with our rules among its recognizers."""

from collections.abc import Iterator, Sequence

from bot.llm.identifying.hits import Hit, plain_signs
from bot.llm.identifying.rules import written_again


def identifiers(text: str, labels: Sequence[str] = ()) -> Iterator[Hit]:
    """Every identifier found, overlaps included. A member's key is its place among `labels`, from 1.

    Loads Presidio at the first call, which takes seconds; `rules.by_rule` is for those who send nothing anywhere.
    """
    from bot.llm.identifying.presidio import analyzed

    text = plain_signs(text)
    found = analyzed(text, labels)
    yield from found
    yield from written_again(text, found)
