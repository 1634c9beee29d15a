"""Whom the note says did not come, and in which words: they are told in the report and are nobody's claim."""

import re
from collections.abc import Iterator, Sequence

from bot.review.models import Absent, Member, Segments
from bot.review.segment_fillings import likelihood
from bot.review.segment_lines import Line
from bot.review.segment_people import BETWEEN, CUE, ITEM, is_absent, listed_below, plain, same_person, written_of
from bot.review.segment_subjects import led_by
from bot.review.segment_words import CREDENTIALS, MEMBER_WORDS, NEVER_BEFORE_A_MEMBER, RELATIVES

_NUMBERED = rf"(?i:{'|'.join(sorted(MEMBER_WORDS, key=len, reverse=True))})\.?\s#?\d{{1,6}}(?!\w)"
_WHO = re.compile(rf"(?<![\w.'’@])(?:(?P<numbered>{_NUMBERED})|{ITEM.pattern})")
_SAYS_SO = re.compile(
    r"[\s,:;(\[–—-]{1,4}(?:(?:was|were|is|are|has|had|who|also|both|all|an?|marked|listed|reported|status[:=]?)\s){0,3}"
    r"(?:absent\b(?!-|\s(?:minded|mind|(?:for\s)?(?:the\s)?(?:first|last|rest|\d+|part|some)|during|until|when"
    r"|in thought))"
    r"|(?:no[- ]?show(?:ed|s)?|n/s|dna|ncns)\b(?!\s(?:fees?|policy|rates?|letter))"
    r"|(?:did not|didn['’]t)\s(?:attend|show|make it"
    r"|come(?=\s*(?:$|[.,;(]|today|tonight|to (?:group|session)|because|due)))\b"
    r"|unexcused\b|excused\b(?!\s(?:him|her|them|my|early|at\b|to\b|after|before|for\sthe"
    r"|from\s(?!group|session|today|tonight)))"
    r"|cancell?ed(?=\s*(?:$|[.,;()]|today|tonight|due|because|same|last minute|\d|w/|with))"
    r"|out (?:sick|ill)\b|called (?:ahead|(?:out|off|in)(?: sick| ill)?(?=\s*(?:$|[.,;(]|to\b|this\b|today)))"
    r"|sent (?:regrets|apologies)\b"
    r"|not (?:present|in attendance|here today|here tonight)\b|no (?:vino|asistió|asistio|se presentó)\b|ausente\b)"
    r"(?!\s*[:=]\s*[^\W\d_])[)\]]?",
    re.IGNORECASE,
)
# Said of another day, or of a day to come.
_ANOTHER_DAY = re.compile(
    r"\b(?:last|previous|prior|earlier|before|ago|yesterday|next|twice|(?<!this )(?:week|month)s?)\b", re.IGNORECASE
)
_REMARK = re.compile(r"\s?[:–—-]\s?[a-z][^,;.\n()]{0,40}")
# "A.B. and C.D. did not attend" tells of both, "A.B., C.D. (no-show)" of the last.
_AND, _TOGETHER = re.compile(r"\band\b|&|\by\b"), re.compile(r"\s+\w")
# What one sees of somebody in the room; what is done about one who did not come is none of it.
_OBSERVED = re.compile(
    r"\b(?!(?:call|cancell?|excus|miss|text|email|inform|notifi|schedul|reschedul|discharg|plann|need|show|contact|attempt"
    r"|phon|leav|bill|charg|mail|outreach|reach|messag|expect|attend|admitt|hospitali[sz]|mark|list|remov|follow)ed\b)"
    r"(?:\w{3,}ed|said|told|spoke|wept|cried|gave|took|came|sat|read|wrote|drew|laugh\w*|listen\w*|quiet|tearful|engaged"
    r"|attentive|calm\w*|late|left early|tells|says|reports|shares)\b",
    re.IGNORECASE,
)
_LONGEST_QUOTE = 160
_HEAD = 60_000


def with_absent(text: str, lines: Sequence[Line], found: Segments, *, named: bool) -> Segments:
    """The split with those told absent set apart; with `named`, its members were named by the reader and all stay.

    One told absent in one place whose part tells of what they did stays a member, and is among the disputed.
    """
    told = _each_once([*found.absent, *absent_of(text, lines)])
    if not told:
        return found
    kept: list[Member] = []
    gone: list[Member] = []
    disputed: list[Absent] = []
    for member in found.members:
        here = next((one for one in told if same_person(one.label, member.label)), None)
        if here is None or named or len(found.members) == 1 or _observed(text, member, here):
            kept.append(member)
            disputed += [here] if here else []
        else:
            gone.append(member)
    if not kept:
        kept, gone, disputed = gone, [], []
    labels = [member.label for member in kept]
    away = tuple(one for one in told if not any(same_person(one.label, label) for label in labels))
    spans = sorted([*found.session, *(span for one in gone for span in one.spans)], key=lambda span: span.start)
    number = f"{len(kept)} member{'s' if len(kept) > 1 else ''}"
    return found.model_copy(
        update={
            "members": tuple(kept),
            "session": tuple(spans),
            "how": re.sub(r"^\d+ members?", number, found.how),
            "absent": away,
            "disputed": tuple(disputed),
        }
    )


def absent_of(text: str, lines: Sequence[Line]) -> list[Absent]:
    """Everyone told absent, in order: in a list after "Absent:", below such a heading, or in words of their own."""
    head = text[:_HEAD]
    led = led_by(text)
    found = [*_listed(head), *_below(text, lines), *_said(head)]
    return [
        one
        for one in sorted(found, key=lambda one: one.start)
        if not set(re.findall(r"[^\W\d_]{2,}", one.label.lower())) & led
    ]


def absent_from(text: str, label: str, start: int, end: int) -> Absent:
    """One of whom a part says only that they did not come."""
    said = text[start:end].strip()
    stop = re.search(r"\n[ \t\r]*\n", said)
    said = said[: stop.start() if stop and stop.start() > len(label) + 6 else len(said)][:_LONGEST_QUOTE].rstrip()
    at = text.index(said, start)
    return Absent(label=label, quote=said, start=at, end=at + len(said))


def _listed(head: str) -> Iterator[Absent]:
    for cue in CUE.finditer(head):
        if not cue["absent"]:
            continue
        names: list[str] = []
        at = end = cue.end()
        while (item := ITEM.match(head, at)) and len(names) < 60:
            if not _person(item, least=0.5 if not names else 0.25) or CREDENTIALS.match(
                head[item.end() :].lstrip(" ,")
            ):
                break
            names.append(written_of(item))
            end = item.end()
            remark = _REMARK.match(head, end)
            end = remark.end() if remark and BETWEEN.match(head, remark.end()) else end
            between = BETWEEN.match(head, end)
            if between is None:
                break
            at = between.end()
        if names and (cue["mark"].strip() or len(names) > 1) and not _ANOTHER_DAY.search(head[cue.start() : cue.end()]):
            end = min(end, cue.start() + _LONGEST_QUOTE)
            for name in names:
                yield Absent(label=name, quote=head[cue.start() : end], start=cue.start(), end=end)


def _below(text: str, lines: Sequence[Line]) -> Iterator[Absent]:
    for names, missing, (start, end) in listed_below(lines):
        end = min(end, start + _LONGEST_QUOTE)  # noqa: PLW2901  # the quote is a shorter one
        for name in names if missing else ():
            yield Absent(label=name, quote=text[start:end], start=start, end=end)


def _said(head: str) -> Iterator[Absent]:
    """ "T.K. no-show", "M.B. and J.R. did not attend"."""
    for match in _SAYS_SO.finditer(head):
        start = max(0, match.start() - 120)
        before = head[start : match.start()]
        names: list[tuple[str, int]] = []
        end = len(before)
        for item in reversed(list(_WHO.finditer(before))):
            gap = before[item.end() : end]
            together = _TOGETHER.match(match.group()) and (len(names) > 1 or _AND.search(gap))
            if (names and not (together and BETWEEN.fullmatch(gap))) or (not names and gap.strip()):
                break
            previous = re.findall(r"[^\W\d_]+", before[: item.start()][-30:].lower())[-1:]
            by = not names and previous and previous[0] in RELATIVES | (NEVER_BEFORE_A_MEMBER - {"and", "session"})
            if by or not (item["numbered"] or _person(item, least=0.6)):
                break
            names.append((item["numbered"] or written_of(item), start + item.start()))
            end = item.start()
        later = head[match.end() : match.end() + 24].split("\n", 1)[0]
        if names and not _ANOTHER_DAY.search(re.split(r"[.;]", later)[0]):
            first = names[-1][1]
            for name, _ in reversed(names):
                yield Absent(label=name, quote=head[first : match.end()], start=first, end=match.end())


def _person(item: re.Match[str], *, least: float) -> bool:
    kind = "initials" if item["initials"] else "name" if item["name"] else "code"
    return likelihood(written_of(item), kind) >= least


def _observed(text: str, member: Member, told: Absent) -> bool:
    part = "\n".join(
        f"{text[span.start : max(span.start, told.start)]} {text[min(span.end, told.end) : span.end]}"
        if span.start <= told.start < span.end
        else text[span.start : span.end]
        for span in member.spans
    )
    return not is_absent(part, member.label) and bool(_OBSERVED.search(part))


def _each_once(told: Sequence[Absent]) -> list[Absent]:
    once: list[Absent] = []
    for one in told:
        if not any(plain(one.label) == plain(other.label) for other in once):
            once.append(one)
    return sorted(once, key=lambda one: one.start)
