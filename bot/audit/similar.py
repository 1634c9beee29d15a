"""Passages that read as one, among many."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from bot.audit.clusters import Cluster, clusters
from bot.audit.passage import CopiedPair, CopyFindings, Passage
from bot.review.copies import compare_parts
from bot.review.masking import Masker
from bot.review.models import Span
from bot.review.parts import Part

__all__ = ["Cluster", "CopiedPair", "CopyFindings", "Passage", "clusters", "find_copies"]


def find_copies(passages: Iterable[Passage], *, alike: float = 0.8, workers: int = 0) -> CopyFindings:  # noqa: ARG001
    """The pairs whose similarity is `alike` or more; `workers` is not used yet."""
    parts = list(_parts(sorted(passages, key=lambda one: one.key)))
    pairs, looked_at = [], 0
    for a, b in combinations(parts, 2):
        looked_at += 1
        judged = compare_parts(a, b)
        if judged and judged.similarity >= alike:
            spans = tuple((one.a_start, one.a_end, one.b_start, one.b_end) for one in judged.spans)
            pairs.append(CopiedPair(a.label, b.label, round(judged.similarity, 3), spans))
    return CopyFindings(tuple(pairs), looked_at, looked_at - len(pairs))


def _parts(passages: Iterable[Passage]) -> Iterator[Part]:
    masker = Masker(())
    for one in passages:
        sentences = tuple(masker.sentences(one.text, [Span(start=0, end=len(one.text))]))
        yield Part(one.key, sentences, tuple(sentence for sentence in sentences if not sentence.session))
