"""The words that go with a document: "add to knowledge for Aetna effective 2026-01-01". Pure; resolves no payer."""

import re
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.dates import find_date
from bot.errors import UserError
from bot.slack.noteref import NoteRef

_WANTED = re.compile(
    r"\b(?:add|save|put|keep|file|store|take|learn)\b.{0,80}\b(?:knowledge|on file|on record|your file|the file)\b"
    r"|\bknowledge add\b",
    re.IGNORECASE | re.DOTALL,
)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
_BEGINS = re.compile(
    rf"\b(?:effective|eff\.?|in force|valid|as of|since|starting|from)(?: (?:from|on|date|as of))?:? {_DAY}", re.I
)
_ENDS = re.compile(rf"\b(?:until|till|through|thru|to|ending|ends(?: on)?):? {_DAY}", re.I)
_STOPS = "effective|eff|in force|valid|as of|since|starting|from|until|till|through|to|please|thanks?|into|in|and"
# "for" before "of": "add this copy of the manual to knowledge for Aetna".
_PAYER = tuple(
    re.compile(
        rf"\b{word}\s+(?:the\s+)?(?P<name>[^\n,;]{{2,80}}?)(?=\s*(?:$|[\n,;.!?]|\b(?:{_STOPS})\b))", re.IGNORECASE
    )
    for word in ("payer:?", "for", "with", "by", "of")
)
_NO_NAME = re.compile(
    r"^(?:me|us|you|it|this|that|now|our|my|everyone|manual|contract|agreement|document|file|policy|knowledge|all of us"
    r"|(?:our|my|the) .*|\d.*)$",
    re.IGNORECASE,
)
_CONTRACT = re.compile(r"\b(?:contract|agreement|amendment|fee schedule exhibit)\b", re.IGNORECASE)


class DocumentRequest(BaseModel):
    """A file in Slack and what was said of it so far; small enough for a button. Never a word of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: NoteRef
    payer: str = Field(default="", max_length=80)
    effective_from: date | None = None
    effective_to: date | None = None
    contract: bool = False
    title: str = Field(default="", max_length=120)

    @property
    def is_complete(self) -> bool:
        return bool(self.payer and self.effective_from)

    def dumps(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def loads(cls, value: str) -> "DocumentRequest":
        try:
            return cls.model_validate_json(value)
        except ValueError:
            raise UserError("That button is from an older message: send the file again.") from None


def asks_to_keep(text: str) -> bool:
    """Whether a file's words ask for it to be put among the practice's documents."""
    return bool(_WANTED.search(text))


def read_request(text: str, file: NoteRef, today: date) -> DocumentRequest:
    """What the words say; a date that is none in full ("in January") is left for the person to give."""
    flat = " ".join(text.split())
    begins, ends = _BEGINS.search(flat), _ENDS.search(flat)
    rest = _ENDS.sub(" ", _BEGINS.sub(" effective ", flat))
    named = (found["name"].strip(" “”\"'") for pattern in _PAYER for found in pattern.finditer(rest))
    return DocumentRequest(
        file=file,
        payer=next((name[:80] for name in named if name and not _NO_NAME.match(name)), ""),
        effective_from=find_date(begins[1], today) if begins else None,
        effective_to=find_date(ends[1], today) if ends else None,
        contract=bool(_CONTRACT.search(flat)),
    )
