"""A document that a practice added: whose rules it holds, since when, and which newer one took over from it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.policies.models import LineOfBusiness, Snippet, Source, SourceKind, Topic


class Piece(Protocol):
    """One stored passage, as much of it as a snippet needs."""

    @property
    def number(self) -> int: ...
    @property
    def page(self) -> int | None: ...
    @property
    def heading(self) -> str: ...
    @property
    def paragraph(self) -> int: ...
    @property
    def topic(self) -> str: ...
    @property
    def text(self) -> str: ...


class OwnDocument(BaseModel):
    """What is known of a document besides its text. `sha256` is the file's own, so that it is not added twice.

    It holds for dates of service from `effective_from` to `effective_to`, both included, unless a later version took
    over before (`in_succession`). `replaces` names the document it takes over from where their titles do not tell.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^d-[0-9a-f]{12}$")
    payer_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    payer_name: str = Field(min_length=1, max_length=80)
    line_of_business: LineOfBusiness
    jurisdiction: tuple[str, ...] = ()
    kind: SourceKind
    title: str = Field(min_length=1, max_length=120)
    format: str
    pages: int | None = None
    passages: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    effective_from: date
    effective_to: date | None = None
    replaces: str = ""
    added_on: date

    @model_validator(mode="after")
    def _dates_follow(self) -> "OwnDocument":
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("it would end before it begins")
        return self

    @property
    def series(self) -> tuple[str, str, LineOfBusiness, tuple[str, ...], str]:
        """What makes two documents versions of one: "Provider Manual 2025" and "Provider Manual 2026"."""
        return (self.payer_id, self.kind, self.line_of_business, self.jurisdiction, _undated(self.title))

    def source(self, place: str) -> Source:
        """The source that a fact or passage at this place cites."""
        return Source(
            title=f"{self.title}, {place}",
            publisher=f"this practice's contract with {self.payer_name}"
            if self.kind is SourceKind.CONTRACT
            else self.payer_name,
            kind=self.kind,
            document_date=self.effective_from.isoformat(),
        )


_DATED = re.compile(
    r"\d+|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|v|version|rev|revised)\b"
)


def _undated(title: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", " ", title.casefold())
    return " ".join(_DATED.sub(" ", plain).split())


def in_succession(documents: Iterable[OwnDocument]) -> list[OwnDocument]:
    """Each ends the day before the next version of it begins; one wholly taken over is left out.

    Worked out anew each time, so that removing the newer version gives the older one its time back.
    """
    standing: list[OwnDocument] = []
    for later in sorted(documents, key=lambda one: (one.effective_from, one.added_on, one.id)):
        kept = []
        for earlier in standing:
            if not _takes_over(later, earlier) or (earlier.effective_to or date.max) < later.effective_from:
                kept.append(earlier)
            elif earlier.effective_from < later.effective_from:
                kept.append(earlier.model_copy(update={"effective_to": later.effective_from - timedelta(days=1)}))
        standing = [*kept, later]
    return standing


def _takes_over(later: OwnDocument, earlier: OwnDocument) -> bool:
    return later.replaces == earlier.id or later.series == earlier.series


def passage_snippets(document: OwnDocument, passages: Sequence[Piece]) -> list[Snippet]:
    """The document's passages as searchable text; each cites its page."""
    return [
        Snippet(
            id=f"{document.id}-{one.number}",
            payer_id=document.payer_id,
            topic=Topic(one.topic),
            line_of_business=document.line_of_business,
            jurisdiction=document.jurisdiction,
            title=one.heading or document.title,
            text=one.text,
            # A heading that is the title tells nothing of where in the document it is.
            source=document.source(
                place_words(one.page, "" if one.heading == document.title else one.heading, one.paragraph)
            ),
            effective_from=document.effective_from,
            effective_to=document.effective_to,
            read_on=document.added_on,
        )
        for one in passages
    ]


def place_words(page: int | None, heading: str, paragraph: int) -> str:
    """Where a passage stands: "p. 12", or its heading, or the paragraph where a text has neither."""
    if page is not None:
        return f"p. {page}"
    return f"“{heading}”" if heading else f"paragraph {paragraph}"


def is_passage(snippet_id: str) -> bool:
    """True for the id of a passage of a practice's own document."""
    return bool(re.fullmatch(r"d-[0-9a-f]{12}-\d+", snippet_id))
