"""What plain retrieval over the same Chroma collection would answer: LangChain's, vectors alone, words alone.

A baseline answers by its first hit: that snippet's payer, topic and decision, read as the program reads a fact. It
abstains where the first hit's score lies under a threshold, which is the one that gives it most right decisions on the
tuning half. A thread is asked as its turns joined, since a baseline remembers nothing.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from bot.embedder import Embedder
from bot.policies.generations import Generations
from bot.policies.index import COLLECTION, open_index
from bot.policies.lexical import WordRanking
from bot.policies.reading import GENERALLY, decision_of
from tests.eval.asked import Given, Program, Told
from tests.eval.cases import HALVES, NOBODY, Case
from tests.eval.scoring import FIRST, Tally, score

Found = list[tuple[str, float]]
_STEPS = 200


@dataclass(frozen=True)
class Baseline:
    """A way to retrieve: `find` gives the first snippets for a question with their scores, the best first."""

    name: str
    find: Callable[[str], Found]


@dataclass(frozen=True)
class Retrieved:
    """What a baseline found for one case."""

    case: Case
    found: Found
    milliseconds: float


class _OurEmbeddings(Embeddings):
    """The bundled embedder as LangChain wants one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.embed([text])[0].tolist()


@contextmanager
def baselines(program: Program) -> Iterator[list[Baseline]]:
    """The three, over copies of the index that the program itself searches."""
    import chromadb
    from langchain_chroma import Chroma

    copy = Generations(program.folder / "index").copy()
    assert copy is not None
    client = chromadb.PersistentClient(str(copy.folder / "chroma"))
    embedder = Embedder()
    store = Chroma(
        client=client,
        collection_name=COLLECTION,
        embedding_function=_OurEmbeddings(embedder),
        create_collection_if_not_exists=False,
    )
    retriever = store.as_retriever(search_kwargs={"k": FIRST})
    index = open_index(program.folder, program.copilot.embedder)
    vectors = {key: vector for key, (_, vector) in index.vectors().items()}
    rows = program.copilot.catalog.snippets
    words = WordRanking(rows)

    def by_langchain(question: str) -> Found:
        ids = [str(document.id) for document in retriever.invoke(question)]
        vector = embedder.embed([question])[0]  # remembered from the retrieval
        return [(key, float(vectors[key] @ vector)) for key in ids]

    def by_words(question: str) -> Found:
        return [(rows[row].id, value) for row, value in words.best(question, FIRST)]

    dense = Embedder()
    try:
        yield [
            Baseline("LangChain", by_langchain),
            Baseline("dense only", lambda question: index.query(dense.embed([question])[0], None, FIRST)),
            Baseline("lexical only", by_words),
        ]
    finally:
        client.close()


def retrieve(baseline: Baseline, case: Case) -> Retrieved:
    """What the baseline finds for a case."""
    started = time.perf_counter()
    found = baseline.find(" ".join(case.turns))
    return Retrieved(case, found, (time.perf_counter() - started) * 1000)


def told(retrieved: Retrieved, threshold: float, program: Program) -> Told:
    """The first hit as an answer; below the threshold, or with no hit at all, that nothing is known."""
    ids = [key for key, _ in retrieved.found]
    spent = [retrieved.milliseconds]
    if not ids:
        return Told([Given(NOBODY, "general", "unknown", [])], ids, spent)
    snippet, fact = program.snippets[ids[0]], program.copilot.catalog.fact(ids[0])
    if retrieved.found[0][1] < threshold:
        return Told([Given(NOBODY, snippet.topic, "unknown", [])], ids, spent)
    payer = NOBODY if snippet.payer_id in program.background else snippet.payer_id
    decision = decision_of(fact) if fact and payer else GENERALLY[snippet.topic]
    return Told([Given(payer, snippet.topic, decision, ids[:1], snippet.text)], ids, spent)


def threshold_for(found: Sequence[Retrieved], program: Program) -> float:
    """The score under which abstaining gives most right decisions on the tuning half; between equals the lowest."""
    tuning = [one for one in found if one.case.half == HALVES[0]]
    scores = sorted(one.found[0][1] for one in tuning if one.found)
    tried = [0.0, *scores[:: max(1, len(scores) // _STEPS)]]

    def right(threshold: float) -> int:
        tally = Tally()
        for one in tuning:
            score(one.case, told(one, threshold, program), program, tally)
        return tally.decision

    return max(tried, key=lambda threshold: (right(threshold), -threshold), default=0.0)
