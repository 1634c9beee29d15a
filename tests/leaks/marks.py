"""Words that stand nowhere else: each tells, where it is found, by which way it got there.

Two are in lower case, which does not read like a name: a model is sent no names, and a comment may hold none.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

NOTE, LABEL, QUESTION, MENTION, COMMAND = "zqnotevex", "Zqlabelvex", "Zqquestionvex", "Zqmentionvex", "Zqcommandvex"
FILE_NAME, FILE_TEXT, REFUSED, MODAL = "Zqfilenamevex", "Zqfiletextvex", "Zqrefusedvex", "Zqmodalvex"
REPLY, PAYLOAD, THROWN, PAYER, EDITED = "Zqreplyvex", "Zqpayloadvex", "Zqthrownvex", "Zqpayervex", "Zqeditedvex"
ERASED = "Zqerasedvex"
MARKS = (
    *(NOTE, LABEL, QUESTION, MENTION, COMMAND),
    *(FILE_NAME, FILE_TEXT, REFUSED, MODAL),
    *(REPLY, PAYLOAD, THROWN, PAYER, EDITED, ERASED),
)
KEPT = ("Zqverifiedvex", "Zqdocumentvex", "Zqlistedvex", "zqcommentvex")
"""What a practice puts on record to be kept: the words of a verification, a document of its own, its list of payers,
the comment of a dispute. They may stand in the database and nowhere else."""

VERIFIED, DOCUMENT, LISTED, COMMENT = KEPT

_DATABASE = re.compile(r"copilot\.sqlite3(?:-wal|-journal|-shm)?$")
_COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_MOST_UNPACKED = 2_000_000


def forms(mark: str) -> dict[str, bytes]:
    """A word as it may stand in bytes, lower-cased where letters stay letters."""
    plain = mark.lower()
    found = {"utf-8": plain.encode(), "utf-16-le": plain.encode("utf-16-le"), "utf-16-be": plain.encode("utf-16-be")}
    found["hex"] = mark.encode().hex().encode()
    found["url, every letter"] = "".join(f"%{byte:02x}" for byte in mark.encode()).encode()
    for shift in range(3):
        # What is the same wherever in the text it stood: without the first and the last group.
        coded = base64.b64encode(b"\0" * shift + mark.encode() + b"\0" * 3)[4:-8]
        found[f"base64, {shift}"] = coded
    return found


_FORMS = {form: (mark, name) for mark in (*MARKS, *KEPT) for name, form in forms(mark).items()}
_LOWERED = re.compile(b"|".join(re.escape(form) for form, (_, name) in _FORMS.items() if "base64" not in name))
_AS_IT_IS = re.compile(b"|".join(re.escape(form) for form, (_, name) in _FORMS.items() if "base64" in name))


def in_bytes(data: bytes, depth: int = 2) -> set[tuple[str, str]]:
    """Each mark in here and the form it has, unpacking what is packed."""
    found = {_FORMS[hit[0]] for hit in _LOWERED.finditer(data.lower())}
    found |= {_FORMS[hit[0]] for hit in _AS_IT_IS.finditer(data)}
    if depth:
        for start in _COMPRESSED.finditer(data):
            unpacked = _unpacked(data[start.start() :])
            found |= {(mark, f"packed {name}") for mark, name in in_bytes(unpacked, depth - 1)} if unpacked else set()
    return found


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(data[:_MOST_UNPACKED], _MOST_UNPACKED)
    except zlib.error:
        return b""


def leaks(*folders: Path, said: Iterable[tuple[str, str]] = ()) -> list[str]:
    """Every place in these folders (file names too) and texts where a mark stands that may not stand there."""
    return sorted(set(chain(*(_in_folder(folder) for folder in folders), *(_in_text(*one) for one in said))))


def _in_folder(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        yield from _in_text(f"the name of {path.parent}/…", path.name)
        if path.is_file():
            for mark, form in in_bytes(path.read_bytes()):
                if not (mark in KEPT and _DATABASE.search(path.name)):
                    yield f"{path.relative_to(folder)}: {mark} ({form})"


def _in_text(where: str, text: str) -> Iterator[str]:
    return (f"{where}: {mark} ({form})" for mark, form in in_bytes(text.encode()))
