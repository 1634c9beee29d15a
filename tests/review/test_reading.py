import pytest

from bot.errors import UserError
from bot.review.reading import LARGEST_BYTES, decode_note


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Naïve “quotes”".encode(), "Naïve “quotes”"),
        (b"\xef\xbb\xbfDate: 2026-03-02", "Date: 2026-03-02"),
        ("Date: 2026".encode("utf-16"), "Date: 2026"),
        (b"caf\xe9", "café"),
        (b"a\r\nb", "a\r\nb"),
    ],
    ids=["utf-8", "byte order mark", "utf-16", "windows-1252", "line ends kept"],
)
def test_a_note_is_read_in_the_encoding_it_was_saved_in(data: bytes, text: str) -> None:
    assert decode_note(data, "note.txt") == text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "Word"),
        (b"\x89PNG\r\n", "picture"),
        (b"abc\x00def", "not text"),
        (b"x" * (LARGEST_BYTES + 1), "split it"),
    ],
    ids=["pdf", "docx", "png", "binary", "huge"],
)
def test_what_is_no_text_is_refused_in_one_line_that_names_the_file(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        decode_note(data, "upload.bin")
    assert str(caught.value).startswith("upload.bin")
    assert "\n" not in str(caught.value)
