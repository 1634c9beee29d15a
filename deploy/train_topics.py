"""Make the weights that place questions, `knowledge/models/topics.npz`, from labelled questions.

    .venv/bin/uv run --with scikit-learn python deploy/train_topics.py [--check]

It learns from the tuning halves of `tests/eval/questions`, from `tests/eval/topics/train.jsonl`, and from the facts'
own statements; never from a kept half. `--check` writes nothing and prints how one author's questions fare where the
model learnt from the others'. The same data give the same weights.
"""

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from bot.answers.topic_model import NONE, TOPICS, Row, Signs, without_payers
from bot.answers.topics import topic_scores
from bot.embedder import Embedder
from bot.policies.catalog import Catalog, load_catalog
from bot.policies.lexical import tokens_of
from bot.policies.models import Fact, Topic
from bot.policies.resolve import Resolver
from bot.text_model import softmax

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "eval" / "questions"
MORE = ROOT / "tests" / "eval" / "topics" / "train.jsonl"
OUT = ROOT / "knowledge" / "models" / "topics.npz"
CLASSES = len(TOPICS) + 1
# A statement tells its topic plainly, and is no question: it counts for less.
STATEMENT_WEIGHT = 0.3
# Written one a fact, with the fact's own topic where people would say another: they count for less than users' own.
FACT_QUESTION_WEIGHT = 0.3


@dataclass(frozen=True)
class Labelled:
    """One question, the places of the topics it may be given, and who wrote it."""

    question: str
    places: tuple[int, ...]
    author: str


def labelled() -> list[Labelled]:
    found = []
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if int(case["id"][1:]) % 2 and not case.get("turns"):
                found.append(Labelled(case["question"], _places(case), case["id"][0]))
    if MORE.exists():
        for line in MORE.read_text("utf-8").splitlines():
            row = json.loads(line)
            place = NONE if row["topic"] == "none" else TOPICS.index(Topic(row["topic"]))
            found.append(Labelled(row["question"], (place,), "train"))
    return found


def _places(case: dict) -> tuple[int, ...]:
    topics = [case["topic"]] if isinstance(case["topic"], str) else case["topic"]
    topics = [*topics, *case.get("topic_alt", [])]
    decisions = case["decision"] if isinstance(case["decision"], list) else [case["decision"]]
    if "general" in topics and not case["payers"] and "not_applicable" in decisions:
        return (NONE, *(TOPICS.index(Topic(topic)) for topic in topics))
    return tuple(TOPICS.index(Topic(topic)) for topic in topics)


def weighed(rows: list[Labelled]) -> np.ndarray:
    return np.array([FACT_QUESTION_WEIGHT if row.author == "train" else 1.0 for row in rows])


class Trainer:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.resolver = Resolver(catalog)
        self.embedder = Embedder()
        self.idf = _idf(catalog)
        self.signs = Signs(self.embedder, self.idf)
        facts = [fact for payer in catalog.payers.values() for fact in payer.facts]
        self.statements = np.array([self.signs.meaning(fact.statement) for fact in facts])
        self.statement_places = np.array([TOPICS.index(fact.topic) for fact in facts])

    def read(self, rows: list[Labelled]) -> list[tuple[str, Row, dict[Topic, int], list[Fact]]]:
        found = []
        for row in rows:
            mentions = self.resolver.mentions(row.question)
            plain = without_payers(row.question, mentions)
            payers = {mention.payer_id for mention in mentions if mention.payer_id}
            facts = [fact for one in sorted(payers) for fact in self.catalog.payers[one].facts]
            found.append((plain, self.signs.meaning(plain), topic_scores(row.question), facts))
        return found

    def fit(self, read: list, places: np.ndarray, weights: np.ndarray) -> tuple[Row, Row]:
        vectors = np.array([vector for _, vector, _, _ in read])
        told = np.zeros((len(read), CLASSES), np.float32)
        folds = KFold(8, shuffle=True, random_state=0)
        for seen, unseen in folds.split(vectors):
            meaning = self._meaning(vectors[seen], places[seen], weights[seen])
            told[unseen] = [softmax(meaning @ vector) for vector in vectors[unseen]]
        signs = [self.signs.rest(p, s, f, t) for (p, _, s, f), t in zip(read, told, strict=True)]
        return self._meaning(vectors, places, weights), _regression(np.array(signs), places, weights, 1.0)

    def _meaning(self, vectors: np.ndarray, places: np.ndarray, weights: np.ndarray) -> Row:
        weights = np.r_[weights, np.full(len(self.statement_places), STATEMENT_WEIGHT)]
        return _regression(np.vstack([vectors, self.statements]), np.r_[places, self.statement_places], weights, 3.0)

    def place(self, read: list, weights: tuple[Row, Row]) -> list[tuple[int, float]]:
        found = []
        for plain, vector, scores, facts in read:
            told = softmax(weights[0] @ vector)
            odds = softmax(weights[1] @ self.signs.rest(plain, scores, facts, told))
            found.append((int(odds.argmax()), float(odds.max())))
        return found


def _regression(rows: np.ndarray, places: np.ndarray, weights: np.ndarray | None, strength: float) -> Row:
    model = LogisticRegression(C=strength, max_iter=4000)
    model.fit(rows[:, :-1], places, sample_weight=weights)
    full = np.zeros((CLASSES, rows.shape[1]), np.float32)
    full[:, -1] = -10.0  # a class without an example
    full[model.classes_] = np.column_stack([model.coef_, model.intercept_])
    return full


def _idf(catalog: Catalog) -> dict[str, float]:
    held = Counter(word for snippet in catalog.snippets for word in set(tokens_of(snippet.text)))
    return {word: round(math.log(1 + len(catalog.snippets) / (1 + n)), 3) for word, n in sorted(held.items())}


def check(trainer: Trainer, rows: list[Labelled]) -> None:
    """How each author's questions fare where the model learnt from all the others'."""
    read = trainer.read(rows)
    places = np.array([row.places[0] for row in rows])
    for author in sorted({row.author for row in rows} - {"train"}):
        test = [at for at, row in enumerate(rows) if row.author == author]
        rest = [at for at, row in enumerate(rows) if row.author != author]
        weights = trainer.fit([read[at] for at in rest], places[rest], weighed(rows)[rest])
        placed = trainer.place([read[at] for at in test], weights)
        right = [place in rows[at].places for at, (place, _) in zip(test, placed, strict=True)]
        sure = [odds for _, odds in placed]
        print(f"{author}: {sum(right)}/{len(test)} = {sum(right) / len(test):.3f}")
        for low, high in ((0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
            band = [ok for ok, odds in zip(right, sure, strict=True) if low <= odds < high]
            print(f"   sure {low:.1f} to {min(high, 1):.1f}: {sum(band)}/{len(band)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    trainer, rows = Trainer(load_catalog()), labelled()
    if options.check:
        check(trainer, rows)
        return
    meaning, signs = trainer.fit(trainer.read(rows), np.array([row.places[0] for row in rows]), weighed(rows))
    np.savez_compressed(
        OUT,
        meaning=meaning.astype(np.float32),
        signs=signs.astype(np.float32),
        words=np.array(json.dumps(list(trainer.idf))),
        idf=np.array(list(trainer.idf.values()), np.float32),
    )
    print(f"{OUT.relative_to(ROOT)} from {len(rows)} questions: {OUT.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
