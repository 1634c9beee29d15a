"""Texts with planted identifiers: `{{KIND:words}}` marks in items that blank lines part, as spans over plain text.

An item's first line may be `labels: A.B., Dalia N.; Wrona, Tomasz`: the members as a note would head them (with `;`
between them where a label has a comma of its own). `SERVICE` marks a date of service, which has to stay.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "identifiers"
HALVES = ("tuning", "kept")
STAYS = "SERVICE"
_MARK = re.compile(r"\{\{([A-Z][A-Z_/]*):(.+?)\}\}", re.DOTALL)


@dataclass(frozen=True)
class Planted:
    """One identifier of `kind` at `text[start:end]`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Marked:
    """One text without its marks, the members' labels it comes with, and what was planted."""

    text: str
    labels: tuple[str, ...]
    spans: tuple[Planted, ...]


def load(half: str) -> list[Marked]:
    """The texts of `tuning` (all its files) or `kept`; none without a file. Raises ValueError for a mark left open."""
    return [item for path in sorted(FOLDER.glob(f"{half}*.txt")) for item in _read_file(path)]


def _read_file(path: Path) -> list[Marked]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [read_item(item) for item in re.split(r"\n(?:[ \t]*\n)+", "\n".join(lines)) if item.strip()]


def read_item(item: str) -> Marked:
    """One item of such a file."""
    item = item.strip("\n")
    labels: tuple[str, ...] = ()
    if item.lower().startswith("labels:"):
        head, _, item = item.partition("\n")
        said = head.partition(":")[2]
        labels = tuple(label.strip() for label in said.split(";" if ";" in said else ",") if label.strip())
    pieces: list[str] = []
    spans: list[Planted] = []
    at = length = 0
    for mark in _MARK.finditer(item):
        pieces += [item[at : mark.start()], mark[2]]
        start = length + mark.start() - at
        length = start + len(mark[2])
        spans.append(Planted(start, length, mark[1]))
        at = mark.end()
    text = "".join([*pieces, item[at:]])
    if "{{" in text or "}}" in text:
        raise ValueError("a mark is not closed, or its kind is not in capitals")
    return Marked(text, labels, tuple(spans))
