"""Who a claim is for, from the name in the file to initials and digests: the name itself goes no further."""

import re
import secrets
from hashlib import blake2b

from bot.claimfile.models import Patient
from bot.claims.labels import member_key

# Of this run alone: what lies in the index means nothing to anybody else.
_SECRET = secrets.token_bytes(32)
_SIGNS = re.compile(r"\W+")
# Of a name, and no last name: notes have it where claims leave it to NM107, or leave it out.
_SUFFIX = re.compile(r"(?i)[\s,]+(?:jr|sr|ii|iii|iv)\.?(?=\s*(?:,|$))")
_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")


def patient(*, last: str, first: str, middle: str = "", born: str = "", member_id: str = "") -> Patient | None:
    """The patient of a claim; None where the file names nobody."""
    last, first, middle = (_SUFFIX.sub("", readable(part)) for part in (last, first, middle))
    if not member_key(last + first):
        return None
    short = {member_key(_initials([first, last])), member_key(_initials([first, middle, last]))}
    return Patient(
        initials=_initials([first, last]),
        # The member's number differs by payer, and a day of birth does not.
        key=digest("patient", last, first, born or member_id),
        named=(_named(first + last), _named(last + first)),
        short=tuple(sorted(short - {""})),
    )


def patient_called(label: str) -> Patient | None:
    """The patient that a label alone names: "A.F.", "AF", "Ana Flores", "Flores, Ana", "Client A.F."."""
    label = " ".join(readable(label).split())
    bare = _SUFFIX.sub("", re.sub(r"(?i)\b(?:patient|client|pt|member|name|id)\b", " ", label).strip())
    last, comma, first = bare.partition(",")
    words = _WORDS.findall(f"{first} {last}" if comma else bare)
    if not member_key(label):
        return None
    if len(words) == 1 and words[0].isupper() and len(words[0]) <= 3:
        words = list(words[0])
    ends = [words[0], words[-1]] if len(words) > 1 else words
    # One word is no pair of initials: "Ana" is called A. by nobody's claim.
    short = {member_key(_initials(ends)), member_key(_initials(words))} if len(words) > 1 else set[str]()
    return Patient(
        initials=_initials(ends) or member_key(label)[:1].upper(),
        key=digest("label", "".join(words) or member_key(label)),
        named=(_named("".join(words) or label),),
        short=tuple(sorted(short - {""})),
        sure=len(words) > 1 and all(len(word) > 1 for word in ends),
    )


def digest(*parts: str) -> bytes:
    """16 bytes that tell the parts apart from others, under a secret of this run; case and signs aside."""
    told = "\x1f".join([_SIGNS.sub("", part) for part in parts]).casefold()
    return blake2b(told.encode("utf-8", "replace"), key=_SECRET, digest_size=16).digest()


def readable(text: str) -> str:
    """Text whose letters came as bytes: UTF-8 where they are, else as they stand."""
    if text.isascii():
        return text.strip()
    try:
        return text.encode("latin-1").decode("utf-8").strip()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text.strip()


def _named(name: str) -> str:
    return digest("name", name).hex()


def _initials(words: list[str]) -> str:
    return "".join(f"{word[0].upper()}." for word in words if word)
