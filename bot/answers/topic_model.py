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

TOPICS = tuple(Topic)
NONE = len(TOPICS)
"""The place of "not our matter" behind the topics."""

_WEIGHTS = KNOWLEDGE / "models" / "topics.npz"
_STRONGEST_CUE = 10
_FACTS_KEPT = 4_096
_STEP = 16
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
        self._known: dict[str, tuple[Row, frozenset[str]]] = {}

    def meaning(self, plain: str) -> Row:
        """The vector of a question whose payers are out of it, lengthened by one for the bias."""
        return _with_bias(2 * self._embedder.embed([plain])[0])

    def rest(self, plain: str, vector: Row, scores: Mapping[Topic, int], facts: Sequence[Fact], told: Row) -> Row:
        """Verdict by meaning, cues, and how near the payers' facts on each topic come in meaning and in words."""
        cues = np.array([min(scores.get(topic, 0), _STRONGEST_CUE) / 4 for topic in TOPICS], dtype=np.float32)
        near, shared = np.zeros(len(TOPICS), np.float32), np.zeros(len(TOPICS), np.float32)
        words = frozenset(tokens_of(plain))
        for fact, (known, own) in zip(facts, self._of(facts), strict=True):
            place = TOPICS.index(fact.topic)
            near[place] = max(near[place], float(known @ vector[:-1]) / 2)
            shared[place] = max(shared[place], self._weight(words & own))
        return _with_bias(np.concatenate([np.log(told + 1e-4) / 2, cues, 2 * near, shared / 8]))

    def prepare(self, facts: Sequence[Fact]) -> None:
        """Make the facts' vectors and words, in small steps so that a question asked meanwhile need not wait."""
        for start in range(0, len(facts), _STEP):
            self._of(facts[start : start + _STEP])

    def _of(self, facts: Sequence[Fact]) -> list[tuple[Row, frozenset[str]]]:
        """Vector and words of each fact, made at the first question about its payer."""
        new = [fact for fact in facts if fact.statement not in self._known]
        if new:
            if len(self._known) > _FACTS_KEPT:
                self._known = {}
                new = list(facts)
            vectors = self._embedder.embed([fact.statement for fact in new])
            self._known |= {
                fact.statement: (vector, frozenset(tokens_of(" ".join((fact.statement, *fact.conditions)))))
                for fact, vector in zip(new, vectors, strict=True)
            }
        return [self._known[fact.statement] for fact in facts]

    def nearness(self, plain: str, texts: Sequence[str], facts: Sequence[Fact]) -> tuple[list[float], list[float]]:
        """How near a question comes to each text and to each fact: cosine, and twice the share of its words' weight."""
        asked, words = self._embedder.embed([plain])[0], frozenset(tokens_of(plain))
        whole = max(1.0, self._weight(words))
        told = [(self._embedder.embed([text])[0], frozenset(tokens_of(text))) for text in texts]
        aspects = [frozenset(tokens_of(fact.aspect.replace("_", " "))) for fact in facts]
        known = [(vector, own | aspect) for (vector, own), aspect in zip(self._of(facts), aspects, strict=True)]
        near = [float(vector @ asked) + 2 * self._weight(words & own) / whole for vector, own in (*told, *known)]
        return near[: len(texts)], near[len(texts) :]

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self._idf.get(word, self._rarest) for word in words)


class TopicModel:
    """Places questions. Threads may share it."""

    def __init__(self, embedder: Embeds, weights: Weights | None = None) -> None:
        self._weights = weights or Weights.load()
        self._signs = Signs(embedder, self._weights.idf)

    def prepare(self, facts: Sequence[Fact]) -> None:
        """Read facts ahead of the first question about their payers, as many as are kept."""
        self._signs.prepare(facts[:_FACTS_KEPT])

    def tell(
        self, question: str, mentions: Sequence[Mention], scores: Mapping[Topic, int], facts: Sequence[Fact]
    ) -> dict[Topic | None, float]:
        """The probability of each topic; under None that the question is not our matter.

        `scores` are the cues' weights, `facts` those of the payers named.
        """
        plain = without_payers(question, mentions)
        vector = self._signs.meaning(plain)
        told = softmax(self._weights.meaning @ vector)
        found = softmax(self._weights.signs @ self._signs.rest(plain, vector, scores, facts, told))
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
        (itself,), near = self._signs.nearness(plain, [MATTERS[topic]], [*main, *sided])
        nearest = max([itself, *near[: len(main)]])
        best = max(range(len(sided)), key=lambda at: near[len(main) + at])
        margin = _CLEARLY if main else 2 * _CLEARLY
        return sided[best].aspect if near[len(main) + best] > nearest + margin else ""


def without_payers(question: str, mentions: Sequence[Mention]) -> str:
    """The question with its payers' names out of it, shorthand spelled out: what is asked, whoever is asked of."""
    for mention in sorted(mentions, key=lambda one: -one.start):
        if mention.end > mention.start:
            question = f"{question[: mention.start]} the payer {question[mention.end :]}"
    return spell_out(question)


def softmax(scores: NDArray[Any]) -> Row:
    raised = np.exp(scores - scores.max())
    found: Row = (raised / raised.sum()).astype(np.float32)
    return found


def _with_bias(row: NDArray[Any]) -> Row:
    return np.append(row, 1.0).astype(np.float32)
