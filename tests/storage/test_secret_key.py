"""The installation's secret: made once, for its owner alone; a setting goes before it."""

import stat
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.storage.secret_key import secret_key


def test_it_is_made_at_the_first_use_and_stays(tmp_path: Path) -> None:
    first = secret_key("", tmp_path / "data")
    assert len(first) == 64
    assert secret_key("", tmp_path / "data") == first
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    secret_key("", tmp_path)
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert secret_key("", tmp_path / "a") != secret_key("", tmp_path / "b")


def test_the_setting_goes_before_the_file_and_makes_none(tmp_path: Path) -> None:
    assert secret_key("k" * 40, tmp_path) == b"k" * 40
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"short", b"\n"])
def test_a_damaged_file_is_named_and_its_content_is_not(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(OperatorError, match=r"secret\.key") as caught:
        secret_key("", tmp_path)
    assert "short" not in str(caught.value)


def test_a_folder_that_cannot_be_written_is_the_operators_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperatorError, match="FINGERPRINT_KEY"):
        secret_key("", tmp_path / "file")
