"""The vectors beside a generation's store: ranked exactly, all of them or those named."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policies.vector_file import VectorFile, best, write_vectors


@pytest.fixture
def file(tmp_path: Path) -> VectorFile:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.6, 0.8]], dtype=np.float32)
    write_vectors(tmp_path, ["east", "north", "between", "again"], vectors)
    return VectorFile(tmp_path)


NORTH = np.array([0, 1], dtype=np.float32)


def test_the_nearest_come_first_and_equals_in_their_order(file: VectorFile) -> None:
    assert [key for key, _ in file.nearest(NORTH, 3)] == ["north", "between", "again"]
    assert dict(file.nearest(NORTH, 4)) == pytest.approx({"north": 1, "between": 0.8, "again": 0.8, "east": 0})


def test_only_those_named_are_ranked_and_strangers_are_passed_over(file: VectorFile) -> None:
    assert [key for key, _ in file.nearest(NORTH, 9, ["again", "nobody", "east"])] == ["again", "east"]
    assert file.nearest(NORTH, 9, []) == []


def test_a_vector_is_found_by_its_id(file: VectorFile) -> None:
    assert file["east"].tolist() == [1, 0]
    assert len(file) == 4


def test_a_file_of_nothing_is_read(tmp_path: Path) -> None:
    write_vectors(tmp_path, [], np.array([], dtype=np.float32))
    assert len(VectorFile(tmp_path)) == 0


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, -1.0]) | st.floats(-1, 1, width=32), max_size=40), st.integers(1, 45))
def test_the_best_are_those_of_a_stable_sort(scores: list[float], limit: int) -> None:
    held = np.array(scores, dtype=np.float32)
    assert best(held, limit).tolist() == np.argsort(-held, kind="stable")[:limit].tolist()
