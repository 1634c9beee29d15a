"""One Chroma collection, embedded in a folder or on a server, behind the calls the index needs.

`import chromadb` takes a second and 80 MB. A folder is therefore read through chromadb_rust_bindings, the compiled
module its own client wraps: the same store, opened in a hundredth of the time. Where a coming version has changed
that module, the client is used instead. Folders are always written through the client.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from bot.embedder import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Metadata as ChromaMetadata

Metadata = dict[str, str | int | list[str]]

# Chroma's defaults find 100 neighbours at most; a larger search keeps the ranking exact at some thousand snippets.
_GRAPH = {"space": "cosine", "ef_construction": 200, "ef_search": 200}
_TENANT, _DATABASE = "default_tenant", "default_database"


@dataclass(frozen=True)
class Entry:
    """One snippet as Chroma keeps it."""

    id: str
    document: str
    metadata: Metadata


class VectorStore(Protocol):
    """What can be asked of a collection. Scores are cosines."""

    metadata: Mapping[str, Any]

    def count(self) -> int: ...
    def metadatas(self) -> dict[str, Metadata]: ...
    def vectors(self) -> dict[str, tuple[Metadata, np.ndarray[Any, Any]]]: ...
    def query(self, vector: Vectors, limit: int, where: Mapping[str, Any] | None) -> list[tuple[str, float]]: ...


def client_settings(**fixed: Any) -> Any:
    """Settings for any Chroma client of ours: no telemetry."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, **fixed)


def _folder_settings() -> Any:
    from chromadb.config import Settings

    # Chroma reads CHROMA_API_IMPL and a .env file in the working folder: neither is meant for this store.
    return client_settings(chroma_api_impl=Settings.model_fields["chroma_api_impl"].default)


def write_folder(
    folder: Path, name: str, metadata: Mapping[str, Any], entries: Sequence[Entry], vectors: Vectors
) -> None:
    """Make a new persistent store with one collection; everything is on disk when this returns."""
    import chromadb

    client = chromadb.PersistentClient(str(folder), _folder_settings())
    try:
        fill(client, name, metadata, entries, vectors)
    finally:
        client.close()  # type: ignore[attr-defined]  # ClientAPI hides that it is a Client


def fill(
    client: "ClientAPI", name: str, metadata: Mapping[str, Any], entries: Sequence[Entry], vectors: Vectors
) -> "Collection":
    """Create a cosine collection and add everything to it."""
    # The graph reaches the disk at `sync_threshold`: at the full count, so that a reader has nothing left to write.
    graph = _GRAPH | {"sync_threshold": max(len(entries), 2)}
    collection = client.create_collection(
        name,
        configuration={"hnsw": graph},  # type: ignore[arg-type]
        metadata=dict(metadata),
        embedding_function=None,  # vectors are always given: Chroma must never embed with a model of its own
    )
    step = client.get_max_batch_size()
    for start in range(0, len(entries), step):
        some = entries[start : start + step]
        collection.add(
            ids=[entry.id for entry in some],
            embeddings=vectors[start : start + step],
            documents=[entry.document for entry in some],
            metadatas=[cast("ChromaMetadata", entry.metadata) for entry in some],
        )
    return collection


def open_folder(folder: Path, name: str) -> VectorStore:
    """Open the collection in a folder this process owns: Chroma writes to a folder it only reads."""
    # Whatever is different about another version's bindings: its own client knows.
    with suppress(ImportError, AttributeError, TypeError):
        return _BoundStore(folder, name)
    import chromadb

    return ClientStore(
        chromadb.PersistentClient(str(folder), _folder_settings()).get_collection(name, embedding_function=None)
    )


class ClientStore:
    """A collection through Chroma's public client, embedded or over HTTP."""

    def __init__(self, collection: "Collection") -> None:
        self._collection = collection
        self.metadata: Mapping[str, Any] = collection.metadata or {}
        _check_space((collection.configuration_json.get("hnsw") or {}).get("space"))

    def count(self) -> int:
        return self._collection.count()

    def metadatas(self) -> dict[str, Metadata]:
        found = self._collection.get(include=["metadatas"])
        return dict(zip(found["ids"], cast("list[Metadata]", found["metadatas"]), strict=True))

    def vectors(self) -> dict[str, tuple[Metadata, np.ndarray[Any, Any]]]:
        found = self._collection.get(include=["embeddings", "metadatas"])
        return _by_id(found["ids"], found["metadatas"], found["embeddings"])

    def query(self, vector: Vectors, limit: int, where: Mapping[str, Any] | None) -> list[tuple[str, float]]:
        found = self._collection.query(
            query_embeddings=vector.reshape(1, -1),
            n_results=limit,
            where=dict(where) if where else None,
            include=["distances"],
        )
        return _scored(found["ids"], found["distances"])


class _BoundStore:
    """A collection through the compiled module."""

    def __init__(self, folder: Path, name: str) -> None:
        import chromadb_rust_bindings as rust  # type: ignore[import-untyped]

        database = rust.SqliteDBConfig(
            hash_type=rust.MigrationHash.MD5,
            migration_mode=rust.MigrationMode.Apply,
            url=str(folder / "chroma.sqlite3"),
        )
        self._rust = rust.Bindings(
            allow_reset=False, sqlite_db_config=database, persist_path=str(folder), hnsw_cache_size=16
        )
        collection = self._rust.get_collection(name, _TENANT, _DATABASE)
        self._id = str(collection.id)
        self.metadata: Mapping[str, Any] = collection.metadata or {}
        _check_space(collection.configuration["hnsw"]["space"])
        if collection.dimension:  # asked once now: the graph is in memory, and a changed module shows itself here
            self.query(np.zeros(collection.dimension, dtype=np.float32), 1, None)

    def count(self) -> int:
        return int(self._rust.count(self._id, _TENANT, _DATABASE))

    def metadatas(self) -> dict[str, Metadata]:
        found = self._get(["metadatas"])
        return dict(zip(found.ids, found.metadatas, strict=True))

    def vectors(self) -> dict[str, tuple[Metadata, np.ndarray[Any, Any]]]:
        found = self._get(["embeddings", "metadatas"])
        return _by_id(found.ids, found.metadatas, found.embeddings)

    def query(self, vector: Vectors, limit: int, where: Mapping[str, Any] | None) -> list[tuple[str, float]]:
        found = self._rust.query(
            self._id,
            None,
            [vector.reshape(-1)],
            limit,
            json.dumps(where) if where else None,
            None,
            ["distances"],
            _TENANT,
            _DATABASE,
        )
        return _scored(found.ids, found.distances)

    def _get(self, include: list[str]) -> Any:
        return self._rust.get(self._id, None, None, None, 0, None, include, _TENANT, _DATABASE)


def _check_space(space: object) -> None:
    # Chroma takes a wish for another distance on an existing collection and silently keeps the old one.
    if space != "cosine":
        raise ValueError(f"the collection measures by {space}, not by cosine")


def _scored(ids: Any, distances: Any) -> list[tuple[str, float]]:
    return [(found, 1.0 - distance) for found, distance in zip(ids[0], distances[0], strict=True)]


def _by_id(ids: Any, metadatas: Any, embeddings: Any) -> dict[str, tuple[Metadata, np.ndarray[Any, Any]]]:
    return {
        key: (metadata, np.asarray(embedding, dtype=np.float32))
        for key, metadata, embedding in zip(ids, metadatas, embeddings, strict=True)
    }
