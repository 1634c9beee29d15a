"""What a question is about, told by a small model over three signs: its cues, its meaning, and the payer's own facts.

Cues alone read a stranger's wording wrong in one question of five; the three together in one of twenty-five (see
docs/answers.md). `deploy/train_topics.py` makes the weights from the tuning questions of `tests/eval`. A model of this
kind only places a question: what may be said still comes from typed facts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.answers.aspects import INDIVIDUAL
from bot.answers.phrases import MATTERS
from bot.answers.shorthand import spell_out
from bot.policies.lexical import tokens_of
from bot.policies.mention import Mention
from bot.policies.models import Fact, Topic
from bot.resources import KNOWLEDGE
from bot.text_model import softmax

TOPICS = tuple(Topic)
NONE = len(TOPICS)
"""The place of "not our matter" behind the topics."""

_WEIGHTS = KNOWLEDGE / "models" / "topics.npz"
_STRONGEST_CUE = 10
_FACTS_KEPT = 4_096
_MOST_OF_MEANING = 0.4  # cosines of a payer's facts with one question hardly differ by more
# Of 202 questions with a known fact, cues alone find the aspect of 157, cues and this margin 190, and no question on a
# main matter is taken for a narrower one.
_CLEARLY = 0.3
_NO_RULE_OF_GROUPS = frozenset(
    {"general_psychotherapy", "general_services", "individual_therapy", "former_network", "proposed_rule"}
)

Row = NDArray[np.float32]


class Embeds(Protocol):
    """The part of the embedder that is needed."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Weights:
    """Two layers of softmax regression: meaning alone, then all signs with its verdict; and word weights."""

    meaning: Row
    signs: Row
    idf: Mapping[str, float]

    @classmethod
    @cache
    def load(cls, path: Path = _WEIGHTS) -> "Weights":
        """Read the shipped weights once a process."""
        with np.load(path) as held:
            idf = dict(zip(json.loads(str(held["words"])), held["idf"].tolist(), strict=True))
            return cls(held["meaning"], held["signs"], idf)


class Signs:
    """Makes of a question the numbers that the model reads; training and answering share it."""

    def __init__(self, embedder: Embeds, idf: Mapping[str, float]) -> None:
        self._embedder = embedder
        self._idf = idf
        self._rarest = max(idf.values(), default=1.0)
        self._worded: dict[str, frozenset[str]] = {}
        self._vectors: dict[str, Row] = {}

    def meaning(self, plain: str) -> Row:
        """The vector of a question whose payers are out of it, lengthened by one for the bias."""
        return _with_bias(2 * self._embedder.embed([plain])[0])

    def rest(self, plain: str, scores: Mapping[Topic, int], facts: Sequence[Fact], told: Row) -> Row:
        """Verdict by meaning, cues, and how much of its words the payers' facts on each topic share."""
        cues = np.array([min(scores.get(topic, 0), _STRONGEST_CUE) / 4 for topic in TOPICS], dtype=np.float32)
        shared = np.zeros(len(TOPICS), np.float32)
        words = frozenset(tokens_of(plain))
        for fact in facts:
            place = TOPICS.index(fact.topic)
            shared[place] = max(shared[place], self._weight(words & self._words(fact)))
        return _with_bias(np.concatenate([np.log(told + 1e-4) / 2, cues, shared / 8]))

    def overlap(self, plain: str, topic: Topic, facts: Sequence[Fact]) -> list[float]:
        """What share of the question's words, by weight, the topic's own name has, and each fact with its aspect."""
        words = frozenset(tokens_of(plain))
        whole = max(1.0, self._weight(words))
        aspects = (frozenset(tokens_of(fact.aspect.replace("_", " "))) for fact in facts)
        told = (self._words(fact) | aspect for fact, aspect in zip(facts, aspects, strict=True))
        return [self._weight(words & one) / whole for one in (frozenset(tokens_of(MATTERS[topic])), *told)]

    def likeness(self, plain: str, texts: Sequence[str]) -> list[float]:
        """The cosine of the question with each text."""
        asked = self._embedder.embed([plain])[0]
        return [float(self._vector(text) @ asked) for text in texts]

    def _words(self, fact: Fact) -> frozenset[str]:
        told = " ".join((fact.statement, *fact.conditions))
        if told not in self._worded:
            self._worded[told] = frozenset(tokens_of(told))
            _forget_some(self._worded)
        return self._worded[told]

    def _vector(self, text: str) -> Row:
        if text not in self._vectors:
            self._vectors[text] = self._embedder.embed([text])[0]
            _forget_some(self._vectors)
        return self._vectors[text]

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self._idf.get(word, self._rarest) for word in words)


class TopicModel:
    """Places questions. Threads may share it."""

    def __init__(self, embedder: Embeds, weights: Weights | None = None) -> None:
        self._weights = weights or Weights.load()
        self._signs = Signs(embedder, self._weights.idf)

    def tell(
        self, question: str, mentions: Sequence[Mention], scores: Mapping[Topic, int], facts: Sequence[Fact]
    ) -> dict[Topic | None, float]:
        """The probability of each topic; under None that the question is not our matter.

        `scores` are the cues' weights, `facts` those of the payers named.
        """
        plain = without_payers(question, mentions)
        vector = self._signs.meaning(plain)
        told = softmax(self._weights.meaning @ vector)
        found = softmax(self._weights.signs @ self._signs.rest(plain, scores, facts, told))
        places: list[Topic | None] = [*TOPICS, None]
        return dict(zip(places, found.tolist(), strict=True))

    def near_aspect(self, question: str, mentions: Sequence[Mention], topic: Topic, facts: Sequence[Fact]) -> str:
        """The narrower matter that a question without a cue for it is plainly about, by the payer's facts on `topic`.

        A fact on such a matter must come clearly nearer than any on the main question, and than that itself.
        """
        if topic is Topic.SAME_DAY and INDIVIDUAL.search(spell_out(question)):
            return ""  # the main pair, whatever stands nearest
        sided = [
            fact for fact in facts if fact.topic is topic and fact.aspect and fact.aspect not in _NO_RULE_OF_GROUPS
        ]
        if not sided:
            return ""
        main = [fact for fact in facts if fact.topic is topic and not fact.aspect]
        plain = without_payers(question, mentions)
        shares = self._signs.overlap(plain, topic, [*main, *sided])
        margin = _CLEARLY if main else 2 * _CLEARLY
        first = 1 + len(main)  # behind the topic itself and the facts on its main question
        if 2 * max(shares[first:]) + _MOST_OF_MEANING < 2 * max(shares[:first]) + margin:
            return ""  # no likeness in meaning would make up for the words
        alike = self._signs.likeness(plain, [MATTERS[topic], *(fact.statement for fact in (*main, *sided))])
        near = [cosine + 2 * share for cosine, share in zip(alike, shares, strict=True)]
        best = max(range(first, len(near)), key=lambda at: near[at])
        return sided[best - first].aspect if near[best] > max(near[:first]) + margin else ""


def without_payers(question: str, mentions: Sequence[Mention]) -> str:
    """The question with its payers' names out of it, shorthand spelled out: what is asked, whoever is asked of."""
    for mention in sorted(mentions, key=lambda one: -one.start):
        if mention.end > mention.start:
            question = f"{question[: mention.start]} the payer {question[mention.end :]}"
    return spell_out(question)


def _forget_some(kept: dict[str, Any]) -> None:
    """Keep the memory of facts within bounds: the oldest goes first."""
    while len(kept) > _FACTS_KEPT:
        kept.pop(next(iter(kept)))


def _with_bias(row: NDArray[Any]) -> Row:
    return np.append(row, 1.0).astype(np.float32)
