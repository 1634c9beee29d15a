"""How entries are chained, and how a chain is checked. Each mark is an HMAC over its entry and the mark before.

The key is the installation's: who has the database alone can neither change an entry nor make one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

BEGINNING = "0" * 64
_FORM = 1
# How far from its place an entry is looked for that was moved.
_NEAR = 1_000


@dataclass(frozen=True)
class Link:
    """One entry as it is kept: the `number`-th of its practice, `body` its JSON, `key` which secret made the mark."""

    practice: str
    number: int
    at: str
    who: str
    kind: str
    once: str | None
    body: str
    key: str
    previous: str
    mark: str = ""


@dataclass(frozen=True)
class Anchor:
    """Stands for the entries up to `number`, which were erased when their time was over; `mark` was the last one's."""

    practice: str
    number: int
    mark: str
    until: str
    key: str
    seal: str = ""


@dataclass(frozen=True)
class Problem:
    """The first entry that is not as it was written, and what is wrong with it."""

    number: int
    what: str


@dataclass(frozen=True)
class Checked:
    """A practice's record: how many entries hold, their first and last number, and the mark to keep elsewhere."""

    practice: str
    entries: int
    first: int
    last: int
    head: str
    problem: Problem | None = None


class Keys:
    """The secrets of the record: the first makes marks, every one of them checks."""

    def __init__(self, secrets: Iterable[bytes]) -> None:
        derived = [hmac.new(secret, b"billing copilot: audit record", hashlib.sha256).digest() for secret in secrets]
        self._by_name: Mapping[str, bytes] = {hashlib.sha256(key).hexdigest()[:16]: key for key in derived}
        self.name = next(iter(self._by_name))

    def mark(self, link: Link) -> str | None:
        """The mark of an entry as it stands; None where its key is not among ours."""
        return self._made(link.key, {"form": _FORM, **asdict(link), "mark": ""})

    def seal(self, anchor: Anchor) -> str | None:
        return self._made(anchor.key, {"form": _FORM, "anchor": True, **asdict(anchor), "seal": ""})

    def _made(self, name: str, said: Mapping[str, object]) -> str | None:
        key = self._by_name.get(name)
        told = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        return hmac.new(key, told, hashlib.sha256).hexdigest() if key else None


def check(practice: str, links: Iterable[Link], anchor: Anchor | None, keys: Keys, head: str = "") -> Checked:
    """Walk a chain from its anchor on. `head` is a mark printed before and kept elsewhere: the chain has to have it."""
    number, mark = (anchor.number, anchor.mark) if anchor else (0, BEGINNING)
    first, entries, reached = number, 0, head in ("", mark)
    if anchor and keys.seal(anchor) != anchor.seal:
        why = "the seal over the entries erased up to it is not ours, or its key is not in AUDIT_KEY any more"
        return Checked(practice, 0, first, number, mark, Problem(number, why))
    for link in links:
        first = first if entries else link.number
        problem = _wrong(link, number, mark, keys)
        if problem:
            return Checked(practice, entries, first, number, mark if number else "", problem)
        number, mark, entries = link.number, link.mark, entries + 1
        reached = reached or mark == head
    cut = None if reached else Problem(number + 1, "cut off: the entry with the given mark is not in this record")
    return Checked(practice, entries, first, number, mark if number else "", cut)


def _wrong(link: Link, before: int, mark: str, keys: Keys) -> Problem | None:
    if link.number != before + 1:
        return Problem(before + 1, "removed")
    made = keys.mark(link)
    if made is None:
        return Problem(link.number, "its key is not among ours: put the one it was made with into AUDIT_KEY")
    if made != link.mark:
        near = range(max(1, link.number - _NEAR), link.number + _NEAR)
        moved = any(keys.mark(replace(link, number=number)) == link.mark for number in near)
        return Problem(link.number, "reordered: it stood elsewhere" if moved else "changed")
    if link.previous != mark:
        return Problem(link.number, "it does not follow the one before, which was exchanged")
    return None
