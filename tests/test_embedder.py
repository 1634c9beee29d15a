"""The bundled model turns texts into vectors that can be compared, alone or in any batch."""

import hashlib
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.embedder import DIMENSIONS, MODEL_FOLDER, Embedder
from bot.errors import OperatorError


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


def test_vectors_have_length_one_so_that_a_product_is_the_cosine(embedder: Embedder) -> None:
    vectors = embedder.embed(["group psychotherapy", "prior authorization", "a", "x" * 5000])
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_like_meanings_lie_closer_than_unlike_ones(embedder: Embedder) -> None:
    asked, like, unlike = embedder.embed(
        [
            "How many people may sit in one group?",
            "The group is limited to twelve members.",
            "Claims are paid by electronic transfer on Tuesdays.",
        ]
    )
    assert asked @ like > asked @ unlike + 0.2


def test_a_text_has_one_vector_alone_or_among_others(embedder: Embedder) -> None:
    texts = ["Maya spoke.", "The group met for ninety minutes and worked on grounding.", "ok", "telehealth " * 60]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.allclose((together * alone).sum(axis=1), 1, atol=1e-4)


def test_results_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [("word " * (40 - number)).strip() for number in range(40)]
    backwards = embedder.embed(texts[::-1])[::-1]
    assert np.allclose((embedder.embed(texts) * backwards).sum(axis=1), 1, atol=1e-4)


def test_asking_again_gives_the_same_and_a_changed_answer_does_not_reach_the_next_caller(embedder: Embedder) -> None:
    first = embedder.embed(["asked twice"])
    kept = first.copy()
    first[:] = 0
    assert np.array_equal(embedder.embed(["asked twice"]), kept)


def test_no_text_gives_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "\ud800", "\x00\x01", "שלום עולם", "<b>note</b>"])
def test_any_text_gets_a_vector(embedder: Embedder, text: str) -> None:
    for vectors in (embedder.embed([text]), embedder.embed([text, "group"])):
        assert np.isfinite(vectors).all()
        assert np.isclose(np.linalg.norm(vectors[0]), 1, atol=1e-5)


def test_only_the_first_256_tokens_count_however_long_the_text(embedder: Embedder) -> None:
    long = "group therapy note " * 50_000
    assert np.allclose(embedder.embed([long]), embedder.embed([long[:6000]]))


def test_threads_may_share_one_embedder() -> None:
    shared = Embedder()
    texts = [f"member {number} practised grounding" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        parallel = np.concatenate(list(pool.map(lambda text: shared.embed([text]), texts)))
    assert np.allclose((parallel * Embedder().embed(texts)).sum(axis=1), 1, atol=1e-4)


def test_the_vectors_agree_with_the_published_model(embedder: Embedder) -> None:
    """Cosines the fp32 original gives for these pairs, computed once with torch."""
    pairs = {
        ("group therapy", "group psychotherapy"): 0.880,
        ("Prior authorization is required.", "The plan asks for approval before the service."): 0.532,
        ("The patient joined the exercise.", "Claims go out on Friday."): 0.012,
    }
    for (left, right), exact in pairs.items():
        a, b = embedder.embed([left, right])
        assert a @ b == pytest.approx(exact, abs=0.03)


def test_the_fingerprint_names_the_model_file_by_its_hash(embedder: Embedder) -> None:
    digest = hashlib.sha256((MODEL_FOLDER / "model.onnx").read_bytes()).hexdigest()
    assert digest[:16] in embedder.fingerprint


def test_the_model_card_states_the_hashes_of_the_files_beside_it() -> None:
    stated = set(re.findall(r"[0-9a-f]{64}", (MODEL_FOLDER / "MODEL_CARD.md").read_text("utf-8")))
    for name in ("model.onnx", "tokenizer.json"):
        assert hashlib.sha256((MODEL_FOLDER / name).read_bytes()).hexdigest() in stated
    assert "Apache License" in (MODEL_FOLDER / "LICENSE").read_text("utf-8")


def test_a_missing_model_is_the_operators_to_mend_in_one_line(tmp_path: Path) -> None:
    missing = Embedder(tmp_path / "nowhere")
    for use in (lambda: missing.embed(["a"]), lambda: missing.fingerprint):
        with pytest.raises(OperatorError, match="is missing") as caught:
            use()
        assert "\n" not in str(caught.value)


def test_a_broken_model_file_is_the_operators_too(tmp_path: Path) -> None:
    shutil.copyfile(MODEL_FOLDER / "tokenizer.json", tmp_path / "tokenizer.json")
    (tmp_path / "model.onnx").write_text("version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(OperatorError, match="is broken"):
        Embedder(tmp_path).embed(["a"])


def test_importing_and_making_it_loads_neither_runtime_nor_tokenizer() -> None:
    code = "import sys; from bot.embedder import Embedder; Embedder(); print('onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
