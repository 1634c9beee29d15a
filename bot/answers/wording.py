"""A model words an answer whose decision is made; what its facts do not carry is cut, or the offline words stand."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.models import Answer, Engine
from bot.llm.fence import fenced
from bot.llm.grounding import unknown_ids
from bot.llm.redaction import redact
from bot.llm.stances import contradicts, conveys
from bot.llm.statements import negated_anew, new_links, new_names, new_values, supported
from bot.llm.structured import ModelUnavailable, Prompt, StructuredModel
from bot.policies.models import Decision, Snippet

_PROMPT = "answer_wording"
_MOST_FACTS = 12
_LONGEST_SENTENCE = 400
_MOST_SENTENCES = 8
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

    `facts` are the snippets behind the answer; sentences may rest on them and on the offline answer, on nothing
    else. Decision, conditions, modifiers and citations are never the model's. Raises nothing for a failing model.
    An unknown is not worded: there is nothing to say better.
    """
    if answer.decision is Decision.UNKNOWN or not facts:
        return answer
    numbered = {f"F{number}": fact for number, fact in enumerate(facts[:_MOST_FACTS], start=1)}
    prompt = Prompt.load(_PROMPT)
    try:
        worded = model.complete(prompt, _values(answer, numbered), WordedAnswer)
    except ModelUnavailable as error:
        return _offline(answer, str(error))
    refusal = _refusal(worded, answer, numbered)
    if refusal:
        return _offline(answer, f"the model's wording was refused: {refusal}")
    kept = [text for text in (_kept(sentence, answer, numbered) for sentence in worded.sentences) if text]
    text = " ".join(kept)
    if not kept:
        return _offline(answer, "the model's wording was refused: no sentence was supported by the facts")
    if not conveys(text, answer.decision):
        return _offline(answer, "the model's wording was refused: what was left does not say the decision")
    cut = len(worded.sentences) - len(kept)
    note = f"prompt {prompt.label}" + (f"; {cut} unsupported sentence{'s' * (cut > 1)} cut" if cut else "")
    return answer.model_copy(update={"answer": text, "engine": Engine(name="model", model=model.name, note=note)})


def _offline(answer: Answer, why: str) -> Answer:
    return answer.model_copy(update={"engine": Engine(name="offline", note=why)})


def _values(answer: Answer, numbered: dict[str, Snippet]) -> dict[str, str]:
    payer = answer.payer.name if answer.payer else "no single payer"
    on_file = "\n".join(
        [
            f"payer: {payer}",
            f"topic: {answer.topic.value}",
            f"decision: {answer.decision.value}",
            f"answer: {answer.answer}",
            *(f"condition: {condition}" for condition in answer.conditions),
            *(f"modifier: {modifier}" for modifier in answer.modifiers),
        ]
    )
    facts = "\n".join(f"{number}: {' '.join(fact.text.split())}" for number, fact in numbered.items())
    return {
        "decision": answer.decision.value,
        "question": fenced("question", redact(answer.question).text[:2000]),
        "on_file": fenced("answer", on_file),
        "facts": fenced("facts", facts),
    }


def _refusal(worded: WordedAnswer, answer: Answer, numbered: dict[str, Snippet]) -> str:
    """Why nothing of this reply can be trusted; empty where its sentences may be looked at one by one."""
    if worded.decision != answer.decision.value:
        return "it gives another decision than the facts"
    if unknown_ids((name for sentence in worded.sentences for name in sentence.rests_on), numbered):
        return "it cites a fact that is not on file"
    if len(worded.sentences) > _MOST_SENTENCES:
        return "it is too long"
    return ""


def _kept(sentence: WordedSentence, answer: Answer, numbered: dict[str, Snippet]) -> str:
    """The sentence in one line, or nothing where any check fails."""
    text = " ".join(sentence.text.split())
    cited = [numbered[name] for name in sentence.rests_on]
    if not cited or not text or len(text) > _LONGEST_SENTENCE or contradicts(text, answer.decision.value):
        return ""
    # The offline answer was made from the same facts, so a sentence may repeat what it states.
    on_file = [answer.answer, *answer.conditions, *answer.modifiers]
    words = [*on_file, *(fact.text for fact in cited)]
    named = [*words, *(fact.title for fact in cited), *(fact.source.publisher for fact in cited)]
    if answer.payer:
        named.append(answer.payer.name)
    dated = [*named, *(fact.effective_from.isoformat() for fact in cited if fact.effective_from)]
    linked = [*words, *(fact.source.url for fact in cited)]
    failed = (
        new_values(text, dated)
        or new_links(text, linked)
        or new_names(text, named)
        or negated_anew(text, words)
        or not supported(text, words)
    )
    return "" if failed else text
