"""Index generations on disk: built aside, checked by hash, swapped in whole, read from private copies.

    DATA_DIR/index/
      current                 the name of the generation in use
      generation-<hash>/      manifest.json, chroma/ and the vectors beside it, never changed once it stands
      building-<random>/      one being made; left behind only by a builder that was killed
      lock                    held while building

Chroma wants one process on a folder, and writes to it even when it only reads. So each reader copies the generation
(5 MB, some milliseconds) to a temporary folder of its own and reads that. Any number of processes may read, on a
read-only disk too, and a generation can be removed at once when the next stands.
"""

import hashlib
import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import OperatorError

_LOCK_WAIT_SECONDS = 60.0
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Stamp:
    """What an index was made from. Two indexes of one stamp are interchangeable."""

    schema: int
    embedder: str
    catalog: str
    chroma: str

    def metadata(self) -> dict[str, str | int]:
        """As it stands in the metadata of a collection."""
        return asdict(self)

    @classmethod
    def read(cls, data: Any) -> "Stamp | None":
        """The stamp in a manifest or in a collection's metadata; None where there is none that fits."""
        try:
            return cls(int(data["schema"]), str(data["embedder"]), str(data["catalog"]), str(data["chroma"]))
        except (KeyError, TypeError, ValueError):
            return None


class BrokenGenerationError(Exception):
    """A generation is not what its builder left."""


class Copy:
    """A checked private copy of a generation; its folder goes when the copy or the process does."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="billing-copilot-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.stamp: Stamp

    def fill(self, generation: Path) -> None:
        """Copy a generation; raises FileNotFoundError where it went meanwhile, BrokenGenerationError."""
        manifest = _manifest(generation)
        try:
            shutil.copytree(generation, self.folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
        except shutil.Error:  # its way of saying that files went while it copied
            raise FileNotFoundError(generation) from None
        _check(self.folder, manifest)
        stamp = Stamp.read(manifest)
        if stamp is None:
            raise BrokenGenerationError
        self.stamp = stamp


class Generations:
    """The generations under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stamp(self) -> Stamp | None:
        """The stamp of the current generation where all its files are as they were written, else None."""
        try:
            generation = self._current()
            manifest = _manifest(generation)
            _check(generation, manifest)
            return Stamp.read(manifest)
        except (OSError, BrokenGenerationError):
            return None

    def copy(self) -> Copy | None:
        """A private copy of the current generation, or None where there is none; raises BrokenGenerationError."""
        for last in (False, False, True):
            copy = Copy()
            try:
                copy.fill(self._current())
                return copy
            except FileNotFoundError:
                copy.remove()
                # Either there is none, or it was replaced while we read: look again.
                if not (self._folder / "current").exists():
                    return None
                if last:
                    raise BrokenGenerationError from None
        return None

    @contextmanager
    def building(self) -> Iterator[Callable[[Stamp, Callable[[Path], None]], None]]:
        """Hold the right to build; yields `publish(stamp, write)`, which calls `write` with an empty folder.

        A second builder waits for the first. Raises OperatorError where the folder cannot be written.
        """
        import filelock

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self._folder / "lock", timeout=_LOCK_WAIT_SECONDS):
                self._clear_away()
                yield self._publish
        except filelock.Timeout:
            raise OperatorError(
                f"Another process has been building the search index in {self._folder} for a minute: "
                "wait for it, or stop it, and try again."
            ) from None
        except OSError as error:
            raise OperatorError(
                f"The search index cannot be written to {self._folder} ({error.strerror or type(error).__name__}): "
                "free some space or set DATA_DIR to a folder that can be written."
            ) from None

    def _publish(self, stamp: Stamp, write: Callable[[Path], None]) -> None:
        aside = Path(tempfile.mkdtemp(prefix="building-", dir=self._folder))
        try:
            write(aside)
            manifest = stamp.metadata() | {"files": _hashes(aside)}
            (aside / _MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
            generation = aside.rename(self._folder / aside.name.replace("building-", "generation-"))
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        pointer = self._folder / "current.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._folder / "current")
        self._clear_away()

    def _clear_away(self) -> None:
        """Remove everything but the current generation; only called by the one who may build."""
        current = self._name()
        for path in self._folder.iterdir():
            if path.name.startswith(("generation-", "building-")) and path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    def _name(self) -> str:
        try:
            return (self._folder / "current").read_text("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return ""

    def _current(self) -> Path:
        name = self._name()
        if not name or Path(name).name != name:
            raise FileNotFoundError(name)
        return self._folder / name


def _manifest(generation: Path) -> dict[str, Any]:
    try:
        data = json.loads((generation / _MANIFEST).read_text("utf-8"))
    except ValueError:
        raise BrokenGenerationError from None
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        raise BrokenGenerationError
    return data


def _check(generation: Path, manifest: dict[str, Any]) -> None:
    with suppress(FileNotFoundError):
        if _hashes(generation) == manifest["files"]:
            return
    raise BrokenGenerationError


def _hashes(generation: Path) -> dict[str, str]:
    """The hash of each file but the manifest, which holds them."""
    found = {}
    for path in sorted(generation.rglob("*")):
        name = path.relative_to(generation).as_posix()
        if path.is_file() and name != _MANIFEST:
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
