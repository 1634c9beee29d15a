"""A folder or a file of notes: tables row by row, every other file as one note or one session."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bot.audit.columns import ColumnMap
from bot.audit.notes import Failure, GroupNote, Note, Read
from bot.audit.source import Stored, stored_in
from bot.audit.table import read_csv, read_jsonl
from bot.documents.note_file import read_note
from bot.errors import UserError
from bot.llm.identifying.dates import dates_in
from bot.review.elements.session_date import is_of_service
from bot.review.segment import segment
from bot.review.segment_fillings import person
from bot.review.segment_people import same_person

_NOTES = frozenset({".txt", ".text", ".md", ".markdown", ".docx", ".pdf"})
_TABLES: dict[str, Callable[[bytes, str, ColumnMap], Read]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
# What stands above a note, a line each, as record systems print it.
_HEAD = 1500
# Of the words before a date, those that may say what it is of.
_BEFORE = 48
_FIELDS = {
    "service": r"date of service|service date|dos|session date",
    "date": r"date",
    "group": r"group name|group|program",
    "clinician": r"clinician|provider|therapist|facilitator|counselor",
    "member": r"client name|patient name|member name|client|patient|member",
    "payer": r"payer|insurance|carrier|plan name",
    "id": r"note id|note number|document id|encounter",
}
_LINES = {
    name: re.compile(rf"^[ \t#*]*(?:{words})[ \t*]*:[ \t*]*(\S[^\n]{{0,80}}?)[ \t*]*$", re.IGNORECASE | re.MULTILINE)
    for name, words in _FIELDS.items()
}
_BEHIND_A_NAME = re.compile(r"[\s,;|(–—-]+(?:\(|D\.?O\.?B\b|born\b|MRN\b|ID\b|#).*$", re.IGNORECASE)
# Reading a PDF or a Word file waits for a process of its own.
_AT_ONCE = 2


def read_input(source: Path | str, columns: ColumnMap) -> Read:
    """Everything in a folder and the folders in it, or in one file; raises UserError where there is no such place."""
    read = Read()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for one in pool.map(lambda file: _read(file, columns), stored_in(source)):
            read.add(one)
    return read.without_twins()


def _read(file: Stored, columns: ColumnMap) -> Read:
    name = file.name
    suffix = Path(name).suffix.lower()
    try:
        data = file.read()
    except OSError as error:
        return Read(failures=[Failure(name, f"The file cannot be read: {error.strerror}.")])
    if table := _TABLES.get(suffix):
        return table(data, name, columns)
    if suffix not in _NOTES:
        kinds = ", ".join(sorted(_NOTES | _TABLES.keys()))
        return Read(failures=[Failure(name, f"This kind of file is not read: {kinds} are.")])
    try:
        text = read_note(data, name)
    except UserError as error:
        return Read(failures=[Failure(name, str(error))])
    if not any(character.isalnum() for character in text):
        return Read(failures=[Failure(name, "The file holds no words.")])
    return _as_note(text, name)


def _as_note(text: str, name: str) -> Read:
    """A note that names its one member above its text is that member's; any other is of a whole session."""
    head = {field: hit[1].strip() for field, line in _LINES.items() if (hit := line.search(text[:_HEAD]))}
    told = _day(head.get("service", "")) or _day(head.get("date", ""))
    served_on = told or _day(Path(name).stem.replace("_", " ")) or _day(text[:_HEAD])
    parent = Path(name).parent.name
    id_, group = head.get("id", name), head.get("group", parent)
    clinician, payer = head.get("clinician", ""), head.get("payer", "")
    if (member := head.get("member")) and not _of_several(text):
        note = Note(id_, member, text, served_on, name, group, clinician, payer)
        return Read(notes=[note])
    return Read(group_notes=[GroupNote(id_, text, served_on, name, group, clinician, payer)])


def _of_several(text: str) -> bool:
    """Whether "Client:" heads a part each of several people, as the split of a review finds them."""
    told = (_BEHIND_A_NAME.sub("", hit[1]) for hit in _LINES["member"].finditer(text))
    named = [name for name in told if person(name)]
    others = any(not same_person(named[0], name) for name in named[1:])
    return others and len(segment(text).members) > 1


def _day(words: str) -> date | None:
    """The date that stands first and is no birth, and not the day on which the note was written or signed."""
    of_service = (hit for hit in dates_in(words) if is_of_service(words[: hit[0]][-_BEFORE:]))
    return min(of_service, default=(0, 0, None), key=lambda hit: hit[0])[2]
