"""The search index on a Chroma server, for several copilots that share one.

A generation is a collection. It is filled under a building name and then renamed, so that a reader sees all of it or
nothing. The name is made from what it was built from: two copilots that build the same thing at once end with one
collection. The one before the current stays for copilots that still read it.
"""

import time
import uuid
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.errors import CopilotError, OperatorError, UpstreamError
from bot.policies.generations import Stamp
from bot.policies.index import BuildReport, Embeds, Index, Knowledge, prepare, readable, stamp_of
from bot.policies.vector_store import ClientStore, client_settings, fill

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_PREFIX = "billing-copilot."
_BUILDING = f"{_PREFIX}building."
_KEPT = 2
_BUILD_TIMEOUT_SECONDS = 60
_QUERY_TIMEOUT_SECONDS = 3  # a person waits; the words can answer instead
_ABANDONED_AFTER_SECONDS = 3600


def build_on_server(url: str, catalog: Knowledge, embedder: Embeds) -> BuildReport:
    """Bring the collection up to date; raises UpstreamError where the server fails."""
    with _asking(url), closing(_Connection(url, _BUILD_TIMEOUT_SECONDS)) as connection:
        client = connection.client
        stamp = stamp_of(catalog, embedder)
        standing = _generations(client, embedder)
        if standing and _stamp(standing[0]) == stamp:
            return BuildReport(kept=len(catalog.snippets))
        known = ClientStore(standing[0]).vectors() if standing else {}
        entries, vectors, report = prepare(catalog, embedder, known)
        metadata = stamp.metadata() | {"built_at": time.time()}
        collection = fill(client, f"{_BUILDING}{uuid.uuid4().hex}", metadata, entries, vectors)
        if collection.count() != len(entries):
            raise UpstreamError("The Chroma server did not keep all snippets: run billing-copilot index again.")
        name = f"{_PREFIX}{stamp.embedder}.{stamp.schema}.{stamp.catalog[:16]}.{stamp.chroma}"
        _replace(client, collection, name, metadata)
        _clear_away(client, embedder)
        return report


def open_on_server(url: str, embedder: Embeds) -> Index:
    """Open the newest complete collection of this embedder; raises OperatorError where there is none."""
    with _asking(url):
        connection = _Connection(url, _QUERY_TIMEOUT_SECONDS)
        standing = _generations(connection.client, embedder)
        if not standing:
            raise OperatorError("There is no search index on the Chroma server: run billing-copilot index to make it.")
        stamp = _stamp(standing[0])
        assert stamp is not None
        return Index(_GuardedStore(standing[0], connection), stamp)


class _GuardedStore(ClientStore):
    """A collection whose failures are told as the server's."""

    def __init__(self, collection: "Collection", connection: "_Connection") -> None:
        super().__init__(collection)
        self._connection = connection

    def query(self, *arguments: Any) -> list[tuple[str, float]]:
        with _asking(self._connection.url):
            return super().query(*arguments)


@contextmanager
def _asking(url: str) -> Iterator[None]:
    try:
        yield
    except CopilotError:
        raise
    except Exception as error:  # httpx, Chroma and the server's proxy each have their own
        raise UpstreamError(
            f"The Chroma server at {_place(url)} did not answer as it should ({type(error).__name__}): "
            "start it, or correct CHROMA_URL."
        ) from error


class _Connection:
    """A client with a time limit, closed when it is let go of. Chroma's own waits without end and never closes."""

    def __init__(self, url: str, timeout_seconds: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise OperatorError("CHROMA_URL is not a URL: write it as http://host:8000.")
        import chromadb

        secure = parts.scheme == "https"
        self.url = url
        self.client: ClientAPI = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=client_settings(),
        )
        sessions = list(_sessions(self.client))
        for session in sessions:
            session.timeout = timeout_seconds
        self.close = weakref.finalize(self, _close, self.client, sessions)


def _sessions(client: Any) -> Iterator[Any]:
    """The httpx clients behind a Chroma client: its own, and one that its admin client opens."""
    for part in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:
            yield session


def _close(client: Any, sessions: list[Any]) -> None:
    client.close()
    for session in sessions:
        session.close()


def _place(url: str) -> str:
    """Host and port, without whatever secrets the URL may hold."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _stamp(collection: "Collection") -> Stamp | None:
    return Stamp.read(collection.metadata)


def _generations(client: "ClientAPI", embedder: Embeds) -> "list[Collection]":
    """Complete collections this program can read, newest first."""
    complete = [
        collection
        for collection in client.list_collections()
        if collection.name.startswith(_PREFIX) and not collection.name.startswith(_BUILDING)
    ]
    found = [collection for collection in complete if (stamp := _stamp(collection)) and readable(stamp, embedder)]
    return sorted(found, key=_built_at, reverse=True)


def _built_at(collection: "Collection") -> float:
    return float((collection.metadata or {}).get("built_at") or 0.0)


def _replace(client: "ClientAPI", collection: "Collection", name: str, metadata: dict[str, Any]) -> None:
    """Give the collection its name, unless another copilot was quicker with the same one."""
    import chromadb.errors

    try:
        collection.modify(name=name)
    except chromadb.errors.ChromaError:
        standing = client.get_collection(name, embedding_function=None)
        if standing.count() != collection.count():
            raise
        # An older one of the same content, for example after knowledge was changed and changed back.
        standing.modify(metadata=metadata)
        client.delete_collection(collection.name)


def _clear_away(client: "ClientAPI", embedder: Embeds) -> None:
    from chromadb.errors import ChromaError

    old = [collection.name for collection in _generations(client, embedder)[_KEPT:]]
    for collection in client.list_collections():
        if collection.name.startswith(_BUILDING) and time.time() - _built_at(collection) > _ABANDONED_AFTER_SECONDS:
            old.append(collection.name)
    for name in old:
        with suppress(ChromaError):  # another copilot has removed it
            client.delete_collection(name)
