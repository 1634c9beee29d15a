"""Search beside one query embedding, and what it costs to build and open the index."""

import dataclasses
import tempfile
import time
from pathlib import Path

from bot.embedder import Embedder
from bot.policies.catalog import load_catalog
from bot.policies.index import build_index, open_index
from bot.policies.search import Searcher
from tests.bench.rows import Row, in_turn, milliseconds, p50, p99, peak_megabytes

QUESTION = "Can I bill group and individual therapy on the same day? Case {}"

FILTERS: dict[str, dict[str, str]] = {
    "whole knowledge": {},
    "one payer": {"payer_id": "medicare"},
    "topic and state": {"topic": "telehealth", "state": "NY"},
}


def bench_searches() -> list[Row]:
    catalog, embedder = load_catalog(), Embedder()
    with tempfile.TemporaryDirectory() as folder:
        build_index(catalog, Path(folder), embedder)
        searcher = Searcher(catalog, lambda: open_index(Path(folder), embedder), embedder)
        searcher.search("warm")
        rows = []
        for name, filters in FILTERS.items():
            embedding, searching = in_turn(
                lambda number: embedder.embed([QUESTION.format(number)]),
                lambda number, filters=filters: searcher.search(QUESTION.format(number), **filters),
            )
            rows += [
                Row(f"search, {name}, p50", p50(searching), "ms", "one embedding", p50(embedding), target_ratio=1.5),
                Row(f"search, {name}, p99", p99(searching), "ms", "one embedding", p99(embedding)),
            ]
        again = milliseconds(lambda _: searcher.search(QUESTION))
        return [*rows, Row("the same search again, p50", p50(again), "ms")]


def bench_building() -> list[Row]:
    catalog, embedder = load_catalog(), Embedder()
    first, *rest = catalog.snippets
    edited = dataclasses.replace(catalog, snippets=(first.model_copy(update={"text": first.text + " Edited."}), *rest))
    embedder.embed(["warm"])
    with tempfile.TemporaryDirectory() as folder:
        cold = build_index(catalog, Path(folder), embedder).seconds
        nothing = build_index(catalog, Path(folder), embedder).seconds
        one = build_index(edited, Path(folder), embedder).seconds
        started = time.perf_counter()
        open_index(Path(folder), embedder)
        opened = (time.perf_counter() - started) * 1000
    with tempfile.TemporaryDirectory() as folder:
        code = (
            "from pathlib import Path; from bot.embedder import Embedder\n"
            "from bot.policies.catalog import load_catalog\n"
            "from bot.policies.index import build_index, open_index; from bot.policies.search import Searcher\n"
            f"catalog, embedder, folder = load_catalog(), Embedder(), Path({folder!r})\n"
        )
        peak_megabytes(code + "build_index(catalog, folder, embedder)")
        searching = peak_megabytes(
            code + "Searcher(catalog, lambda: open_index(folder, embedder), embedder).search('same day')"
        )
    return [
        Row(f"index of {len(catalog.snippets)} snippets from nothing (Chroma imported too)", cold, "s"),
        Row("index with one snippet changed", one * 1000, "ms"),
        Row("index with nothing changed", nothing * 1000, "ms"),
        Row("open the index", opened, "ms"),
        Row("peak memory of a process that searches", searching, "MB"),
    ]
