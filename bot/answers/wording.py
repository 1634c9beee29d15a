"""A model words an answer whose decision is made; what its facts do not carry is cut, or the offline words stand."""

from collections.abc import Callable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answers.draft import Draft
from bot.answers.models import Answer, Engine
from bot.answers.ruled import Ruled
from bot.llm.fence import fenced
from bot.llm.partial import Members
from bot.llm.redaction import redact
from bot.llm.structured import ModelUnavailable, Prompt, StructuredModel
from bot.policies.models import Decision, Snippet

_PROMPT = "answer_wording"
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
Show = Callable[[str], bool]


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


def is_worded(answer: Answer, facts: Sequence[Snippet]) -> bool:
    """Whether a model is asked at all: an unknown cannot be said better, and without facts nothing can."""
    return answer.decision is not Decision.UNKNOWN and bool(Ruled.of(answer, facts).facts)


def word(answer: Answer, facts: Sequence[Snippet], model: StructuredModel, show: Show | None = None) -> Answer:
    """The answer in the model's words where they pass every check, else as it was with the reason in its engine.

    `facts` are the snippets behind the citations. The model words the ruling and its statements; the offline
    answer's further paragraphs (modifiers and their place, conflicts, age, the national floor, other plans) stay
    as they are, and so do all other fields. Raises nothing for a failing model.

    `show` gets each sentence that passed, while the model goes on, and tells whether a person sees it now. The
    answer that is returned is the one that counts: it may be the offline one after all.
    """
    if not is_worded(answer, facts):
        return answer
    ruled = Ruled.of(answer, facts)
    prompt = Prompt.load(_PROMPT)
    hearing = _Hearing(answer, ruled, show) if show else None
    try:
        worded = model.complete(prompt, _values(answer, ruled), WordedAnswer, hearing)
    except ModelUnavailable as error:
        return _offline(answer, str(error))
    draft = Draft(answer, ruled)
    draft.decide(worded.decision)
    for sentence in worded.sentences:
        draft.take(sentence.text, sentence.rests_on)
    if draft.fault:
        return _offline(answer, f"the model's wording was refused: {draft.fault}")
    cut = len(draft.cut)
    note = f"prompt {prompt.label}" + (f"; {cut} unsupported sentence{'s' * (cut > 1)} cut" if cut else "")
    text = "\n\n".join([" ".join(draft.kept), *ruled.rest])
    return answer.model_copy(update={"answer": text, "engine": Engine(name="model", model=model.name, note=note)})


class _Hearing:
    """Reads a reply while it comes, and shows what is already whole and checked."""

    def __init__(self, answer: Answer, ruled: Ruled, show: Show) -> None:
        self._answer, self._ruled, self._show = answer, ruled, show
        self.committed = False
        self.begin()

    def begin(self) -> None:
        self._members, self._draft = Members(), Draft(self._answer, self._ruled)

    def hear(self, piece: str) -> None:
        for name, value in self._members.feed(piece):
            for sentence in self._freed(name, value):
                self.committed = self._show(sentence) or self.committed

    def _freed(self, name: str, value: object) -> list[str]:
        if name == "decision":
            return self._draft.decide(str(value))
        if name != "sentences":
            return []
        try:
            sentence = WordedSentence.model_validate(value)
        except ValidationError:
            return []  # the whole reply will be refused for it
        return self._draft.take(sentence.text, sentence.rests_on)


def _offline(answer: Answer, why: str) -> Answer:
    return answer.model_copy(update={"engine": Engine(name="offline", note=why)})


def _values(answer: Answer, ruled: Ruled) -> dict[str, str]:
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
        "question": fenced("question", redact(answer.question, keep=payer.split()).text[:2000]),
        "on_file": fenced("answer", on_file),
        "facts": fenced("facts", facts),
    }


def _whose(fact: Snippet, answer: Answer) -> str:
    if answer.payer and fact.payer_id == answer.payer.id:
        return f"on {answer.payer.name}, read at {fact.source.publisher}"
    return f"general, not this payer's own rule, read at {fact.source.publisher}"
