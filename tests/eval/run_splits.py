"""How invented note skeletons of many shapes are split into session and members, tuning and kept half apart.

Run `python tests/eval/run_splits.py`, with `--errors` to list the tuning half's disagreements. The kept half's are
never listed, so that no rule is fitted to them.

Each note of `splits/{tune,kept}.txt` begins with `%%% number name` (and `crlf` where its lines end as Windows ends
them). Marks in the text say whose the words after them are: `{{J.K.}}` a member's, `{{-}}` the session's, `{{?}}`
nobody's in particular (headings, rules, signatures: either reading is right), `{{D.V.?}}` a member who may be left
out, `{{*}}` one whose name the note does not give. A note is split right where the members are those marked, in
order, and each one's words, first and last included, lie in their part and nobody else's.
"""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

from bot.review.models import Segments, Span
from bot.review.segment import segment

HERE = Path(__file__).parent / "splits"
_KEYWORDS = re.compile(r"^(client|patient|pt|member|participant|resident|vet|name|mrn|id|no)\b[\s.:#]*", re.IGNORECASE)
_TITLES = re.compile(r"^(mrs?|ms|dr)\b[\s.]*", re.IGNORECASE)


@dataclass(frozen=True)
class Skeleton:
    """A note without its marks, and who owns which stretch of it."""

    name: str
    text: str
    owners: tuple[tuple[str, int, int], ...]

    @property
    def members(self) -> list[str]:
        return list(dict.fromkeys(who for who, _, _ in self.owners if who not in "-?"))


def load(half: str) -> list[Skeleton]:
    whole = (HERE / f"{half}.txt").read_text(encoding="utf-8")
    notes = []
    for part in re.split(r"(?m)^%%% (?=\d)", whole)[1:]:
        head, _, body = part.partition("\n")
        notes.append(parsed(head, body.replace("\n", "\r\n") if head.endswith(" crlf") else body))
    return notes


def parsed(name: str, marked: str) -> Skeleton:
    text, owners, who = "", [], "?"
    for i, piece in enumerate(re.split(r"\{\{(.*?)\}\}", marked)):
        if i % 2:
            who = piece
        elif piece.strip():
            start = len(text) + len(piece) - len(piece.lstrip())
            text += piece
            owners.append((who, start, start + len(piece.strip())))
        else:
            text += piece
    return Skeleton(name, text, tuple(owners))


def normal(label: str) -> str:
    """A label without keywords, titles, marks and case; numbers alone stay as they are."""
    bare = re.sub(r"(?<=\w\.)\s*\(\d\)$|(?<=\w)\s*\(\d\)$", "", label.strip())
    bare = _TITLES.sub("", _KEYWORDS.sub("", bare)) or bare
    return re.sub(r"[\W_]+", "", bare).casefold()


def disagreements(note: Skeleton) -> list[str]:
    """What is wrong with the split of a note, in a line each; empty where it is right."""
    found = segment(note.text)
    wanted, got = note.members, [m.label for m in found.members]
    firm = [w for w in wanted if not w.endswith("?")]
    if len(got) != len(wanted):
        wanted = firm
    if [normal(w.rstrip("?")) for w in wanted] != [normal(g) for g in got] and wanted != ["*"]:
        return [f"members {wanted} found as {got} ({found.how})"]
    if len(got) != len(wanted):
        return [f"one member found as {got} ({found.how})"]
    return misplaced(note, found, wanted)


def misplaced(note: Skeleton, found: Segments, wanted: list[str]) -> list[str]:
    """Stretches a part lacks, or has of another's: three words of room at no end, so first and last words count."""
    spans: dict[str, tuple[Span, ...]] = {w: m.spans for w, m in zip(wanted, found.members, strict=True)}
    if len(wanted) > 1:
        spans["-"] = found.session
    slips = []
    for who, start, end in note.owners:
        if who == "?" or who not in spans:
            continue
        for place in (start, (start + end) // 2, end - 1):
            holders = [w for w, held in spans.items() if any(s.start <= place < s.end for s in held)]
            if holders != [who]:
                words = note.text[max(start, place - 15) : place + 15]
                slips.append(f"{who}: {words!r} is held by {holders} ({found.how})")
    return slips


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list the tuning half's disagreements")
    parser.add_argument("--kept", action="store_true", help="score the kept half too")
    args = parser.parse_args()
    for half in ("tune", "kept") if args.kept else ("tune",):
        notes = load(half)
        wrong = {note.name: slips for note in notes if (slips := disagreements(note))}
        unsure = sum(not segment(note.text).sure for note in notes if note.name not in wrong)
        owned = sum(not segment(note.text).sure for note in notes if note.name in wrong)
        print(f"{half}: {len(notes) - len(wrong)} of {len(notes)} right ({unsure} of them unsure);", end=" ")
        print(f"{len(wrong)} wrong ({owned} of them owned as unsure)")
        if args.errors and half == "tune":
            for name, slips in wrong.items():
                print(f"\n{name}", *slips[:4], sep="\n  ")


if __name__ == "__main__":
    main()
