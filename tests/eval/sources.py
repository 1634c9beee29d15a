"""All that is on file under a snippet's id, as one text: what a sentence that cites it may repeat.

With the program's own words for the matter it is filed under and for its decision.
"""

from bot.answers.phrases import DECISIONS, matter
from bot.policies.catalog import Catalog
from bot.policies.models import Fact, Snippet
from bot.policies.reading import decision_of


def sources_of(catalog: Catalog) -> dict[str, str]:
    """The text of every snippet with the fields of its fact, by id."""
    return {snippet.id: _whole(snippet, catalog.fact(snippet.id)) for snippet in catalog.snippets}


def _whole(snippet: Snippet, fact: Fact | None) -> str:
    parts = [snippet.title, snippet.text, snippet.source.title, snippet.source.document_date, snippet.topic]
    if fact is not None:
        parts += [*fact.modifiers, *fact.conditions, fact.region, fact.contradicts]
        parts += [matter(fact.topic, fact.aspect), DECISIONS[decision_of(fact)]]
        parts += [day.isoformat() for day in (fact.effective_from, fact.effective_to) if day]
    return " ".join(parts).replace("_", " ")
