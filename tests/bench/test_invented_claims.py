"""The invented 837P files are files that the standard's map lets through: pyx12 judges them, not we."""

import io
from pathlib import Path

from pyx12.params import ParamsBase
from pyx12.x12n_document import x12n_document

from tests.bench.invented_claims import Envelope, Invented, Line, many, write


def is_valid(path: Path) -> bool:
    """Whether pyx12 finds nothing wrong by 005010X222A1."""
    return bool(x12n_document(ParamsBase(), str(path), fd_997=io.StringIO(), fd_html=None))


def test_invented_claims_are_valid_837p(tmp_path: Path) -> None:
    child = Invented(
        "D-1", dependent=("Frost", "Bo", "20120101"), lines=(Line(), Line(code="90837", modifiers=("59",)))
    )
    assert is_valid(write(tmp_path / "a.837", [*many(20), child]))


def test_one_with_a_wrong_count_is_not(tmp_path: Path) -> None:
    assert not is_valid(write(tmp_path / "b.837", many(2), Envelope(wrong={"SE01": "3"})))
