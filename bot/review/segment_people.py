"""Who the note itself says was there and who was not: what tells its members' headings from all else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.review.segment_fillings import likelihood
from bot.review.segment_lines import Line
from bot.review.segment_subjects import led_by
from bot.review.segment_words import CREDENTIALS, ROSTER_HEADING, TITLE

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"{_UPPER}[^\W\d_]{{1,30}}(?:['’-][^\W\d_]{{1,30}}){{0,3}}"
ITEM = re.compile(
    rf"(?P<title>{TITLE}\b\.?\s)?"
    r"(?:(?P<initials>(?:[A-Z]\.\s?){2,3}(?!\w)|[A-Z]{2,3}(?![\w'’]))"
    rf"|(?P<name>(?:[A-Z]\.\s?)?{_WORD}(?:\s(?:{_UPPER}\b\.?|{_WORD})){{0,2}})"
    r"|(?P<code>\#?\d{3,8}(?![\w/])|[A-Z]{1,3}-?\d{1,6}(?!\w)))"
    r"(?:\s?\([^()\n]{0,40}\))?"
)
BETWEEN = re.compile(r"\s{0,3}(?:[,;/&+·•]\s{0,2}(?:(?:and|y|&)\s{1,2})?|\b(?:and|y)\s{1,2})", re.IGNORECASE)
CUE = re.compile(
    r"\b(?:(?P<absent>absent|excused|no[- ]?shows?|not (?:present|here|in attendance)|unexcused"
    r"|did not (?:attend|come)|cancell?ed|cancellations|away|missing|n/s|dna|regrets|ausentes?)"
    r"|(?P<led>(?:co-?)?(?:facilitators?|facilitated|led|leaders?|therapists?|run|clinicians?|providers?)(?:\s+by)?)"
    r"|(?P<present>present|attendance|attendees|attended|attending|roster|participants|members|clients|patients"
    r"|here|in the room|presentes|asistieron))\b"
    r"(?:\s+(?:today|tonight|were|was|are|included?|by|members|list|in group|(?:this )?(?:morning|week|evening)))*"
    r"\s{0,2}(?P<mark>(?:\(?\s?(?:n\s?=\s?|x\s?)?\d{1,2}(?:\s?(?:of|/)\s?\d{1,2})?\s?\)?)?\s{0,2}[:=–—-]?\s{0,2}"
    r"(?:\d{1,2}(?:/\d{1,2})?\s?[,:(–—-]\s?)?\(?)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\W{0,40}(?:\w+\W{1,3}){0,3}?(?:absent(?=\s*(?:$|[.,;:()/–—-](?!\w))|[ \t]*[\r\n]|\s*(?:(?=$)"
    r"|(?:today|tonight|this|due|because|from|without|with|w/|for|again|per|both|all|\()))|no[- ]?show(?:ed)?"
    r"|n/s\b|dna\b|did not (?:attend|come|show|arrive)|didn['’]t (?:attend|come|show)"
    r"|(?:un)?excused\b(?! (?:him|her|them)sel)|cancell?ed\b"
    r"|called (?:ahead|(?:out|off|in)(?: sick| ill)?(?=\s*(?:$|[.,;:(]|to\b|this\b|today)))"
    r"|not (?:present|in attendance)\b|no (?:vino|asistió|asistio|se presentó)\b|ausente\b|sent (?:regrets|apologies)\b"
    r"|(?:not here|not there(?=\s*(?:$|[.,;:(]|today|tonight|this)))|discharged \d|off unit\b|out (?:sick|ill)\b)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_WAS_AWAY = re.compile(
    r"(?:^|[,;]|\band)\s*(?:was|were)(?:\snot|n['’]?t)\s(?:there|here|present)(?=\s*(?:$|[.,;]))", re.IGNORECASE
)
_SHORTLY = 90
_BEFORE_TODAY = re.compile(r"\b(?:last|previous|prior|earlier|before|ago|weeks?)\b", re.IGNORECASE)
_PARTLY = re.compile(r"\s+(?:for\s)?(?:the\s)?(?:first|last|\d+|part|some|half|most)\b", re.IGNORECASE)
_MOST_SAID_OF_ABSENT = 220
_HEAD = 20_000
_SURELY = 0.85
_LISTED = 3


@dataclass(frozen=True, slots=True)
class People:
    """`present` as the note lists them; `absent` in plain spelling; `places` are where the lists stand.

    `led` are the words of the names of those who led the group.
    """

    present: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    places: tuple[tuple[int, int], ...] = ()
    led: frozenset[str] = frozenset()


def people_of(text: str, lines: Sequence[Line]) -> People:
    """Reads the lists of names near cues, below headings of rosters, and the first bare list of three or more."""
    head = text[:_HEAD]
    present: list[str] = []
    absent: set[str] = set()
    places: list[tuple[int, int]] = []
    for cue in CUE.finditer(head):
        marked = bool(cue["mark"].strip())
        names, end = _list_at(head, cue.end(), marked=marked)
        if cue["absent"] and names and (marked or len(names) > 1):
            absent |= {plain(name) for name in names}
            places.append((cue.start(), end))
        elif cue["present"] and len(names) >= (2 if marked else _LISTED) and not present:
            present = names
            places.append((cue.start(), end))
    for names, missing, place in listed_below(lines):
        if missing:
            absent |= {plain(name) for name in names}
            places.append(place)
        elif not present:
            present = names
            places.append(place)
    if not present:
        present, place = _first_list(head[:2_000])
        places += [place] if present else []
    return People(
        tuple(name for name in present if plain(name) not in absent), frozenset(absent), tuple(places), led_by(text)
    )


def _list_at(text: str, at: int, *, marked: bool = False) -> tuple[list[str], int]:
    names: list[str] = []
    end = at
    while (item := ITEM.match(text, at)) and len(names) < 60:
        kind = "initials" if item["initials"] else "name" if item["name"] else "code"
        written = written_of(item)
        enough = (0.5 if kind == "code" and marked else _SURELY) if not names else 0.25
        if likelihood(written, kind) < enough or CREDENTIALS.match(text[item.end() :].lstrip(" ,")):
            break
        names.append(written)
        end = item.end()
        between = BETWEEN.match(text, end)
        if between is None:
            break
        at = between.end()
    return names, end


def written_of(item: re.Match[str]) -> str:
    """How a list writes one of its names."""
    return ((item["title"] or "") + (item["initials"] or item["name"] or item["code"])).strip()


def _first_list(head: str) -> tuple[list[str], tuple[int, int]]:
    at = 0
    while item := ITEM.search(head, at):
        names, end = _list_at(head, item.start())
        if len(names) >= _LISTED and not re.search(
            r"(?:absent|excused|by|led|therapists?|facilitators?)\W+$", head[: item.start()][-20:]
        ):
            return names, (item.start(), end)
        at = max(end, item.end())
    return [], (0, 0)


def listed_below(lines: Sequence[Line]) -> Iterator[tuple[list[str], bool, tuple[int, int]]]:
    """Names one under the other, each alone on its line, below a heading that says who came or who did not."""
    for number, line in enumerate(lines[:2_000]):
        if line.blank or not ROSTER_HEADING.fullmatch(line.bare):
            continue
        names: list[str] = []
        at = number + 1
        while at < len(lines) and (item := ITEM.fullmatch(lines[at].bare.rstrip(",;"))):
            names.append(written_of(item))
            at += 1
        if names:
            missing = bool(re.search(r"absent|excused|show", line.bare, re.IGNORECASE))
            yield names, missing, (line.start, lines[at - 1].end)


def is_absent(part: str, label: str) -> bool:
    """Whether all that the first paragraph of a part says of its member is that they did not come."""
    whole = part[:600].strip()
    said = _BLANK.split(whole, maxsplit=1)[0]
    if len(said) < len(label) + 6:  # the heading alone
        said = whole
    if len(said) > _MOST_SAID_OF_ABSENT:
        return False
    at = said.find(label)
    after = said[at + len(label) :] if at >= 0 else said
    match = _ABSENT.match(after)
    if match is None:
        return bool(_WAS_AWAY.search(after[:_SHORTLY].split("\n", 1)[0]))
    return not _BEFORE_TODAY.search(after[: match.end() + 30]) and not _PARTLY.match(after, match.end())


def plain(label: str) -> str:
    """A label without marks and case: how two spellings of it are compared."""
    return re.sub(r"[\W_]+", "", re.sub(r"\s*\(\d\)$", "", label)).casefold()


def same_person(a: str, b: str) -> bool:
    """Whether two spellings may be one person: "Amy" and "Amy R.", "A.R." and "Amy Ruiz"."""
    if plain(a) == plain(b):
        return True
    one, other = re.findall(r"[^\W_]+", a), re.findall(r"[^\W_]+", b)
    if not one or not other:
        return False
    if len(one[0]) > 2 and one[0].casefold() == other[0].casefold() and min(len(one), len(other)) == 1:
        return True
    short, long = (one, other) if len("".join(one)) < len("".join(other)) else (other, one)
    return len(long) > 1 and "".join(short).casefold() == "".join(word[0] for word in long).casefold()
