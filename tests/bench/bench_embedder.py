"""The embedder beside Chroma's own way of running the very same model file, which pads every text to 256 tokens."""

import shutil
import tempfile
import time
from pathlib import Path

from bot.embedder import MODEL_FOLDER, Embedder
from tests.bench.rows import Row, milliseconds, p50, p99, peak_megabytes

QUESTION = "Can I bill group and individual therapy on the same day for Aetna? Case {}"


def bench_one_question() -> list[Row]:
    embedder = Embedder()
    taken = milliseconds(lambda number: embedder.embed([QUESTION.format(number)]))
    padded = p50(_padded_by_chroma())
    return [
        Row("one question, p50", p50(taken), "ms", "padded by Chroma", padded, target_ratio=0.5),
        Row("one question, p99", p99(taken), "ms"),
    ]


def bench_many_texts() -> list[Row]:
    from bot.policies.catalog import load_catalog

    embedder = Embedder()
    texts = [snippet.text for snippet in load_catalog().snippets]
    embedder.embed(texts[:16])
    started = time.perf_counter()
    embedder.embed(texts)
    together = len(texts) / (time.perf_counter() - started)
    sentences = [f"{text.split('. ')[0][:90]} {number}." for number, text in enumerate(texts)]
    started = time.perf_counter()
    embedder.embed(sentences)
    return [
        Row("payer statements (about 45 tokens)", together, "texts/s"),
        Row("short sentences", len(sentences) / (time.perf_counter() - started), "texts/s"),
    ]


def bench_loading() -> list[Row]:
    started = time.perf_counter()
    Embedder().embed(["first"])
    loaded = (time.perf_counter() - started) * 1000
    bare = peak_megabytes("import numpy")
    with_model = peak_megabytes("from bot.embedder import Embedder; Embedder().embed(['first'])")
    return [
        Row("load, libraries imported", loaded, "ms"),
        Row("peak memory of a process that embeds", with_model, "MB", "numpy alone", bare),
    ]


def _padded_by_chroma() -> list[float]:
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "onnx")
        model.mkdir()
        for name in ("model.onnx", "tokenizer.json"):
            shutil.copyfile(MODEL_FOLDER / name, model / name)
        for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
            (model / name).touch()  # only looked for, never read
        ONNXMiniLM_L6_V2.DOWNLOAD_PATH = Path(folder)
        function = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        return milliseconds(lambda number: function([QUESTION.format(number)]), times=40, warm=3)
