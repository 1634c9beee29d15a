"""How finding copies among member notes grows from a thousand to a hundred thousand, and what it finds and misses.

Each size runs in a process of its own for its memory, on invented notes whose copies are known (`invented_notes.py`).
Beside it, in the same run and on the same notes: datasketch's own pipeline (MinHash, MinHashLSH.insert and query) and
rensa's. COPIES=1000,10000 leaves a size out; COPIES_FINGERPRINTED says of how many notes
the fingerprints alone are made.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.rows import Row

SIZES = tuple(int(size) for size in os.environ.get("COPIES", "1000,10000,100000").split(","))
FINGERPRINTED = int(os.environ.get("COPIES_FINGERPRINTED", "1000000"))
_BESIDE_UP_TO = int(os.environ.get("COPIES_BESIDE", "10000"))
_MOST_SECONDS, _MOST_MEGABYTES = 60, 4096
_RECALL, _PRECISION, _TIMES_FASTER = 0.98, 0.99, 5


def bench_copies() -> list[Row]:
    found = {size: _in_a_process("ours", size) for size in SIZES}
    rows = [row for size, said in found.items() for row in _ours(size, said, found[SIZES[0]])]
    beside = max((size for size in SIZES if size <= _BESIDE_UP_TO), default=SIZES[0])
    alone = _in_a_process("alone", beside)
    for name in ("datasketch", "rensa"):
        rows += _beside(name, beside, _in_a_process(name, beside), {**found[beside], "alone": alone})
    return rows


def bench_fingerprints() -> list[Row]:
    said = _in_a_process("fingerprints", FINGERPRINTED)
    return [
        Row(f"fingerprints alone, {FINGERPRINTED:,} notes", said["seconds"], "s"),
        Row(f"fingerprints alone, {FINGERPRINTED:,}: notes a second", FINGERPRINTED / said["seconds"], "/s"),
        Row(f"fingerprints alone, {FINGERPRINTED:,}: peak memory", said["megabytes"], "MB", target=_MOST_MEGABYTES),
    ]


def _ours(size: int, said: dict[str, Any], smallest: dict[str, Any]) -> Iterator[Row]:
    largest = size == SIZES[-1]
    yield Row(f"copies, {size:,} notes", said["seconds"], "s", target=_MOST_SECONDS if largest else None)
    rate, first = size / said["seconds"], SIZES[0] / smallest["seconds"]
    yield Row(f"copies, {size:,}: notes a second", rate, "/s", f"{SIZES[0]:,}", first)
    yield Row(f"copies, {size:,}: computing, all processes", said["processor"], "s")
    yield Row(f"copies, {size:,}: peak memory, all processes", said["megabytes"], "MB", target=_MOST_MEGABYTES)
    yield Row(f"copies, {size:,}: of it the notes as invented", said["notes_megabytes"], "MB")
    yield Row(f"copies, {size:,}: recall of {said['known']:,}", said["recall"], "", target=_RECALL, at_least=True)
    for kind, (hit, known) in said["kinds"].items():
        yield Row(f"copies, {size:,}: of {known:,} {kind}", hit / known, "")
    named = f"copies, {size:,}: precision of {said['pairs']:,} pairs"
    yield Row(named, said["precision"], "", target=_PRECISION, at_least=True)
    yield Row(f"copies, {size:,}: pairs less than 60 % alike", said["false"], "")
    yield Row(f"copies, {size:,}: pairs 60 to 80 % alike", said["borderline"], "")
    yield Row(f"copies, {size:,}: pairs looked at", said["candidates"], "", "of them none", said["false_candidates"])
    yield Row(f"copies, {size:,}: of crowds in one cluster", said["crowds"], "")


def _beside(name: str, size: int, said: dict[str, Any], ours: dict[str, Any]) -> Iterator[Row]:
    target = 1 / _TIMES_FASTER if name == "datasketch" else None
    alone = ours["alone"]
    # No plain pipeline holds anything against anything word by word: this far ours does what they do.
    yield Row(
        f"to candidates, {size:,}: computing", alone["meeting"], "s", name, said["processor"], target_ratio=target
    )
    yield Row(f"whole search, {size:,}, all cores", ours["seconds"], "s", name, said["seconds"])
    yield Row(f"whole search, {size:,}, one process", alone["seconds"], "s", name, said["seconds"])
    yield Row(f"whole search, {size:,}: computing", alone["processor"], "s", name, said["processor"])
    yield Row(f"MinHash alone, {size:,}, one process", ours["minhash"], "s", name, said["minhash"])
    yield Row(f"recall, {size:,}", ours["recall"], "", name, said["recall"])
    yield Row(f"precision, {size:,}", ours["precision"], "", name, said["precision"])


def _in_a_process(what: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.copies_scale", what, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said
