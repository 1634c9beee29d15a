"""What a person wrote is stored sealed: readable with the installation's key, and with no other."""

from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.jobs.seal import Seal, SealBrokenError, make_seal

NOTE = b"Group note. Patient: Q.Z. spoke of the invented lighthouse."
OLD, NEW = "o" * 40, "n" * 40


def test_a_sealed_note_shows_no_word_of_it_and_comes_back_whole() -> None:
    sealed = Seal([NEW]).close(NOTE)
    assert b"lighthouse" not in sealed
    assert Seal([NEW]).open(sealed) == NOTE


def test_after_a_rotation_old_work_opens_and_new_work_is_sealed_with_the_first_key() -> None:
    old = Seal([OLD]).close(NOTE)
    rotated = Seal([NEW, OLD])
    assert rotated.open(old) == NOTE
    assert Seal([NEW]).open(rotated.close(NOTE)) == NOTE
    with pytest.raises(SealBrokenError):
        Seal([NEW]).open(old)


def test_without_a_setting_a_key_is_made_beside_the_data_and_used_again(tmp_path: Path) -> None:
    sealed = make_seal((), tmp_path).close(NOTE)
    assert make_seal((), tmp_path).open(sealed) == NOTE
    assert (tmp_path / "work.key").stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_others_may_read_is_refused_in_a_line_that_says_what_to_do(tmp_path: Path) -> None:
    make_seal((), tmp_path)
    (tmp_path / "work.key").chmod(0o640)
    with pytest.raises(OperatorError, match=r"work\.key can be read by others: chmod 600 it, or set WORK_KEY"):
        make_seal((), tmp_path)
