"""Numbers the sources of one answer in the order in which its text uses them."""

from collections.abc import Iterable

from bot.answers.models import Citation
from bot.policies.models import Fact, Snippet


class Citer:
    """Gives each fact or snippet its marker, and the list of citations at the end."""

    def __init__(self) -> None:
        self._cited: dict[str, Fact | Snippet] = {}

    def mark(self, *facts: Fact | Snippet) -> str:
        """The markers of these sources, as they stand at the end of a sentence: `[1][2]`."""
        for fact in facts:
            self._cited.setdefault(fact.id, fact)
        order = list(self._cited)
        return "".join(f"[{order.index(fact.id) + 1}]" for fact in facts)

    def has(self, fact: Fact | Snippet) -> bool:
        return fact.id in self._cited

    def citations(self) -> tuple[Citation, ...]:
        return tuple(citation_of(fact) for fact in self._cited.values())

    def ids(self) -> Iterable[str]:
        return self._cited.keys()


def citation_of(fact: Fact | Snippet) -> Citation:
    """`effective_date`: the day a rule began, or else the document's date in its own words."""
    began = fact.effective_from.isoformat() if fact.effective_from else fact.source.document_date
    return Citation(
        snippet_id=fact.id,
        source_title=fact.source.title,
        source_url=fact.source.url,
        publisher=fact.source.publisher,
        source_kind=fact.source.kind,
        effective_date=began,
        checked_on=fact.read_on.isoformat(),
    )
