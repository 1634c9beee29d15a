"""The text of the practice's own documents, passage by passage. Originals are not kept; no note is ever put here.

Who added or removed which document, and when, stands in the ledger; here is only what a search reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Engine, Integer, LargeBinary, String, Table, Text, delete, select, update

from bot.storage.database import metadata

_passages = Table(
    "document_passages",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("document_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("page", Integer),
    Column("heading", String(120), nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("topic", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("embedder", String(80), nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

_NUL = "\x00"
"""Some PDFs have it between their letters; PostgreSQL takes it in no text."""


@dataclass(frozen=True)
class StoredPassage:
    """One passage. `vector` holds 32-bit floats made by `embedder`; empty where it was never embedded."""

    document_id: str
    number: int
    page: int | None
    heading: str
    paragraph: int
    topic: str
    text: str
    embedder: str = ""
    vector: bytes = b""


class PassageStore:
    """Passages by practice and document. The database is shared by every process, so each sees them at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, practice: str, document_id: str, passages: Iterable[StoredPassage]) -> None:
        """Store a document's passages in place of whatever stood under its id."""
        rows = [
            {
                "practice": practice,
                "document_id": document_id,
                "number": one.number,
                "page": one.page,
                "heading": one.heading.replace(_NUL, ""),
                "paragraph": one.paragraph,
                "topic": one.topic,
                "text": one.text.replace(_NUL, ""),
                "embedder": one.embedder,
                "vector": one.vector,
            }
            for one in passages
        ]
        with self._engine.begin() as connection:
            connection.execute(delete(_passages).where(_of(practice, document_id)))
            if rows:
                connection.execute(_passages.insert(), rows)

    def of(self, practice: str, document_id: str) -> list[StoredPassage]:
        """A document's passages in order, without their vectors."""
        columns = [column for column in _passages.c if column.name not in ("practice", "embedder", "vector")]
        query = select(*columns).where(_of(practice, document_id)).order_by(_passages.c.number)
        with self._engine.connect() as connection:
            return [StoredPassage(**row._mapping) for row in connection.execute(query)]

    def vectors(self, practices: Sequence[str], embedder: str) -> dict[str, bytes]:
        """The vectors that this embedder made, by the passage's snippet id."""
        query = select(_passages.c.document_id, _passages.c.number, _passages.c.vector).where(
            _passages.c.practice.in_(practices) & (_passages.c.embedder == embedder)
        )
        with self._engine.connect() as connection:
            return {f"{row.document_id}-{row.number}": row.vector for row in connection.execute(query)}

    def unembedded(self, practice: str, document_id: str, embedder: str) -> list[StoredPassage]:
        """The passages of a document that this embedder has made no vector of."""
        columns = [column for column in _passages.c if column.name not in ("practice", "embedder", "vector")]
        query = select(*columns).where(_of(practice, document_id) & (_passages.c.embedder != embedder))
        with self._engine.connect() as connection:
            return [StoredPassage(**row._mapping) for row in connection.execute(query.order_by(_passages.c.number))]

    def set_vectors(self, practice: str, document_id: str, embedder: str, vectors: Mapping[int, bytes]) -> None:
        """Put vectors beside passages, by number; those removed meanwhile are left."""
        with self._engine.begin() as connection:
            for number, vector in vectors.items():
                where = _of(practice, document_id) & (_passages.c.number == number)
                connection.execute(update(_passages).where(where).values(embedder=embedder, vector=vector))

    def remove(self, practice: str, document_id: str) -> None:
        """Erase a document's text."""
        with self._engine.begin() as connection:
            connection.execute(delete(_passages).where(_of(practice, document_id)))


def _of(practice: str, document_id: str) -> ColumnElement[bool]:
    return (_passages.c.practice == practice) & (_passages.c.document_id == document_id)
