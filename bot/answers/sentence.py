"""One sentence of a model, held against the facts it cites: what they do not carry is cut, and the reason is named."""

import re
from collections.abc import Iterable, Sequence

from bot.answers.models import Answer
from bot.answers.phrases import LINES
from bot.answers.ruled import Ruled
from bot.llm.grounding import gives_orders, unknown_ids
from bot.llm.lettering import odd, tidy
from bot.llm.stances import contradicts, conveys, permits
from bot.llm.statements import new_links, new_names, new_placements, new_values
from bot.llm.stems import telling
from bot.llm.support import Passage, keeps_a_condition, passages, statements, unsupported
from bot.policies.models import Decision, LineOfBusiness, Snippet

_LONGEST = 400
_OWN_MARKER = re.compile(r"\s*[\[(]F\d+(?:[,;\s]+F\d+)*[\])]")
# Words of payers' names that many of them share.
_SHARED_WORDS = """
health healthcare plan plans care insurance company group services service behavioral mental state national shield of
the and for program programs part community advantage america american
"""
_SHARED = frozenset(_SHARED_WORDS.split())
# Who else can be meant but the payer the answer is about.
_MEANS_THE_PAYER = re.compile(r"(?i)\b(?:they|them|their|theirs|insurer|carrier|payer|plan)\b|^(?:it|its)\b")
_NAMES_ITS_SOURCE = re.compile(r"(?i)\b(?:NCCI|CPT|CMS|nation\w+|in general|generally)\b")


class Cut(Exception):  # noqa: N818  # said of the sentence, not of the program
    """A sentence that is not shown; the reason holds nothing of its words."""


def checked(text: str, rests_on: Sequence[str], answer: Answer, ruled: Ruled) -> str:
    """The sentence in one line with its citations' markers; raises Cut where any check fails."""
    said = tidy(_OWN_MARKER.sub("", text))
    if not said or len(said) > _LONGEST:
        raise Cut("empty or endless")
    if odd(said) or "?" in said:
        raise Cut("signs that are not plain text")
    if unknown_ids(rests_on, ruled.facts):
        raise Cut("a fact that is not on file")
    names = [name for name in dict.fromkeys(rests_on) if telling(said) & telling(ruled.facts[name].text)]
    cited = [ruled.facts[name] for name in names]
    if not cited:
        raise Cut("no fact cited that speaks of it")
    reason = _of_words(said, cited, answer, ruled) or _of_statements(said, cited, answer, ruled)
    if reason:
        raise Cut(reason)
    markers = "".join(dict.fromkeys(ruled.markers.get(name, "") for name in names))
    return f"{said} {markers}".rstrip()


def _of_words(said: str, cited: Sequence[Snippet], answer: Answer, ruled: Ruled) -> str:
    """What single words give away, against all the sentence may rest on."""
    # The offline ruling was made from the same facts, so a sentence may repeat what it states.
    words = [ruled.said, *answer.conditions, *answer.modifiers, *(fact.text for fact in cited)]
    named = [*words, *(_names(fact, answer) for fact in cited)]
    links = [*words, *(fact.source.url for fact in cited)]
    checks = (
        ("orders", gives_orders(said)),
        ("against the decision", contradicts(said, answer.decision.value, words)),
        ("a value of nobody's", new_values(said, named)),
        ("a link of nobody's", new_links(said, links)),
        ("a name of nobody's", new_names(said, named)),
        ("a modifier on another line", new_placements(said, words)),
    )
    return next((reason for reason, failed in checks if failed), "")


def _of_statements(said: str, cited: Sequence[Snippet], answer: Answer, ruled: Ruled) -> str:
    """What its statements say, each against the one passage that carries it."""
    for statement in statements(said):
        of_payer = _means_payer(statement, answer)
        facts = [fact for fact in cited if not of_payer or _is_own(fact, answer)]
        if of_payer and not facts and _has_own(answer, ruled):
            return "a general rule in the payer's mouth"
        on_file = [passage for fact in facts for passage in _passages(fact, answer, ruled, statement)]
        if not of_payer or _means_payer(ruled.lead, answer):
            on_file += _of_ruling(statement, answer, ruled)
        reason = unsupported(statement, on_file)
        if reason:
            return reason
        if _leaves_conditions_out(statement, on_file, answer):
            return "a permission without its conditions"
    return ""


def _passages(fact: Snippet, answer: Answer, ruled: Ruled, statement: str) -> Iterable[Passage]:
    told, _, conditions = fact.text.partition(" Conditions: ")
    if not _is_own(fact, answer) and _has_own(answer, ruled) and not _NAMES_ITS_SOURCE.search(statement):
        return ()  # a general rule said of nobody reads as the payer's own
    under = conditions.rstrip(".").split("; ") if conditions else []
    if conveys(statement, answer.decision.value):
        under += answer.conditions  # they go with the decision, not with whatever else a fact tells
    found = passages(told, under, f"{_names(fact, answer)}; {'; '.join(answer.modifiers)}")
    line = fact.line_of_business
    if line is None or not _is_of_another_line(line, answer):
        return found
    return [Passage(f"For {LINES[line]}: {one.text}", one.conditions, one.names) for one in found]


def _of_ruling(statement: str, answer: Answer, ruled: Ruled) -> list[Passage]:
    """The decision as the facts gave it, for a statement that names something of what it depends on."""
    label, colon, about = ruled.lead.partition(": ")
    lead = about if colon else label
    name = answer.payer.name if answer.payer else ""
    found = [Passage(text, answer.conditions, name) for text in (ruled.lead, lead)]
    settled = answer.decision not in (Decision.VARIES, Decision.NOT_APPLICABLE)
    return [] if settled and answer.conditions and not keeps_a_condition(statement, found) else found


def _leaves_conditions_out(statement: str, on_file: Sequence[Passage], answer: Answer) -> bool:
    """True for a yes to an answer that holds under conditions, in a statement that names none of them."""
    if answer.decision is not Decision.ALLOWED_WITH_CONDITIONS or not permits(statement):
        return False
    return not keeps_a_condition(statement, on_file)


def _names(fact: Snippet, answer: Answer) -> str:
    began = fact.effective_from.isoformat() if fact.effective_from else ""
    payer = answer.payer.name if answer.payer else ""
    return f"{payer}; {fact.title}; {fact.source.publisher}; {began}"


def _is_own(fact: Snippet, answer: Answer) -> bool:
    return answer.payer is None or fact.payer_id == answer.payer.id


def _has_own(answer: Answer, ruled: Ruled) -> bool:
    """False where the payer's ruling is the national one, taken over: then that is its own."""
    return any(_is_own(fact, answer) for fact in ruled.facts.values())


def _is_of_another_line(line: LineOfBusiness, answer: Answer) -> bool:
    asked = answer.payer.line_of_business if answer.payer else None
    return asked is not None and line not in (asked, LineOfBusiness.NATIONAL_CODING)


def _means_payer(statement: str, answer: Answer) -> bool:
    if answer.payer is None:
        return False
    names = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", answer.payer.name)} - _SHARED
    said = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", statement)}
    return bool(names & said) or bool(_MEANS_THE_PAYER.search(statement))
