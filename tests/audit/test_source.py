"""Notes read from an object store through fsspec; its store in memory stands for any."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from bot.audit.columns import ColumnMap
from bot.audit.folder import read_input
from bot.errors import CopilotError, OperatorError, UpstreamError, UserError
from tests.audit.month import GOOD, OTHER, as_csv, audited, row


@pytest.fixture
def bucket() -> Iterator[fsspec.AbstractFileSystem]:
    store = fsspec.filesystem("memory")
    yield store
    store.rm("/bucket", recursive=True)


def test_a_bucket_of_notes_is_audited_like_a_folder(tmp_path: Path, bucket: fsspec.AbstractFileSystem) -> None:
    one = f"Client: K.L.\nDate of service: 2026-10-05\n\n{GOOD.format('K.L.')}"
    files = {"Monday Anxiety/kl.txt": one, "month.csv": as_csv([row("b", "T.W.", OTHER)]), "broken.pdf": "%PDF-1.7 cut",
             ".hidden/kl.txt": one}  # fmt: skip
    folder = tmp_path / "notes"
    for name, text in files.items():
        bucket.pipe(f"/bucket/notes/{name}", text.encode())
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    there, here = (audited(tmp_path, source).audit for source in ("memory://bucket/notes", folder))
    assert (there.notes, [one.place for one in there.failures]) == (2, ["broken.pdf"])
    assert (there.findings, there.failures) == (here.findings, here.failures)


def test_an_address_may_be_of_one_file(tmp_path: Path, bucket: fsspec.AbstractFileSystem) -> None:
    bucket.pipe("/bucket/month.csv", as_csv([row("a", "K.L.", GOOD)]).encode())
    assert audited(tmp_path, "memory://bucket/month.csv").audit.notes == 1
    (tmp_path / "month.csv").write_text(as_csv([row("a", "K.L.", GOOD)]))
    assert audited(tmp_path, (tmp_path / "month.csv").as_uri()).audit.notes == 1


@pytest.mark.parametrize(
    ("url", "kind", "told"),
    [
        ("memory://bucket/none", UserError, "memory://bucket/none: there is no such file or folder."),
        ("nosuch://bucket/notes", UserError, "fsspec knows no such kind of address"),
        ("simplecache::memory://bucket/notes", UserError, "caches would put notes on this disk"),
        ("s3://bucket/notes", OperatorError, "install it (s3fs for s3"),
    ],
)
def test_an_address_that_cannot_be_read_is_one_line(url: str, kind: type[CopilotError], told: str) -> None:
    with pytest.raises(kind) as refused:
        read_input(url, ColumnMap())
    assert told in str(refused.value)


def test_what_a_store_says_and_the_password_in_its_address_are_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("key AKIA123 was refused")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "isfile", refuse)
    with pytest.raises(UpstreamError) as refused:
        read_input("memory://kim:secret@bucket/notes", ColumnMap())
    assert str(refused.value).startswith("memory://bucket/notes cannot be listed (PermissionError)")
