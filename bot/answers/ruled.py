"""What of an answer a model may word: the ruling's paragraphs and the facts they cite; the rest stays as it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.models import Answer
from bot.policies.models import Snippet

MARKER = re.compile(r"\[(\d+)\]")
_MOST_FACTS = 12
# How an answer opens a paragraph that speaks of something else than the ruling on its question.
_BESIDE = ("National floor", "Background", "You also asked")


@dataclass(frozen=True)
class Ruled:
    """The ruling in words, the paragraphs after it, and its facts under the names the model knows them by."""

    said: str
    rest: tuple[str, ...]
    facts: dict[str, Snippet]
    markers: dict[str, str]

    @classmethod
    def of(cls, answer: Answer, facts: Sequence[Snippet]) -> "Ruled":
        """Read the offline answer; `facts` are the snippets behind its citations."""
        paragraphs = answer.answer.split("\n\n")
        ruling = [paragraphs[0]]
        rest: list[str] = []
        for paragraph in paragraphs[1:]:
            beside = paragraph.startswith(_BESIDE) if answer.payer is None else not paragraph.startswith("- ")
            (rest if beside else ruling).append(paragraph)
        said = "\n".join(ruling)
        places = {citation.snippet_id: place for place, citation in enumerate(answer.citations, start=1)}
        marked = {int(place) for place in MARKER.findall(said)}
        # An answer without markers in its text rests on all of its citations.
        behind = [fact for fact in facts if not marked or places.get(fact.id) in marked][:_MOST_FACTS]
        numbered = {f"F{number}": fact for number, fact in enumerate(behind, start=1)}
        markers = {name: f"[{places[fact.id]}]" for name, fact in numbered.items() if marked and fact.id in places}
        return cls(MARKER.sub("", said), tuple(rest), numbered, markers)

    @property
    def lead(self) -> str:
        """The line that gives the decision."""
        return self.said.split("\n", 1)[0]
