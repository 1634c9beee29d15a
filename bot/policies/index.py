"""The search index: every snippet's vector in Chroma, built from the catalog and rebuilt at will.

The index is a build product. It carries what it was made from, and one made by another embedder, schema or version
of Chroma is rebuilt, never misread. Embedded, it lies under DATA_DIR/index (see `bot.policies.generations`); with
CHROMA_URL it is a collection on that server (see `bot.policies.chroma_server`).
"""

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.embedder import Vectors
from bot.errors import OperatorError
from bot.policies.filters import EVERYWHERE
from bot.policies.generations import BrokenGenerationError, Copy, Generations, Stamp
from bot.policies.models import Snippet
from bot.policies.vector_file import VectorFile, write_vectors
from bot.policies.vector_store import Entry, Metadata, VectorStore, open_folder, write_folder

# Raise it when what is embedded, the metadata it is filtered by, or what a generation holds changes here.
SCHEMA = 2

COLLECTION = "snippets"
_CHROMA = "chroma"
_BUILD = "run billing-copilot index"
# How many snippets are ranked one by one; among more, Chroma's graph finds the nearest sooner.
_EXACT_UP_TO = 5_000

Known = Mapping[str, tuple[Metadata, np.ndarray[Any, Any]]]


class Embeds(Protocol):
    """The part of the embedder an index needs."""

    @property
    def fingerprint(self) -> str: ...
    def embed(self, texts: Sequence[str]) -> Vectors: ...


class Knowledge(Protocol):
    """The part of the catalog an index is built from."""

    @property
    def snippets(self) -> tuple[Snippet, ...]: ...
    @property
    def content_hash(self) -> str: ...


@dataclass(frozen=True)
class BuildReport:
    """What a build did to the snippets, and how many of them had to be embedded."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0
    embedded: int = 0
    seconds: float = 0.0
    rebuilt: bool = False

    def __str__(self) -> str:
        total = self.added + self.changed + self.kept
        if not (self.rebuilt or self.added or self.changed or self.removed):
            return f"The search index is current: {total} snippets."
        return (
            f"Search index of {total} snippets built in {self.seconds:.1f} s: {self.added} added, "
            f"{self.changed} changed, {self.removed} removed, {self.kept} kept."
        )

    def as_json(self) -> dict[str, int | float | bool]:
        return asdict(self) | {"seconds": round(self.seconds, 3)}


class Index:
    """An open index. It shows one generation for as long as it is held; threads may share it.

    Chroma keeps the snippets, their vectors and what they are filtered by. In an index of our own, some thousand
    vectors are ranked exactly, in the file beside the store: that takes a twentieth of a walk through Chroma's graph,
    and with a payer named hardly any time, however large the index. Chroma ranks what is more, and what is on a server.
    """

    def __init__(self, store: VectorStore, stamp: Stamp, *, copy: Copy | None = None) -> None:
        self._store = store
        self._stamp = stamp
        self._copy = copy  # held, since its folder goes with it
        self._size = store.count()
        self._file = VectorFile(copy.folder) if copy is not None else None

    def __len__(self) -> int:
        return self._size

    def query(
        self,
        vector: Vectors,
        where: Mapping[str, Any] | None = None,
        limit: int = 10,
        *,
        among: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The ids of the nearest snippets that `where` (Chroma's filter language) lets pass, with their cosine.

        `among` are the ids that pass, where the caller knows them: then nobody has to look for them.
        """
        if not self._size or limit < 1:
            return []
        known = among is not None or where is None
        if self._file is not None and known and self.ranks_exactly(self._size if among is None else len(among)):
            return self._file.nearest(vector, limit, among)
        return self._store.query(vector, min(limit, self._size), where)

    def ranks_exactly(self, snippets: int) -> bool:
        """True when so many snippets, given as `among`, are ranked one by one and not by Chroma."""
        return self._file is not None and snippets <= _EXACT_UP_TO

    def is_current(self, catalog: Knowledge) -> bool:
        """True when the index was made from exactly this catalog."""
        return self._stamp.catalog == catalog.content_hash

    def vectors(self) -> Known:
        """Every snippet's metadata and vector, by id."""
        if self._file is None:
            return self._store.vectors()
        return {key: (metadata, self._file[key]) for key, metadata in self._store.metadatas().items()}


def build_index(catalog: Knowledge, data_dir: Path, embedder: Embeds, chroma_url: str = "") -> BuildReport:
    """Bring the index up to date; does nothing where it is. Only new and changed texts are embedded.

    Safe beside readers, beside a second builder (which waits) and at a crash (the old index stays). Raises
    OperatorError where it cannot be written, UpstreamError where the Chroma server fails.
    """
    started = time.perf_counter()
    if chroma_url:
        from bot.policies.chroma_server import build_on_server

        report = build_on_server(chroma_url, catalog, embedder)
        return replace(report, seconds=time.perf_counter() - started)
    stamp = stamp_of(catalog, embedder)
    generations = Generations(data_dir / "index")
    if generations.stamp() == stamp:
        return BuildReport(kept=len(catalog.snippets), seconds=time.perf_counter() - started)
    with generations.building() as publish:
        if generations.stamp() == stamp:  # another process built it while this one waited
            return BuildReport(kept=len(catalog.snippets), seconds=time.perf_counter() - started)
        entries, vectors, report = prepare(catalog, embedder, _previous(generations, stamp))
        try:
            publish(stamp, lambda folder: _write(folder, stamp, entries, vectors))
        except OSError:
            raise
        except Exception as error:  # Chroma has no one class for what the disk refuses it
            raise OperatorError(
                f"The search index could not be written to {data_dir / 'index'} ({type(error).__name__}): "
                "free some space or set DATA_DIR to a folder that can be written."
            ) from error
    return replace(report, seconds=time.perf_counter() - started)


def open_index(data_dir: Path, embedder: Embeds, chroma_url: str = "") -> Index:
    """Open the index that stands, made from whichever catalog (see `Index.is_current`).

    Raises OperatorError where there is none that this program can read, UpstreamError where the server fails.
    """
    if chroma_url:
        from bot.policies.chroma_server import open_on_server

        return open_on_server(chroma_url, embedder)
    try:
        copy = Generations(data_dir / "index").copy()
    except (BrokenGenerationError, OSError):
        raise OperatorError(
            f"The search index in {data_dir / 'index'} is damaged: {_BUILD} to make it again."
        ) from None
    if copy is None:
        raise OperatorError(f"There is no search index in {data_dir}: {_BUILD} to make it.")
    if not readable(copy.stamp, embedder):
        copy.remove()
        raise OperatorError(f"The search index was made by another version of the copilot: {_BUILD} to make it again.")
    return _open_copy(copy)


def stamp_of(catalog: Knowledge, embedder: Embeds) -> Stamp:
    """The stamp an index of this catalog would carry."""
    return Stamp(SCHEMA, embedder.fingerprint, catalog.content_hash, version("chromadb"))


def readable(stamp: Stamp, embedder: Embeds) -> bool:
    """True when vectors under this stamp may be compared with this embedder's."""
    return (stamp.schema, stamp.embedder) == (SCHEMA, embedder.fingerprint)


def prepare(catalog: Knowledge, embedder: Embeds, known: Known) -> tuple[list[Entry], Vectors, BuildReport]:
    """Entries and vectors of the whole catalog: vectors of unchanged texts come from `known`."""
    entries = list({snippet.id: _entry(snippet) for snippet in catalog.snippets}.values())
    by_text = {str(metadata.get("text_hash")): vector for metadata, vector in known.values()}
    new = list(dict.fromkeys(entry.document for entry in entries if str(entry.metadata["text_hash"]) not in by_text))
    by_text |= {_digest(text): vector for text, vector in zip(new, embedder.embed(new), strict=True)} if new else {}
    vectors = np.array([by_text[str(entry.metadata["text_hash"])] for entry in entries], dtype=np.float32)
    hashes = {key: metadata.get("hash") for key, (metadata, _) in known.items()}
    kept = sum(hashes.get(entry.id) == entry.metadata["hash"] for entry in entries)
    added = sum(entry.id not in hashes for entry in entries)
    report = BuildReport(
        added=added,
        changed=len(entries) - kept - added,
        removed=len(hashes.keys() - {entry.id for entry in entries}),
        kept=kept,
        embedded=len(new),
        rebuilt=True,
    )
    return entries, vectors, report


def _write(generation: Path, stamp: Stamp, entries: list[Entry], vectors: Vectors) -> None:
    write_folder(generation / _CHROMA, COLLECTION, stamp.metadata(), entries, vectors)
    write_vectors(generation, [entry.id for entry in entries], vectors)


def _entry(snippet: Snippet) -> Entry:
    document = f"{snippet.title}\n{snippet.text}"
    metadata: Metadata = {
        "payer_id": snippet.payer_id,
        "topic": snippet.topic.value,
        "aspect": snippet.aspect,
        "line_of_business": snippet.line_of_business.value if snippet.line_of_business else "",
        "states": list(snippet.jurisdiction) or [EVERYWHERE],
        "hash": _digest(snippet.model_dump_json()),
        "text_hash": _digest(document),
    }
    return Entry(snippet.id, document, metadata)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _previous(generations: Generations, stamp: Stamp) -> Known:
    """What the standing generation can give to the next; nothing where it is damaged or made otherwise."""
    try:
        copy = generations.copy()
        if copy is None:
            return {}
        if (copy.stamp.schema, copy.stamp.embedder) != (stamp.schema, stamp.embedder):
            copy.remove()
            return {}
        return _open_copy(copy).vectors()
    except (BrokenGenerationError, OperatorError, OSError):
        return {}


def _open_copy(copy: Copy) -> Index:
    try:
        return Index(open_folder(copy.folder / _CHROMA, COLLECTION), copy.stamp, copy=copy)
    except Exception as error:  # an intact file that this Chroma cannot read, whatever class says so
        raise OperatorError(
            f"The search index cannot be opened ({type(error).__name__}): {_BUILD} to make it again."
        ) from error
