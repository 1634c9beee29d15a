"""Where the notes of an audit stand: a folder or a file of this machine, or an object store through fsspec."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import OperatorError, UpstreamError, UserError

_URL = re.compile(r"[a-z][a-z0-9+.-]*(?:::|://)", re.IGNORECASE)
_WHO = re.compile(r"(?<=://)[^/@]*@")


@dataclass(frozen=True, slots=True)
class Stored:
    """One file to read: its name below the source, and what brings its bytes (raises OSError)."""

    name: str
    read: Callable[[], bytes]


def is_url(source: str) -> bool:
    """Whether a source is read through fsspec: "s3://bucket/notes"; anything else is a path."""
    return bool(_URL.match(source))


def stored_in(source: Path | str) -> Iterator[Stored]:
    """The files of a source by name, without hidden ones; raises UserError where there is no such place."""
    return _at_url(source) if isinstance(source, str) else _at_path(source)


def last_name(source: Path | str) -> str:
    """What a source is called in a report."""
    return source.name if isinstance(source, Path) else _shown(source).rstrip("/").rpartition("/")[2]


def _at_path(path: Path) -> Iterator[Stored]:
    if not path.exists():
        raise UserError(f"{path}: there is no such file or folder.")
    if path.is_file():
        yield Stored(path.name, path.read_bytes)
        return
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_file() and not _hidden(name):
            yield Stored(name, file.read_bytes)


def _at_url(url: str) -> Iterator[Stored]:
    files, root = _opened(url)
    try:
        alone = files.isfile(root)
        found = [root] if alone else sorted(files.find(root))
    except Exception as error:
        # What a store's client says may hold keys and names: its kind alone is shown.
        kind = type(error).__name__
        raise UpstreamError(
            f"{_shown(url)} cannot be listed ({kind}): check the address and the store's own credentials."
        ) from None
    if not found and not files.exists(root):
        raise UserError(f"{_shown(url)}: there is no such file or folder.")
    for path in found:
        name = path.rpartition("/")[2] if alone else path.removeprefix(root).lstrip("/")
        if alone or not _hidden(name):
            yield Stored(name, _reader(files, path))


def _opened(url: str) -> tuple[Any, str]:
    """The file system of an address and the path in it."""
    if "::" in url:
        raise UserError(f"{_shown(url)}: write one plain address; caches would put notes on this disk.")
    missing = "install the extra “cluster” (billing-copilot[cluster])"
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise OperatorError(f"Addresses are read through fsspec, which is not installed: {missing}.") from None
    try:
        files, root = url_to_fs(url)
    except ImportError:
        kind = url.partition("://")[0]
        raise OperatorError(
            f"fsspec reads {kind}:// with a package of its own: install it (s3fs for s3, gcsfs for gs, adlfs for az)."
        ) from None
    except ValueError:
        raise UserError(f"{_shown(url)}: fsspec knows no such kind of address; s3://, gs://, az:// are some.") from None
    return files, str(root).rstrip("/")


def _reader(files: Any, path: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return bytes(files.cat_file(path))
        except Exception as error:
            raise OSError(0, f"the store answered {type(error).__name__}") from None

    return read


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "~$")) for part in name.split("/"))


def _shown(url: str) -> str:
    """An address without a user and password in it."""
    return _WHO.sub("", url)
