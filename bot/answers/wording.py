"""A model words an answer whose decision is made; what its facts do not carry is cut, or the offline words stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.models import Answer, Engine
from bot.llm.fence import fenced
from bot.llm.grounding import unknown_ids
from bot.llm.redaction import redact
from bot.llm.stances import contradicts, conveys
from bot.llm.statements import negated_anew, new_links, new_names, new_placements, new_values, supported
from bot.llm.structured import ModelUnavailable, Prompt, StructuredModel
from bot.policies.models import Decision, Snippet

_PROMPT = "answer_wording"
_MOST_FACTS = 12
_LONGEST_SENTENCE = 400
_MOST_SENTENCES = 8
# How an answer opens a paragraph that speaks of something else than the ruling on its question.
_BESIDE = ("National floor", "Background", "You also asked")
_MARKER = re.compile(r"\[(\d+)\]")
_OWN_MARKER = re.compile(r"\s*[\[(]F\d+(?:[,;\s]+F\d+)*[\])]")
# Words of payers' names that many of them share.
_SHARED_WORDS = """
health healthcare plan plans care medicaid medicare insurance company group services service behavioral mental state
national blue cross shield of the and for program programs community commercial advantage america american
"""
_SHARED = frozenset(_SHARED_WORDS.split())
_Word = Literal[
    "allowed",
    "allowed_with_conditions",
    "not_allowed",
    "required",
    "not_required",
    "varies",
    "unknown",
    "not_applicable",
]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WordedSentence(_Reply):
    """One sentence of the answer."""

    text: str = Field(description="One plain sentence that states only what the cited facts state.")
    rests_on: list[str] = Field(description="Ids of the facts this sentence rests on, such as F1.")


class WordedAnswer(_Reply):
    """The answer in plain words, sentence by sentence."""

    decision: _Word = Field(description="The decision exactly as given.")
    sentences: list[WordedSentence] = Field(description="Two to five sentences, the decision first.")


def word(answer: Answer, facts: Sequence[Snippet], model: StructuredModel) -> Answer:
    """The answer in the model's words where they pass every check, else as it was with the reason in its engine.

    `facts` are the snippets behind the citations. The model words the ruling and its statements; the offline
    answer's further paragraphs (modifiers and their place, conflicts, age, the national floor, other plans) stay
    as they are, and so do all other fields. Raises nothing for a failing model. An unknown is not worded: there
    is nothing to say better.
    """
    ruled = _Ruled.of(answer, facts)
    if answer.decision is Decision.UNKNOWN or not ruled.facts:
        return answer
    prompt = Prompt.load(_PROMPT)
    try:
        worded = model.complete(prompt, _values(answer, ruled), WordedAnswer)
    except ModelUnavailable as error:
        return _offline(answer, str(error))
    refusal = _refusal(worded, answer, ruled)
    if refusal:
        return _offline(answer, f"the model's wording was refused: {refusal}")
    kept = [text for text in (_kept(sentence, answer, ruled) for sentence in worded.sentences) if text]
    if not kept:
        return _offline(answer, "the model's wording was refused: no sentence was supported by the facts")
    if not conveys(_MARKER.sub("", " ".join(kept)), answer.decision):
        return _offline(answer, "the model's wording was refused: what was left does not say the decision")
    cut = len(worded.sentences) - len(kept)
    note = f"prompt {prompt.label}" + (f"; {cut} unsupported sentence{'s' * (cut > 1)} cut" if cut else "")
    text = "\n\n".join([" ".join(kept), *ruled.rest])
    return answer.model_copy(update={"answer": text, "engine": Engine(name="model", model=model.name, note=note)})


@dataclass(frozen=True)
class _Ruled:
    """What the model may word: the ruling's paragraphs and the facts they cite; and the paragraphs that stay."""

    said: str
    rest: tuple[str, ...]
    facts: dict[str, Snippet]
    markers: dict[str, str]

    @classmethod
    def of(cls, answer: Answer, facts: Sequence[Snippet]) -> "_Ruled":
        paragraphs = answer.answer.split("\n\n")
        ruling = [paragraphs[0]]
        rest: list[str] = []
        for paragraph in paragraphs[1:]:
            beside = paragraph.startswith(_BESIDE) if answer.payer is None else not paragraph.startswith("- ")
            (rest if beside else ruling).append(paragraph)
        said = "\n".join(ruling)
        places = {citation.snippet_id: place for place, citation in enumerate(answer.citations, start=1)}
        marked = {int(place) for place in _MARKER.findall(said)}
        # An answer without markers in its text rests on all of its citations.
        behind = [fact for fact in facts if not marked or places.get(fact.id) in marked][:_MOST_FACTS]
        numbered = {f"F{number}": fact for number, fact in enumerate(behind, start=1)}
        markers = {name: f"[{places[fact.id]}]" for name, fact in numbered.items() if marked and fact.id in places}
        return cls(_MARKER.sub("", said), tuple(rest), numbered, markers)


def _offline(answer: Answer, why: str) -> Answer:
    return answer.model_copy(update={"engine": Engine(name="offline", note=why)})


def _values(answer: Answer, ruled: _Ruled) -> dict[str, str]:
    payer = answer.payer.name if answer.payer else "no single payer"
    on_file = "\n".join(
        [
            f"payer: {payer}",
            f"topic: {answer.topic.value}",
            f"decision: {answer.decision.value}",
            f"answer: {ruled.said}",
            *(f"condition: {condition}" for condition in answer.conditions),
            *(f"modifier: {modifier}" for modifier in answer.modifiers),
        ]
    )
    facts = "\n".join(
        f"{name} ({_whose(fact, answer)}): {' '.join(fact.text.split())}" for name, fact in ruled.facts.items()
    )
    return {
        "decision": answer.decision.value,
        "question": fenced("question", redact(answer.question).text[:2000]),
        "on_file": fenced("answer", on_file),
        "facts": fenced("facts", facts),
    }


def _whose(fact: Snippet, answer: Answer) -> str:
    if answer.payer and fact.payer_id == answer.payer.id:
        return f"on {answer.payer.name}, read at {fact.source.publisher}"
    return f"general, not this payer's own rule, read at {fact.source.publisher}"


def _refusal(worded: WordedAnswer, answer: Answer, ruled: _Ruled) -> str:
    """Why nothing of this reply can be trusted; empty where its sentences may be looked at one by one."""
    if worded.decision != answer.decision.value:
        return "it gives another decision than the facts"
    if unknown_ids((name for sentence in worded.sentences for name in sentence.rests_on), ruled.facts):
        return "it cites a fact that is not on file"
    if len(worded.sentences) > _MOST_SENTENCES:
        return "it is too long"
    return ""


def _kept(sentence: WordedSentence, answer: Answer, ruled: _Ruled) -> str:
    """The sentence in one line with its citations' markers, or nothing where any check fails."""
    if len(sentence.text) > _LONGEST_SENTENCE:
        return ""
    text = _OWN_MARKER.sub("", " ".join(sentence.text.split()))
    cited = [ruled.facts[name] for name in dict.fromkeys(sentence.rests_on)]
    # The offline ruling was made from the same facts, so a sentence may repeat what it states.
    words = [ruled.said, *answer.conditions, *answer.modifiers, *(fact.text for fact in cited)]
    if not cited or not text or _misattributed(text, cited, answer):
        return ""
    named = [*words, *(fact.title for fact in cited), *(fact.source.publisher for fact in cited)]
    if answer.payer:
        named.append(answer.payer.name)
    dated = [*named, *(fact.effective_from.isoformat() for fact in cited if fact.effective_from)]
    linked = [*words, *(fact.source.url for fact in cited)]
    failed = (
        contradicts(text, answer.decision.value, words)
        or new_values(text, dated)
        or new_links(text, linked)
        or new_names(text, named)
        or new_placements(text, words)
        or negated_anew(text, words)
        or not supported(text, words)
    )
    markers = "".join(dict.fromkeys(ruled.markers.get(name, "") for name in sentence.rests_on))
    return "" if failed else f"{text} {markers}".rstrip()


def _misattributed(text: str, cited: Sequence[Snippet], answer: Answer) -> bool:
    """True where a sentence names the payer and none of its facts is that payer's: a general rule is not theirs."""
    if answer.payer is None or any(fact.payer_id == answer.payer.id for fact in cited):
        return False
    names = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", answer.payer.name)} - _SHARED
    return bool(names & {word.lower() for word in re.findall(r"[A-Za-z]{2,}", text)}) or "payer" in text.lower()
