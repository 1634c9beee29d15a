"""Of all lines that could open a member's part, the ones that do: the style that best explains the note."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.review.segment_labels import Candidate, named_early
from bot.review.segment_lines import Line
from bot.review.segment_words import GIVEN_NAMES, ROSTER_HEADING

_WEIGHT = {
    "keyword": 1.0,
    "person": 0.95,
    "word": 0.9,
    "code": 0.9,
    "leading": 0.94,
    "paragraph": 0.94,
    "alone": 0.93,
    "sentence": 0.45,
    "named": 0.44,
    "letter": 0.4,
}
_LOOSE = 0.5
_NEARLY_ALL = 0.8
# A look that fits the stated number of members is worth more than half of a name each, and less than a name each.
_COUNTED = 0.8


def choose(
    candidates: Sequence[Candidate], lines: Sequence[Line], counts: frozenset[int] = frozenset()
) -> list[Candidate]:
    """The candidates of the style that explains most; two members at least, or none."""
    pools: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        pools[one.style].append(one)
    counted = _counted(candidates, lines, counts)
    if pools["person"] and pools["sentence"]:
        pools["paragraph"] = _one_a_paragraph(pools["person"] + pools["sentence"], lines)
    pools["named"] = _all_named(pools, lines)
    if pools["alone"]:
        pools["alone"] = _told_of(pools["alone"], pools["person"], lines)
    best: list[Candidate] = []
    best_rank = (0.0, 0)
    for pool in counted:
        if (len(pool) * _COUNTED, 0) > best_rank:
            best, best_rank = pool, (len(pool) * _COUNTED, -pool[0].start)
    for style, pool in pools.items():
        if style.startswith("weak"):
            continue
        kept = _settled(style, pool, lines)
        if len(kept) < 2:
            continue
        rank = (_score(style, kept), -kept[0].start)
        if rank > best_rank:
            best, best_rank = kept, rank
    return best


def _counted(every: Sequence[Candidate], lines: Sequence[Line], counts: frozenset[int]) -> list[list[Candidate]]:
    """Lines of one look, as many as the note counts members and each another one: members, though none has a name."""
    looks = (
        [one for one in every if one.style == "weak number"],
        [one for one in every if one.style == "weak ordinal"],
        [one for one in every if one.style in {"letter", "weak letter"}],
        [one for one in every if one.style.startswith("word")],
        [one for one in every if one.style.startswith("keyword")],
        [one for one in every if one.bare and one.style in {"alone", "person", "weak word"}],
        [one for one in every if not one.bare and one.style in {"person", "weak word"}],
        [one for one in every if lines[one.line].apart],
    )
    return [
        pool
        for pool in looks
        if (len(pool) in counts or (len(pool) > 1 and pool[0].style == "weak ordinal"))
        and len({_key(one.label) for one in pool}) == len(pool)
    ]


def lone(candidates: Sequence[Candidate]) -> Candidate | None:
    """The label of a note about one patient."""
    named = [one for one in candidates if one.style.startswith(("keyword", "leading"))]
    firm = [one for one in candidates if one.firm and one.style == "person" and _sure_name(one.label)]
    return next(iter(named or firm), None)


def _score(style: str, kept: Sequence[Candidate]) -> float:
    weight = _WEIGHT[style.split(maxsplit=1)[0]] * (_LOOSE if "sentence" in style and style != "sentence" else 1.0)
    return weight * len({_key(one.label) for one in kept})


def _settled(style: str, pool: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Without rosters and without headings that come again in every part."""
    pool = _without_rosters(pool, lines)
    if style == "letter":
        in_turn = [one.label for one in pool] == [chr(ord("A") + at) for at in range(len(pool))]
        return pool if len(pool) > 2 and in_turn else []
    if style == "person":
        pool = _without_odd_ones(pool, lines)
    if style.startswith(("word", "code")) and len(pool) != len({_key(one.label) for one in pool}):
        return []
    if style == "sentence":
        at = {one.line for one in pool}
        pool = [one for one in pool if lines[one.line].apart or one.line - 1 in at or _all_apart(lines)]
    return pool if len({_key(one.label) for one in pool}) > 1 or _same_name_twice(pool) else pool[:1]


def _all_named(pools: dict[str, list[Candidate]], lines: Sequence[Line]) -> list[Candidate]:
    """A name early in nearly every paragraph, each another one."""
    opening = {one.line: one for style in ("person", "sentence") for one in pools[style]}
    for number, line in enumerate(lines):
        if line.apart and not line.blank and number not in opening and (one := named_early(number, line)):
            opening[number] = one
    return _one_a_paragraph(list(opening.values()), lines)


def _one_a_paragraph(pool: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Headings and sentences together, where nearly every paragraph between the first and the last opens with one."""
    opening = sorted((one for one in pool if lines[one.line].apart), key=lambda one: one.line)
    if len({_key(one.label) for one in opening}) < len(opening) or len(opening) < 2:
        return []
    paragraphs = sum(line.apart and not line.blank for line in lines[opening[0].line : opening[-1].line + 1])
    return opening if len(opening) >= _NEARLY_ALL * paragraphs else []


def _told_of(pool: list[Candidate], people: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Words alone on a line that are people: the same fields stand below each, or the note names them again."""
    pool = sorted(pool + [one for one in people if one.bare and lines[one.line].apart], key=lambda one: one.line)
    below = [_field_below(one, lines) for one in pool]
    fields = Counter(below)
    said = Counter(word for line in lines for word in re.findall(r"[^\W\d_]+", line.bare))
    named = [
        one
        for one, field in zip(pool, below, strict=True)
        if _sure_name(one.label) or (field and fields[field] > 1) or said[one.label.rsplit(maxsplit=1)[-1]] > 1
    ]
    return named if len(named) == len({_key(one.label) for one in named}) else []


def _field_below(one: Candidate, lines: Sequence[Line]) -> str:
    below = next((line.bare for line in lines[one.line + 1 : one.line + 3] if not line.blank), "")
    label, colon, _ = below.partition(":")
    return label.strip().lower() if colon and len(label) < 40 else ""


def _same_name_twice(pool: Sequence[Candidate]) -> bool:
    """Two members of one name: both headings stand alike, with words of their own."""
    return len(pool) == 2 and pool[0].firm and pool[1].firm


def _all_apart(lines: Sequence[Line]) -> bool:
    return not any(line.blank for line in lines[1:-1])


def _without_rosters(pool: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Drops names listed one under the other with nothing said of them, where they come again with words."""
    again = Counter(_key(one.label) for one in pool)
    kept: list[Candidate] = []
    run: list[Candidate] = []
    for number, one in enumerate(pool):
        following = pool[number + 1] if number + 1 < len(pool) else None
        listed = one.bare and (run or _under_roster_heading(one, lines) or _next_is(one, following, lines))
        if listed and (_next_is(one, following, lines) or run):
            run.append(one)
            if _next_is(one, following, lines):
                continue
            if len(run) >= 2 and (
                len(run) >= 3
                or any(again[_key(name.label)] > 1 for name in run)
                or _under_roster_heading(run[0], lines)
            ):
                # The last name of a list is a member all the same where words follow it directly.
                run = []
                continue
            kept += run
            run = []
        else:
            kept.append(one)
    return kept + run


def _next_is(one: Candidate, following: Candidate | None, lines: Sequence[Line]) -> bool:
    return (
        following is not None and following.bare and following.line == one.line + 1 and not lines[following.line].apart
    )


def _under_roster_heading(one: Candidate, lines: Sequence[Line]) -> bool:
    for number in range(one.line - 1, max(-1, one.line - 4), -1):
        if not lines[number].blank:
            return bool(ROSTER_HEADING.fullmatch(lines[number].bare.rstrip(":").strip()))
    return False


def _without_odd_ones(pool: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Single words that no list knows as a name count only where they stand like the sure ones."""
    counts = Counter(_key(one.label) for one in pool)
    # A word that comes again and again, where names come once, is a field.
    if len(counts) > 1 and any(count == 1 for count in counts.values()):
        pool = [one for one in pool if counts[_key(one.label)] == 1 or _sure_name(one.label)]
    sure = [one for one in pool if _sure_name(one.label)]
    if not sure:
        return pool if len(pool) > 2 or all(lines[one.line].apart for one in pool) else []
    looks = {_looks(one, lines) for one in sure}
    return [one for one in pool if _sure_name(one.label) or _looks(one, lines) in looks]


def _sure_name(label: str) -> bool:
    words = label.split()
    return len(words) > 1 or "." in label or label.lower() in GIVEN_NAMES or (label.isupper() and len(label) <= 3)


def _looks(one: Candidate, lines: Sequence[Line]) -> tuple[bool, bool, bool, bool]:
    line = lines[one.line]
    return line.decorated, line.apart, line.bulleted, one.bare


def _key(label: str) -> str:
    return re.sub(r"[\W_]+", "", label).lower() or label
