"""One measurement of bench_copies_scale, in this process: `python -m tests.bench.copies_scale ours|rensa|... SIZE`."""

import gc
import json
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise

import numpy as np

from bot.audit.candidates import candidates
from bot.audit.clusters import clusters
from bot.audit.executor import cores
from bot.audit.fingerprints import bands_of
from bot.audit.passage import CopiedPair
from bot.audit.reading import Reader, Rows
from bot.audit.similar import find_copies, fingerprint
from tests.bench.invented_notes import Notes, invent, texts

_ALIKE = 0.8
_FALSE = 0.6
_PERMUTATIONS, _BANDS = 126, 42
"""Three values a band, as datasketch chooses for the threshold below."""
_MET_FROM = 0.3
"""From this Jaccard of word pairs on the plain pipelines' index is asked; their best cut is sought above it."""


def ours(size: int) -> dict[str, object]:
    notes = _invented(size)
    before = _megabytes()
    started, processor = time.perf_counter(), _processor()
    found = find_copies(notes.passages, alike=_ALIKE)
    seconds, processor = time.perf_counter() - started, _processor() - processor
    memory = _megabytes() + _workers_megabytes()
    started = time.perf_counter()
    reader = Reader()
    for at in range(0, size, 2000):
        bands_of(Rows.of([one.text for one in notes.passages[at : at + 2000]], reader), np.empty(0, np.uint64))
    return {
        "seconds": seconds,
        "processor": processor,
        "minhash": time.perf_counter() - started,
        "megabytes": memory,
        "notes_megabytes": before,
        "candidates": found.candidates,
        "false_candidates": found.false_candidates,
        **_score(notes, found.pairs),
    }


def _invented(size: int) -> Notes:
    """The notes, whose millions of small things are kept out of the way of what is measured."""
    gc.disable()
    notes = invent(size)
    gc.freeze()
    gc.enable()
    return notes


def _score(notes: Notes, pairs: Iterable[CopiedPair]) -> dict[str, object]:
    """Recall of the copies put in, by kind, and how many pairs are no copies by the words the notes were made of."""
    # Of one note many times over any two are a copy: thousands of right pairs would hide the wrong ones.
    crowd = {key: place for place, keys in enumerate(notes.crowds.values()) for key in keys}
    found = {(one.a, one.b) for one in pairs if one.a not in crowd or crowd[one.a] != crowd.get(one.b)}
    joined = clusters(pairs)
    of = {key: number for number, cluster in enumerate(joined) for key in cluster.keys}
    kinds: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in notes.planted:
        if one.alike >= _ALIKE:
            kinds[one.kind][1] += 1
            # Of several with the same words, each is paired with one of them.
            told = (min(one.original, one.made), max(one.original, one.made)) in found
            kinds[one.kind][0] += told or of.get(one.original, -1) == of.get(one.made, -2)
    alike = [notes.alike(a, b) for a, b in found]
    false, borderline = sum(one < _FALSE for one in alike), sum(_FALSE <= one < _ALIKE for one in alike)
    hit, known = (sum(counts[place] for counts in kinds.values()) for place in (0, 1))
    crowds = [key for crowd in notes.crowds.values() for key in crowd]
    together = sum(of.get(key, -1) == of.get(crowd[0], -2) for crowd in notes.crowds.values() for key in crowd)
    return {
        "pairs": len(found),
        "known": known,
        "recall": hit / known,
        "kinds": kinds,
        "precision": 1 - false / len(found) if found else 1.0,
        "false": false,
        "borderline": borderline,
        "crowds": together / len(crowds) if crowds else 1.0,
    }


_Candidates = Iterable[tuple[int, int, float]]


def _plain(size: int, run: Callable[[list[set[str]]], tuple[float, _Candidates]]) -> dict[str, object]:
    """A pipeline of word pairs, MinHash and index alone; pairs are kept from the estimate that serves it best."""
    notes = _invented(size)
    started, processor = time.perf_counter(), _processor()
    hashed, met = run([_shingles(one.text) for one in notes.passages])
    met = list(met)
    seconds, processor = time.perf_counter() - started, _processor() - processor
    keys = [one.key for one in notes.passages]
    best: dict[str, object] = {}
    for cut in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        kept = {(min(keys[a], keys[b]), max(keys[a], keys[b])) for a, b, likeness in met if likeness >= cut}
        scored = _score(notes, [CopiedPair(a, b, 1.0, ()) for a, b in kept])
        if not best or _f1(scored) > _f1(best):
            best = {**scored, "cut": cut}
    return {**best, "seconds": seconds, "processor": processor, "minhash": hashed, "candidates": len(met)}


def _f1(scored: dict[str, object]) -> float:
    recall, precision = float(str(scored["recall"])), float(str(scored["precision"]))
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _shingles(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {f"{a} {b}" for a, b in pairwise(words)}


def datasketch(size: int) -> dict[str, object]:
    from datasketch import MinHash, MinHashLSH

    def run(sets: list[set[str]]) -> tuple[float, _Candidates]:
        started = time.perf_counter()
        sketches = list(MinHash.generator([[one.encode() for one in row] for row in sets], num_perm=_PERMUTATIONS))
        hashed = time.perf_counter() - started
        index = MinHashLSH(threshold=_MET_FROM, num_perm=_PERMUTATIONS)
        for place, sketch in enumerate(sketches):
            index.insert(place, sketch)
        met = (
            (place, other, likeness)
            for place, sketch in enumerate(sketches)
            for other in index.query(sketch)
            if other > place and (likeness := sketch.jaccard(sketches[other])) >= _MET_FROM
        )
        return hashed, met

    return _plain(size, run)


def rensa(size: int) -> dict[str, object]:
    from rensa import RMinHash, RMinHashLSH

    def run(sets: list[set[str]]) -> tuple[float, _Candidates]:
        started = time.perf_counter()
        sketches = RMinHash.from_token_sets([list(row) for row in sets], _PERMUTATIONS, 42)
        hashed = time.perf_counter() - started
        index = RMinHashLSH(_MET_FROM, _PERMUTATIONS, _BANDS)
        index.insert_pairs(list(enumerate(sketches)))
        met = (
            (place, other, likeness)
            for place, others in enumerate(index.query_all(sketches))
            for other in others
            if other > place and (likeness := sketches[place].jaccard(sketches[other])) >= _MET_FROM
        )
        return hashed, met

    return _plain(size, run)


def fingerprints(size: int) -> dict[str, object]:
    """Of notes that come one by one and are not kept."""
    started, processor = time.perf_counter(), _processor()
    made = fingerprint(_many(size), expected=size)
    seconds, processor = time.perf_counter() - started, _processor() - processor
    assert len(made.hashes) == size
    return {"seconds": seconds, "processor": processor, "megabytes": _megabytes() + _workers_megabytes()}


def _many(size: int) -> Iterator[str]:
    """Notes put together from halves of some thousands: to invent each would take longer than what is measured."""
    halves = []
    for text in texts(min(size, 4000)):
        words = text.split(" ")
        halves.append((" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])))
    dice = random.Random(1)
    return (f"{dice.choice(halves)[0]} {dice.choice(halves)[1]}" for _ in islice(range(size), size))


def alone(size: int) -> dict[str, object]:
    """In one process, as the pipelines beside it run."""
    notes = _invented(size)
    started, processor = time.perf_counter(), _processor()
    find_copies(notes.passages, alike=_ALIKE, workers=1)
    seconds, processor = time.perf_counter() - started, _processor() - processor
    began = _processor()
    made = fingerprint([one.text for one in notes.passages], workers=1)
    met = candidates(made.bands[np.unique(made.hashes, return_index=True)[1]], _ALIKE)
    return {"seconds": seconds, "processor": processor, "met": len(met), "meeting": _processor() - began}


def _processor() -> float:
    """Seconds of computing by this process and by workers that have ended: a busy machine hardly lengthens them."""
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + workers.ru_utime + workers.ru_stime


def _megabytes() -> float:
    """The peak of this process."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def _workers_megabytes() -> float:
    """As if all workers had peaked at once, as high as the highest."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 * cores()


if __name__ == "__main__":
    measured = {"ours": ours, "alone": alone, "datasketch": datasketch, "rensa": rensa, "fingerprints": fingerprints}
    print(json.dumps(measured[sys.argv[1]](int(sys.argv[2]))))
