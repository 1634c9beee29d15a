"""One practice's own documents: added, listed, shown, removed."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.documents.candidates import passage_topic
from bot.documents.models import Passage, Reading
from bot.documents.note_like import reads_like_note
from bot.documents.passages import passages_of
from bot.documents.placing import Placed, place
from bot.documents.proposal import Proposal
from bot.documents.proposals import Proposals
from bot.documents.sandbox import read_document
from bot.errors import CopilotError, UserError
from bot.llm.grounding import gives_orders, sentences
from bot.policies.models import LineOfBusiness, SourceKind
from bot.policies.own_document import OwnDocument, passage_snippets, place_words
from bot.policies.own_search import embedded_text, packed
from bot.policies.practice import DOCUMENT, EVERYONE, PracticeFiles
from bot.storage.documents import PassageStore, StoredPassage
from bot.storage.ledger import Change, Ledger

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog
    from bot.policies.index import Embeds
    from bot.policies.resolve import Resolver

# A second or two; a manual of 300 pages has over a thousand, which take half a minute and more.
_EMBEDDED_AT_ONCE = 64
_NO_TITLE = re.compile(r"^(?:microsoft word\b.*|untitled.*|document\d*|slide \d+|.{0,3})$", re.IGNORECASE)


@dataclass(frozen=True)
class About:
    """What a person says of a document: whose it is, of which kind, and for which dates of service it holds."""

    payer: str
    effective_from: date
    effective_to: date | None = None
    contract: bool = False
    title: str = ""
    state: str = ""
    line_of_business: LineOfBusiness | None = None
    replaces: str = ""


@dataclass(frozen=True)
class Added:
    """What came of adding a file. `ended` are older versions with the day they now end (None: wholly replaced)."""

    document: OwnDocument
    already: bool = False
    ended: tuple[tuple[OwnDocument, date | None], ...] = ()
    proposals: tuple[Proposal, ...] = ()
    note: str = ""
    orders: tuple[str, ...] = ()
    wordless: tuple[int, ...] = ()
    new_payer: bool = False


@dataclass
class Library:
    """Reads files into the practice's record. Threads may share it."""

    practice: str
    files: PracticeFiles
    ledger: Ledger
    store: PassageStore
    known: "Callable[[], tuple[Catalog, Resolver]]"
    embedder: "Embeds"
    proposals: Proposals
    today: Callable[[], date] = field(default=date.today)

    def add(self, data: bytes, name: str, about: About, by: str) -> Added:
        """Put a file on record: searchable when this returns, its facts proposed and none of them in force.

        A long one is found by its words at first, and by its meaning once `embed` was called.

        Raises UserError with one line for a file that cannot be read, a payer that fits several, dates that do not
        follow, and a text that reads like a group note. The file itself is not kept.
        """
        placed = self.placed(about)
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._same_file(placed.payer_id, sha256)
        if known:
            return Added(known, already=True)
        if about.replaces:
            self.document(about.replaces)
        reading = read_document(data, name)
        self._refuse_note(reading, name)
        passages = passages_of(reading)
        document = self._described(placed, about, reading, passages, sha256, name)
        before = self.files.documents(self.practice)
        stored = [_stored(document.id, one) for one in passages]
        self.store.put(self.practice, document.id, stored)
        self.ledger.put(self.practice, DOCUMENT, document.id, document.model_dump_json(), by)
        if len(stored) <= _EMBEDDED_AT_ONCE:
            self.embed(document.id)
        proposed = self.proposals.propose(document, passage_snippets(document, stored), by)
        return Added(
            document=next((one for one in self.documents() if one.id == document.id), document),
            ended=_ended(before, self.documents()),
            proposals=proposed.proposals,
            note=proposed.note,
            orders=_orders(passages),
            wordless=reading.wordless,
            new_payer=placed.is_new,
        )

    def placed(self, about: About) -> Placed:
        """The payer that a person named; raises UserError where several fit."""
        catalog, resolver = self.known()
        return place(catalog, resolver, about.payer, state=about.state, line=about.line_of_business)

    def embed(self, document_id: str) -> None:
        """Make the vectors that a document's passages still lack; nothing where the embedder cannot be used."""
        owner, document = self.owner(document_id), self.document(document_id)
        try:
            maker = self.embedder.fingerprint
            waiting = self.store.unembedded(owner, document_id, maker)
            for start in range(0, len(waiting), _EMBEDDED_AT_ONCE):
                some = waiting[start : start + _EMBEDDED_AT_ONCE]
                texts = [embedded_text(one.heading or document.title, one.text) for one in some]
                vectors = packed(self.embedder.embed(texts))
                numbered = {one.number: vector for one, vector in zip(some, vectors, strict=True)}
                self.store.set_vectors(owner, document_id, maker, numbered)
        except CopilotError:
            return  # the words still find it

    def documents(self) -> list[OwnDocument]:
        """Every document on record with the day it ends, by payer and date."""
        found = self.files.documents(self.practice)
        return sorted(found, key=lambda one: (one.payer_name.casefold(), one.effective_from, one.title))

    def document(self, document_id: str) -> OwnDocument:
        """The document of that id; raises UserError where there is none."""
        for owner in dict.fromkeys((self.practice, EVERYONE)):
            entry = self.ledger.entry(owner, DOCUMENT, document_id)
            if entry:
                recorded = OwnDocument.model_validate_json(entry.body)
                return next((one for one in self.documents() if one.id == document_id), recorded)
        raise UserError(f"There is no document {document_id[:20]}: `knowledge list` shows those on record.")

    def passages(self, document_id: str) -> list[StoredPassage]:
        """A document's text, passage by passage."""
        return self.store.of(self.owner(document_id), document_id)

    def history(self, document_id: str) -> list[Change]:
        """Who added it, removed it, and when."""
        owners = dict.fromkeys((self.practice, EVERYONE))
        return [change for owner in owners for change in self.ledger.history(owner, DOCUMENT, document_id)]

    def remove(self, document_id: str, by: str) -> tuple[OwnDocument, int]:
        """Take a document out: its text is erased, its facts and proposals are withdrawn, its record and history stay.

        Returns the document and how many facts went with it.
        """
        document, owner = self.document(document_id), self.owner(document_id)
        self.ledger.withdraw(owner, DOCUMENT, document_id, by)
        self.store.remove(owner, document_id)
        return document, self.proposals.withdraw_all(document_id, by)

    def owner(self, document_id: str) -> str:
        """Under which name a document stands: this practice's, or the whole installation's."""
        here = self.ledger.entry(self.practice, DOCUMENT, document_id)
        return self.practice if here else EVERYONE

    # -- adding

    def _same_file(self, payer_id: str, sha256: str) -> OwnDocument | None:
        documents = (
            OwnDocument.model_validate_json(entry.body)
            for owner in dict.fromkeys((self.practice, EVERYONE))
            for entry in self.ledger.entries(owner, DOCUMENT)
        )
        same = [one for one in documents if one.sha256 == sha256 and one.payer_id == payer_id]
        return self.document(same[0].id) if same else None

    def _refuse_note(self, reading: Reading, name: str) -> None:
        parts = [passage.text for passage in passages_of(reading)]
        like = sum(len(part) for part in parts if reads_like_note(part))
        if reads_like_note("\n\n".join(parts)) or 2 * like > sum(map(len, parts)):
            raise UserError(
                f"{PurePath(name).name} reads like a group note: notes are reviewed, never kept. It was not stored."
            )

    def _described(  # noqa: PLR0913, PLR0917  # the parts of one record
        self,
        placed: Placed,
        about: About,
        reading: Reading,
        passages: Sequence[Passage],
        sha256: str,
        name: str,
    ) -> OwnDocument:
        try:
            return OwnDocument(
                id="d-" + hashlib.sha256(f"{placed.payer_id}\n{sha256}".encode()).hexdigest()[:12],
                payer_id=placed.payer_id,
                payer_name=placed.payer_name,
                line_of_business=placed.line_of_business,
                jurisdiction=placed.jurisdiction,
                kind=SourceKind.CONTRACT if about.contract else SourceKind.PRIMARY,
                title=_title(about.title, reading.title, name),
                format=reading.format,
                pages=reading.pages,
                passages=len(passages),
                sha256=sha256,
                effective_from=about.effective_from,
                effective_to=about.effective_to,
                replaces=about.replaces,
                added_on=self.today(),
            )
        except ValidationError:
            raise UserError("The document would end before it begins: check the two dates.") from None


def _stored(document_id: str, one: Passage) -> StoredPassage:
    return StoredPassage(
        document_id=document_id,
        number=one.number,
        page=one.page,
        heading=one.heading,
        paragraph=one.paragraph,
        topic=passage_topic(one.text),
        text=one.text,
    )


def _title(given: str, own: str, name: str) -> str:
    """The title a person gave, else the file's own, else its name. One that gives orders is no title."""
    plain = PurePath(name).stem.replace("_", " ").replace("-", " ")
    for title in (given, own, plain):
        title = " ".join("".join(letter for letter in title if letter.isprintable()).split())  # noqa: PLW2901
        if title and (title == given or not (_NO_TITLE.match(title) or gives_orders(title))):
            return title[:120]
    return plain.strip()[:120] or "Document"


def _ended(before: Sequence[OwnDocument], after: Sequence[OwnDocument]) -> tuple[tuple[OwnDocument, date | None], ...]:
    now = {one.id: one for one in after}
    changed: list[tuple[OwnDocument, date | None]] = []
    for one in before:
        if one.id not in now:
            changed.append((one, None))
        elif now[one.id].effective_to != one.effective_to:
            changed.append((one, now[one.id].effective_to))
    return tuple(changed)


def _orders(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Where sentences speak to whoever reads: told to the person who added them, never followed, never quoted."""
    return tuple(
        dict.fromkeys(
            place_words(one.page, one.heading, one.paragraph)
            for one in passages
            for start, end in sentences(one.text)
            if gives_orders(one.text[start:end])
        )
    )
