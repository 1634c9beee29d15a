"""A pasted group note split into what is said of the session and what of each member.

No form is expected. Lines that could open a member's part are found and grouped by style; the style whose repetition
explains most of the note is taken. Rows of a table, labels inside running text and sentences about initials come
after. What explains nothing is a note of one patient.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.review.models import Member, Segments, Span
from bot.review.segment_absent import absent_from, with_absent
from bot.review.segment_aligned import find_aligned
from bot.review.segment_bounds import parts_of, session_again
from bot.review.segment_columns import find_columns
from bot.review.segment_count import only_one_came, stated_counts
from bot.review.segment_doubt import doubted
from bot.review.segment_even import evened
from bot.review.segment_fillings import person
from bot.review.segment_focus import focused_on_more, focused_runs
from bot.review.segment_labels import Candidate, candidate, without_lone_doctors
from bot.review.segment_lines import Line, lines_of
from bot.review.segment_named import Opening, again, listed_openings, openings
from bot.review.segment_people import People, is_absent, people_of, plain, same_person
from bot.review.segment_places import continued, heads_above, parts_above, without_others
from bot.review.segment_records import find_records
from bot.review.segment_running import Run, labelled_runs, shorthand_runs, subject_runs, until_next
from bot.review.segment_slots import best_of, divisions
from bot.review.segment_styles import choose, lone
from bot.review.segment_subjects import closed, dictated_runs, named_runs, one_subject
from bot.review.segment_tables import Row, find_rows
from bot.review.segment_wide import widened
from bot.review.segment_words import OWN_PART_HEADING
from bot.review.spoken import with_marks

# A note with fewer characters before the one patient's heading has no session part there.
_DICTATED = "by what was dictated before each"
_SOME = 40
LONGEST_LABEL = 60
_FIELD = re.compile(r"(?P<field>[^\W\d_][^\W\d_ ]{0,20}(?: [^\W\d_]{1,20}){0,2}):")
_ABSENT_CELL = re.compile(
    r"(?:absent|no[- ]?show|n/?s|dna|(?:un)?excused|cancell?ed|did not (?:attend|come))\b", re.IGNORECASE
)
# Characters said of one who did not come.
_MOST_OF_ABSENT = 160
# "Zoloft: 50 mg daily" is a medicine's line, whatever its name looks like.
_DOSE = re.compile(r"^\S+(?:\s\S+)?\s*[:–—-]\s*\d+(?:\.\d+)?\s?(?:mg|mcg|ml|g|units?)\b", re.IGNORECASE)


_BORN = re.compile(
    r"(?<=\w)[\s,;|–—-]*[(\[]?\s*\b(?:D\.?O\.?B\b|born\b|birth|MRN\b|chart\s?#|acct\b).*$", re.IGNORECASE | re.DOTALL
)
"""What stands behind a name in a heading: "(DOB 3/4/1985) MRN 44182"."""


def segment(text: str, members: Sequence[str] = ()) -> Segments:
    """Split a note; total on any text. Spans are ordered and do not overlap, but for a note of one patient.

    There the session is looked for in the whole note and the member's part is what stands under their heading.
    With `members`, the note is split at those labels; raises UserError for one that stands nowhere in it.
    """
    given, text = text, with_marks(text)
    return _as_given(given, _split(text, lines_of(text), members))


def _split(text: str, lines: Sequence[Line], members: Sequence[str]) -> Segments:
    found = _without_birth(doubted(text, lines, with_absent(text, lines, _found(text, lines), named=False)))
    if not members:
        return found
    named = _as_named(text, lines, found, members)
    return with_absent(text, lines, named.model_copy(update={"absent": found.absent, "disputed": ()}), named=True)


def _as_given(given: str, found: Segments) -> Segments:
    """The words that tell of absence quoted from the note as it was given."""
    quoted = {
        name: tuple(one.model_copy(update={"quote": given[one.start : one.end]}) for one in told)
        for name, told in (("absent", found.absent), ("disputed", found.disputed))
    }
    return found.model_copy(update=quoted)


def _without_birth(found: Segments) -> Segments:
    """Labels end before a date of birth or a record number that stands behind a name: those name nobody in a report."""
    labels = [_BORN.sub("", member.label).strip(" ,;:-") or member.label for member in found.members]
    members = tuple(
        member.model_copy(update={"label": label})
        for member, label in zip(found.members, _distinct(labels), strict=True)
    )
    return found.model_copy(update={"members": members})


def _as_named(text: str, lines: Sequence[Line], found: Segments, labels: Sequence[str]) -> Segments:
    """The note split at members that its reader named; a sure split that agrees with them stands."""
    how = "as you named them"
    opened = openings(text, lines, labels)
    if found.sure and len(labels) > 1 and [plain(one.label) for one in found.members] == [plain(one) for one in labels]:
        named = tuple(
            one.model_copy(update={"label": label}) for one, label in zip(found.members, _distinct(labels), strict=True)
        )
        return found.model_copy(update={"members": named, "how": _how(len(labels), how)})
    rows = {plain(row.label): row for row in _tabled(text, lines)}
    own = [rows[plain(label)] for label in labels if plain(label) in rows]
    if len(own) == len(labels):
        return _of_rows(text, own, how)
    if len(opened) == 1:
        label, only = opened[0]
        return _alone(text, label, (only.start, session_again(lines, only.line, len(text))), how)
    if all(one.heads for _, one in opened) and len({one.line for _, one in opened}) == len(opened):
        chosen = [Candidate(one.line, one.start, label, "named", firm=True, bare=False) for label, one in opened]
        parts = parts_of(lines, chosen, len(text))
        return _made(text, [(one.label, part) for one, part in zip(chosen, parts, strict=True)], sure=True, how=how)
    return _woven(text, lines, opened, how)


def _woven(
    text: str, lines: Sequence[Line], opened: Sequence[tuple[str, Opening]], how: str, *, sure: bool = True
) -> Segments:
    """Named members in running text, which may come back to one of them."""
    labels = [label for label, _ in opened]
    namesakes = len(set(labels)) < len(labels)
    starts = {one.start: label for label, one in opened}
    if not namesakes:
        starts = dict(again(text, lines, labels)) | starts
    runs = closed(text, until_next(text, [(label, start) for start, label in sorted(starts.items())]))
    return _made(text, [(run.label, (run.start, run.end)) for run in runs], sure=sure, how=how, merge=not namesakes)


def _found(text: str, lines: Sequence[Line]) -> Segments:
    """The split by what the note itself shows."""
    candidates = [one for number, line in enumerate(lines) if (one := candidate(number, line)) is not None]
    candidates = without_lone_doctors(candidates)
    counts = stated_counts(text)
    people = people_of(text, lines)
    only = lone(candidates)
    keyed = only is not None and only.style.startswith(("keyword", "leading"))
    chosen = _headings(text, lines, candidates, counts, people)
    if only and keyed and chosen and not chosen[0].firm and only.line < chosen[0].line:
        # "Client: K.L." above, and paragraphs that begin with peers.
        chosen = []
    rows = _tabled(text, lines)
    found = _of_several(text, lines, rows, chosen, people)
    if found is None and not only_one_came(text):
        found = _of_running_text(text, _runs(text, lines, people, counts, labels_only=keyed))
    if found is None and len(rows) == 1:
        found = _of_rows(text, rows)
    return found or _of_one(text, lines, only)


def _headings(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate], counts: frozenset[int], people: People
) -> list[Candidate]:
    """The lines that open the members' parts: two at least, or none."""
    chosen = choose(candidates, lines, counts)
    chosen = best_of(chosen, divisions(text, lines, counts), lines)
    chosen = [one for one in chosen if not _DOSE.search(lines[one.line].bare)]
    chosen = _without_strangers(without_others(chosen, lines), people)
    chosen = widened(without_others(evened(chosen, lines, people.present), lines), lines)
    return chosen if sum(not _leads(one, people.led) for one in chosen) > 1 else []


def _of_several(
    text: str, lines: Sequence[Line], rows: Sequence[Row], chosen: Sequence[Candidate], people: People
) -> Segments | None:
    """The split by a table, by those listed or by headings; None where the note has none of them."""
    parts = _parts(text, lines, chosen)
    if len(rows) > 1 and _explains_more(rows, parts):
        away = [row for row in rows if _row_of_absent(text, row)]
        away = away if len(away) < len(rows) else []
        told = tuple(absent_from(text, row.label, row.own[0][0], row.own[-1][1]) for row in away)
        lines_away = {row.own for row in away}
        return _of_rows(text, [row for row in rows if row.own not in lines_away]).model_copy(update={"absent": told})
    listed = listed_openings(text, lines, people)
    if len(listed) > 1 and _tells_of_more(listed, chosen, people):
        return _of_listed(text, lines, listed)
    if len(chosen) < 2:  # one heading divides nothing
        return None
    loose = not any(one.firm for one in chosen)
    if loose and (dictated := _dictated_more(text, chosen)):
        return dictated
    if loose and (more := focused_on_more(text, lines, people, [one.label for one in chosen])):
        how = "guessed from the first name in each stretch"
        return _made(text, [(run.label, (run.start, run.end)) for run in more], sure=False, how=how, merge=True)
    return _of_headings(text, lines, chosen, parts, people)


def _dictated_more(text: str, chosen: Sequence[Candidate]) -> Segments | None:
    """The split by a dictation's cues, where they tell of all whom the paragraphs open with and of others."""
    runs = dictated_runs(text)
    told, opening = {plain(run.label) for run in runs}, {plain(one.label) for one in chosen}
    return _of_running_text(text, [(runs, _DICTATED)]) if opening < told else None


def _of_running_text(text: str, ways: Iterable[tuple[list[Run], str]]) -> Segments | None:
    for found, how in ways:
        away = {run for run in found if is_absent(text[run.start : run.end], run.label)}
        runs = [run for run in found if run not in away]
        if len({run.label for run in runs}) > 1:
            made = _made(text, [(run.label, (run.start, run.end)) for run in runs], sure=False, how=how, merge=True)
            told = [absent_from(text, run.label, run.start, run.end) for run in found if run in away]
            return made.model_copy(update={"absent": tuple(told)})
    return None


def _runs(
    text: str, lines: Sequence[Line], people: People, counts: frozenset[int], *, labels_only: bool
) -> Iterator[tuple[list[Run], str]]:
    """The ways to find members inside running text, the surest first."""
    yield labelled_runs(text), "by labels inside the text"
    yield shorthand_runs(text), "by initials that open what is said of each"
    if labels_only:
        return
    yield dictated_runs(text), _DICTATED
    yield subject_runs(text), "guessed from sentences about initials"
    yield named_runs(text, counts), "guessed from sentences that begin with a name"
    yield focused_runs(text, lines, people, counts), "guessed from the first name in each stretch"


def _tabled(text: str, lines: Sequence[Line]) -> list[Row]:
    """The members of a table, of whatever make."""
    return find_records(text) or find_rows(text, lines) or find_columns(text, lines) or find_aligned(text, lines)


def _without_strangers(chosen: list[Candidate], people: People) -> list[Candidate]:
    """Without loose headings of nobody listed, where the note lists who was there and all of them have headings."""
    if len(people.present) < 2:
        return chosen
    told = [one for one in chosen if any(same_person(one.label, name) for name in people.present)]
    if _covered(told, people) < len(people.present):
        return chosen
    return [
        one for one in chosen if one in told or (one.firm and person(one.label)) or plain(one.label) in people.absent
    ]


def _covered(chosen: Sequence[Candidate], people: People) -> int:
    return sum(any(same_person(one.label, name) for one in chosen) for name in people.present)


def _tells_of_more(listed: Sequence[tuple[str, Opening]], chosen: Sequence[Candidate], people: People) -> bool:
    """Whether the list of those present explains the note better than the headings found without it."""
    covered = _covered(chosen, people)
    if len(chosen) < 2:
        return True
    return covered < len(listed) and (covered * 2 >= len(chosen) or not chosen[0].firm)


def _of_listed(text: str, lines: Sequence[Line], listed: Sequence[tuple[str, Opening]]) -> Segments:
    how = "by the names of those listed as present"
    if all(one.heads for _, one in listed) and len({one.line for _, one in listed}) == len(listed):
        chosen = [Candidate(one.line, one.start, label, "listed", firm=True, bare=False) for label, one in listed]
        labelled = list(zip([one.label for one in chosen], parts_of(lines, chosen, len(text)), strict=True))
        return _made(text, labelled, sure=True, how=how)
    return _woven(text, lines, listed, how, sure=False)


def _row_of_absent(text: str, row: Row) -> bool:
    """Whether a row of a table only says that its member did not come."""
    cells = re.split(r"\s*[|\t,;:]\s*", " | ".join(text[a:b] for a, b in row.own))
    said = [cell.strip(" \"'*_{}") for cell in cells if cell.strip(" \"'*_{}") and cell.strip() != row.label]
    return any(_ABSENT_CELL.match(cell) for cell in said) and sum(map(len, said)) <= _MOST_OF_ABSENT


def _explains_more(rows: Sequence[Row], parts: Sequence[tuple[int, int]]) -> bool:
    """Whether the table is where the members are told of, and not a list of who came."""
    first, last = rows[0].own[0][0], rows[-1].own[-1][1]
    inside = sum(first <= start <= last for start, _ in parts)
    if inside * 2 >= len(parts):
        return True
    return sum(b - a for row in rows for a, b in row.own) >= sum(end - start for start, end in parts)


def _of_headings(
    text: str,
    lines: Sequence[Line],
    chosen: Sequence[Candidate],
    parts: Sequence[tuple[int, int]],
    people: People,
) -> Segments:
    style = chosen[0].style
    firm = all(one.firm for one in chosen)
    if style.startswith("keyword"):
        how = f"by the heading “{style.split(' in a sentence')[0].removeprefix('keyword ').capitalize()}”"
    elif style.startswith(("word", "code")):
        how = "by a numbered or repeated heading"
    elif style == "person":
        how = "by names or initials at the start of a line"
    elif style == "letter":
        how, firm = "guessed from letters in turn", False
    else:
        how = "guessed from paragraphs that begin with a name or initials"
    labelled = [
        (one.label, (start, end))
        for one, (start, end) in zip(chosen, parts, strict=True)
        if not _leads(one, people.led) and not is_absent(text[start:end], one.label)
    ]
    away = tuple(
        absent_from(text, one.label, start, end)
        for one, (start, end) in zip(chosen, parts, strict=True)
        if not _leads(one, people.led) and is_absent(text[start:end], one.label)
    )
    if len(labelled) == 1:
        return _alone(text, *labelled[0], "the others named were not there").model_copy(update={"absent": away})
    if not labelled:
        away = ()
        labelled = [(one.label, part) for one, part in zip(chosen, parts, strict=True)]
    sure = firm and (
        style != "person"
        or not any(
            len(one.label) > 3 and " " not in one.label and "." not in one.label and not lines[one.line].apart
            for one in chosen
        )
    )
    made = _made(text, labelled, sure=sure, how=how, merge=continued(chosen, lines))
    return made.model_copy(update={"absent": away})


def _parts(text: str, lines: Sequence[Line], chosen: Sequence[Candidate]) -> list[tuple[int, int]]:
    if len(chosen) < 2:
        return []
    return parts_above(chosen, lines) if heads_above(chosen, lines) else parts_of(lines, chosen, len(text))


def _leads(one: Candidate, led: frozenset[str]) -> bool:
    return not one.style.startswith("keyword") and set(one.label.lower().split()) <= led


def _of_rows(text: str, rows: Sequence[Row], how: str = "") -> Segments:
    labels = _distinct([row.label for row in rows])
    members = tuple(
        Member(label=label, spans=tuple(Span(start=a, end=b) for a, b in row.own))
        for label, row in zip(labels, rows, strict=True)
    )
    taken = sorted(span for row in rows for span in row.own)
    if len(rows) == 1:
        return _alone(text, labels[0], (taken[0][0], taken[-1][1]), how or "one row of a table")
    way = how or ("one a row of a table" if rows[0].own[-1] <= rows[1].own[0] else "one a column of a table")
    return Segments(session=_rest(text, taken), members=members, sure=True, how=_how(len(rows), way))


def _of_one(text: str, lines: Sequence[Line], only: Candidate | None) -> Segments:
    """A note of one patient, from their heading on where enough stands before it."""
    label = only.label if only else one_subject(text)
    start, end = 0, len(text)
    opening = only.line if only else _own_part(lines)
    if opening is not None:
        before = sum(line.end - line.start for line in lines[:opening])
        if before >= _SOME and lines[opening].start < len(text):
            start, end = lines[opening].start, session_again(lines, opening, len(text))
    sure = only is not None or bool(re.search(r"\b(?:patient|client|pt|member)\b", text[:4000], re.IGNORECASE))
    sure = sure and not _fields_come_again(lines)
    return _alone(text, label or "Patient 1", (start, end), "the note speaks of one patient", sure=sure)


def _fields_come_again(lines: Sequence[Line]) -> bool:
    """Whether two fields or more stand twice: then more than one may be told of, though no heading was understood."""
    fields = Counter(match["field"].lower() for line in lines if (match := _FIELD.match(line.bare)))
    return sum(count > 1 for count in fields.values()) >= 2


def _own_part(lines: Sequence[Line]) -> int | None:
    for number, line in enumerate(lines):
        if (line.decorated or line.bare.endswith(":")) and OWN_PART_HEADING.fullmatch(line.bare.rstrip(": ")):
            return number
    return None


def _alone(text: str, label: str, place: tuple[int, int], how: str, *, sure: bool = True) -> Segments:
    return Segments(
        session=(Span(start=0, end=len(text)),),
        members=(Member(label=_clipped(label), spans=(Span(start=place[0], end=place[1]),)),),
        sure=sure,
        how=f"1 member: {how}",
    )


def _made(
    text: str, labelled: Sequence[tuple[str, tuple[int, int]]], *, sure: bool, how: str, merge: bool = False
) -> Segments:
    """Members from labelled stretches; a note ordered by field, where every member comes again, is put together."""
    if merge or _comes_again([label for label, _ in labelled]):
        spans: dict[str, list[tuple[int, int]]] = {}
        for label, span in labelled:
            spans.setdefault(label, []).append(span)
        labels, grouped = list(spans), list(spans.values())
    else:
        labels = _distinct([label for label, _ in labelled])
        grouped = [[span] for _, span in labelled]
    members = tuple(
        Member(label=_clipped(label), spans=tuple(Span(start=a, end=b) for a, b in stretch))
        for label, stretch in zip(_distinct(labels), grouped, strict=True)
    )
    session = _rest(text, [span for stretch in grouped for span in stretch])
    return Segments(session=session, members=members, sure=sure, how=_how(len(members), how))


def _comes_again(labels: Sequence[str]) -> bool:
    counts = Counter(labels)
    again = sum(count > 1 for count in counts.values())
    return len(counts) >= 2 and (again > 0.5 * len(counts) or max(counts.values()) > 2)


def _rest(text: str, taken: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """What no member has, without stretches that say nothing."""
    found: list[Span] = []
    at = 0
    for start, end in [*sorted(taken), (len(text), len(text))]:
        if start > at and any(char.isalnum() for char in text[at:start]):
            found.append(Span(start=at, end=start))
        at = max(at, end)
    return tuple(found)


def _distinct(labels: Iterable[str]) -> list[str]:
    """Labels as written; the second of a kind gets " (2)"."""
    seen: set[str] = set()
    count: Counter[str] = Counter()
    found: list[str] = []
    for label in labels:
        name = label
        while name in seen:
            count[label] += 1
            name = f"{label} ({count[label] + 1})"
        seen.add(name)
        found.append(name)
    return found


def _clipped(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _how(count: int, way: str) -> str:
    return f"{count} members, {way}" if count > 1 else f"1 member: {way}"
