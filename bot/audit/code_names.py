"""Clinicians' names replaced by codes, in the notes themselves, so that nothing made of them tells a name."""

import base64
import hmac
import re
from dataclasses import replace

from bot.audit.notes import Read

_TITLE = r"(?:Dr|Mr|Mrs|Ms|Mx)\.?\s+"
_CREDENTIAL = r"(?=,?\s+(?:LCSW|LMSW|LPC|LMHC|LMFT|LCPC|LADC|LAC|PhD|PsyD|MD|DO|NP|PMHNP|RN|MA|MS)\b)"


def with_code_names(read: Read, key: bytes) -> Read:
    """The same notes with a code for each clinician: the same code in every audit of this installation."""
    names = {note.clinician for note in read.notes} | {note.clinician for note in read.group_notes}
    codes = {name: code_name(name, key) for name in names if name}
    patterns = [(_written(name), codes[name]) for name in sorted(codes, key=len, reverse=True)]

    def coded(text: str) -> str:
        for pattern, code in patterns:
            text = pattern.sub(code, text)
        return text

    return Read(
        [
            replace(
                note,
                clinician=codes.get(note.clinician, ""),
                text=coded(note.text),
                session_text=coded(note.session_text),
            )
            for note in read.notes
        ],
        [replace(note, clinician=codes.get(note.clinician, ""), text=coded(note.text)) for note in read.group_notes],
        read.failures,
    )


def code_name(name: str, key: bytes) -> str:
    """ "Clinician 7QK3": made with the installation's secret, so that nobody finds the name by trying."""
    digest = hmac.digest(key, b"clinician:" + " ".join(name.casefold().split()).encode("utf-8", "replace"), "sha256")
    return f"Clinician {base64.b32encode(digest)[:4].decode()}"


def _written(name: str) -> re.Pattern[str]:
    """The name in full, and its last word behind a title or before a credential."""
    bare = re.split(r",", name)[0].split()
    whole, last = r"\s+".join(map(re.escape, bare)), re.escape(bare[-1])
    return re.compile(rf"\b(?:{whole}|{_TITLE}{last}|{last}{_CREDENTIAL})\b", re.IGNORECASE)
