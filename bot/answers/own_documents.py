"""What the practice's own document says, beside an answer that the facts do not settle: quoted, never deciding."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from bot.answers.citing import Citer
from bot.answers.models import Answer
from bot.answers.shorthand import spell_out
from bot.llm.grounding import gives_orders, sentences
from bot.policies.models import Decision, LineOfBusiness, Snippet, SourceKind, Topic

UNSETTLED = (Decision.UNKNOWN, Decision.VARIES)
_MOST_SHOWN = 2
_LONGEST_QUOTE = 280
_NOTHING_ON_FILE = "nothing on file says"  # untrue above a quotation from the practice's own file
_WORD = re.compile(r"[a-z0-9]{2,}")


class PassageSearch(Protocol):
    """The search over the passages of a practice's own documents."""

    def find(  # noqa: PLR0913  # each narrows the search
        self,
        query: str,
        *,
        payer_id: str,
        topic: Topic,
        on: date,
        line: LineOfBusiness | None = None,
        state: str = "",
        limit: int = 2,
    ) -> Sequence[Snippet]: ...


def with_own_document(
    answer: Answer, passages: Sequence[Snippet], question: str, waiting: Collection[tuple[str, Topic]] = ()
) -> Answer:
    """The answer with a line for each passage: where it stands, its words in quotes, its citation.

    Decision and conditions stay as they were. A sentence that gives orders to its reader is not shown. `waiting` are
    the passages that facts were proposed from and the facts' topics: approving one is the next step.
    """
    quotes = [(passage, quote_from(passage.text, question)) for passage in passages]
    told = [(passage, quote) for passage, quote in quotes if quote][:_MOST_SHOWN]
    if not told:
        return answer
    citer = Citer()
    for passage, _ in told:
        citer.mark(passage)
    first = len(answer.citations) + 1
    lines = [
        f"In your own {_noun(passage)}, {passage.source.title}: “{quote}” [{first + place}]"
        for place, (passage, quote) in enumerate(told)
    ]
    said = answer.answer.replace(_NOTHING_ON_FILE, "no fact in force says", 1).split("\n\n")
    # Right after the ruling: what stands further down is about other plans and national rules.
    after = 2 if answer.decision is Decision.VARIES and len(said) > 1 and said[1].startswith("- ") else 1
    return answer.model_copy(
        update={
            "answer": "\n\n".join([*said[:after], *lines, *said[after:]]),
            "citations": (*answer.citations, *citer.citations()),
            "next_step": _approve_first(answer, [passage for passage, _ in told], waiting),
        }
    )


def _approve_first(answer: Answer, shown: Sequence[Snippet], waiting: Collection[tuple[str, Topic]]) -> str:
    """The next step, behind the approval of a fact on this matter that waits from a passage shown."""
    proposed = next((passage for passage in shown if (passage.id, answer.topic) in waiting), None)
    if proposed is None:
        return answer.next_step
    told = f"An admin can approve the fact that waits from {proposed.source.title}: it may settle this."
    return f"{told} Until then: {answer.next_step}"


def quote_from(text: str, question: str, limit: int = _LONGEST_QUOTE) -> str:
    """The stretch of whole sentences that shares most words with the question; empty where only orders are left."""
    flat = " ".join(text.split())
    parts = [flat[start:end].strip() for start, end in sentences(flat)]
    asked = _stems(spell_out(question))
    scores = [-1 if gives_orders(part) else len(asked & _stems(part)) for part in parts]
    if not parts or max(scores) < 0:
        return ""
    first = last = scores.index(max(scores))
    size = len(parts[first])
    while last + 1 < len(parts) and scores[last + 1] >= 0 and size + len(parts[last + 1]) < limit:
        last += 1
        size += len(parts[last]) + 1
    quote = without_markers(" ".join(parts[first : last + 1])).replace("“", '"').replace("”", '"')
    return quote if len(quote) <= limit else quote[:limit].rsplit(" ", 1)[0] + " …"


def without_markers(text: str) -> str:
    """A document's own "[2]" would be read as the number of one of our sources."""
    return re.sub(r"\[(\d+)\]", r"(\1)", text)


def _noun(passage: Snippet) -> str:
    return "contract" if passage.source.kind is SourceKind.CONTRACT else "document"


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(text.casefold())}
