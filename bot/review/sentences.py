"""Splits a stretch of a note into sentences and clauses, each with its label and its offsets.

Notes are not prose: lines are wrapped, labels stand before colons, list marks and table bars divide, full stops
are left out or stand in initials. Every offset counts characters of the text as given.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.review.columns import Row

WRAPPED_AT = 56
"""A line at least this long that ends in no punctuation is taken to go on in the next line."""

WIDEST_PAGE = 120
"""Lines longer than this are not broken by hand, so the end of one is the end of what it says."""

_ABBREVIATIONS = frozenset(
    [
        "sgt",
        "lt",
        "capt",
        "cpl",
        "col",
        "maj",
        "rev",
        "hon",
        "dr",
        "mr",
        "mrs",
        "ms",
        "vs",
        "etc",
        "approx",
        "resp",
        "cont",
        "min",
        "mins",
        "hr",
        "hrs",
        "wk",
        "wks",
        "mo",
        "mos",
        "yr",
        "yrs",
        "no",
        "st",
        "prof",
        "dept",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "jr",
        "sr",
        "pt",
        "pts",
        "tx",
        "dx",
        "sx",
        "hx",
        "rx",
        "appt",
        "avg",
        "incl",
        "esp",
        "w",
        "dept",
        "m.d",
        "ph.d",
        "a.m",
        "p.m",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_ANSWERED = re.compile(r"\b(?:said|says|saying|answered|replied)\s+[\"“]?no\.$", re.IGNORECASE)
"""A "no" that is an answer, and no number."""
_NEVER_LAST = frozenset(
    {
        "sgt",
        "lt",
        "capt",
        "cpl",
        "col",
        "maj",
        "rev",
        "hon",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "cont",
        "resp",
        "vs",
        "approx",
        "e.g",
        "i.e",
    }
)
_LABEL_WORDS = (
    r"date of service|service date|session date|date|dos|time|start time|end time|duration|group name|group type|group|"
    r"session topic|topic|theme|session focus|focus|modality|approach|model|format|therapist interventions|"
    r"provider interventions|clinical interventions|interventions?|techniques?|attendance|members present|present|"
    r"attendees|census|facilitator|therapist|provider|clinician|leader|participation|engagement|clinical response|"
    r"response to (?:the )?interventions?|client response|patient response|response|progress toward goals?|"
    r"progress towards? (?:treatment )?goals?|progress|treatment goals?|tx goals?|goals?(?: \d)?|objectives?(?: \d)?|"
    r"medical necessity|necessity|diagnos[ie]s|dx|icd-?10(?:-cm)?|safety|risk|safety/risk|risk assessment|si/hi|"
    r"comments?|details|describe|specify|plan|next steps?|homework|hw|follow-?up|next(?: session| group)?|"
    r"subjective|objective|assessment|data|behaviou?r|problem|narrative|"
    r"mood|affect|mse|patient|client|member|pt|dob|auth(?:orization)?|signed|signature|notes?|summary|[sobdargip]"
)
_START_LABEL = re.compile(
    r"[*_#\s]*(?P<label>[A-Za-z][A-Za-z0-9 /&()'’.,#-]{0,48}?)[*_]{0,3}\s?[:：][*_]{0,3}(?=\s|$|[A-Za-z0-9\[☐☑✓(])"
)
_MIDDLE_LABEL = re.compile(
    rf"(?:(?<=[.;,|)\]])\s*|\s+)[*_]{{0,3}}(?P<label>{_LABEL_WORDS})[*_]{{0,3}}:[*_]{{0,3}}(?=\s)", re.IGNORECASE
)
_DASH_LABEL = re.compile(
    r"(?:(?<=[.;|:])\s*|^)(?P<label>[sobdargip]|si/hi|si|hi|data|problem|next|next steps?|response to \w+|"
    r"assessment|plan|response|intervention|behaviou?r|goal|subjective|objective|dx|diagnosis|"
    r"participation|progress|safety|risk|topic|focus|homework|next step|necessity|medical necessity|"
    r"modality|interventions)(?:\s+[-–—]|\s*=)\s+",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING_WORDS = frozenset(re.findall(r"[a-z]{2,}", _LABEL_WORDS)) | frozenset(
    [
        "diagnosis",
        "diagnoses",
        "intervention",
        "interventions",
        "of",
        "the",
        "and",
        "to",
        "for",
        "in",
        "client's",
        "patient's",
        "therapeutic",
        "clinical",
        "session",
        "individual",
        "group",
        "member",
        "members",
        "psychotherapy",
        "therapy",
        "note",
        "progress",
        "documentation",
        "level",
        "part",
        "section",
        "shared",
        "information",
        "general",
        "other",
        "concerns",
        "additional",
        "stated",
        "long",
        "short",
        "term",
    ]
)
_LEADS_IN = re.compile(
    r"\b(?:per|of|toward|towards|with|to|on|for|and|her|his|their|the|this|that|in)\s$", re.IGNORECASE
)
_NAMES_A_GOAL = re.compile(
    r"^working (?:on|toward)|\b(?:goals?|objectives?)\b.*(?:\(|\bof\b|\bto\b|\bre\b)", re.IGNORECASE
)
_SAYING = re.compile(
    r"\b(?:said|says|saying|stated|states|asked|asks|reported|reports|added|replied|told|that|shared|is|"
    r"was|were|and then|\w{3,}ed (?:an?|the|one|two|three|four|his|her|their|to|some|several|that))\b",
    re.IGNORECASE,
)
_TITLE_LINE = re.compile(r"^[*_#\s]*(?P<label>[A-Z][A-Z /&()-]{2,48}|\*\*[^*\n]{2,48}\*\*|#+\s*[^\n]{2,48})[*_#\s]*$")
# "SI (-)", "SI -/HI -": a denial by its sign, which is no title; "SI -" alone may be a field left open.
_DENIED_BY_SIGN = re.compile(r"\b(?:SI|HI|AVH|SIB|NSSI)\s?(?:\([-–−]\)|[-–−]\s?[/,]?\s?(?:SI|HI|AVH|SIB|NSSI)\s?[-–−])")
_LIST_MARK = re.compile(r"\s*(?:[-*•‣▪◦·–—>]+\s+|\d{1,2}[.)]\s+|[a-z][.)]\s+)")
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\s*[|\t•]\s*|\s{3,}|\n")
_CLAUSE_BREAK = re.compile(
    r"\s*;\s*|\s+[–—-]{1,2}\s+|,\s+(?=(?:and|but|then|while|which|whereas|although|though|so|yet|however|"
    r"as|after|before|when)\b)|"
    r"\s+(?=(?:but|while|whereas|although|though|however)\s)|\s+(?=and\s+(?:then|he|she|they|pt|patient|"
    r"client|therapist)\b)"
)
# A label that names one fact holds for the sentence beside it, not for the prose that follows in the same paragraph.
_FACT_LABEL = re.compile(
    r"\b(?:diagnos\w+|dx|icd[\w-]*|dates?|dos|time|duration|goals?|objectives?|auth\w*|dob|patients?|clients?|"
    r"members?|group|topic|modality|attend\w*|present)\b"
)


_BLANK = 2
_LOOKED_BACK = 100
"""Characters before a full stop that tell whether it ends a sentence; a whole line would take time by its square."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` without its label; `label` is the heading it stands under, in lower case, or empty.

    `inline` tells that the label stands directly before the sentence, at `label_start`, and so reads as part of it.
    """

    start: int
    end: int
    label: str = ""
    label_start: int = -1

    @property
    def inline(self) -> bool:
        return self.label_start >= 0


def split_sentences(text: str, start: int = 0, end: int | None = None, rows: Sequence[Row] = ()) -> list[Sentence]:
    """The sentences of `text[start:end]`, in order; labels with nothing after them give no sentence.

    `rows` are the rows of the text's tables (`columns.rows_of`): each cell stands under its column's heading.
    """
    stop = len(text) if end is None else end
    found: list[Sentence] = []
    at = start
    for row in rows:
        if row.end <= at or row.start >= stop:
            continue
        found.extend(_of_lines(text, at, min(row.start, stop)))
        for cell in row.cells:
            if cell.end > start and cell.start < stop:
                found.extend(_of_lines(text, max(cell.start, start), min(cell.end, stop), cell.heading))
        at = row.end
    found.extend(_of_lines(text, min(at, stop), stop))
    return _with_problems_told(found)


def _of_lines(text: str, start: int, stop: int, heading: str = "") -> list[Sentence]:
    """The sentences of a stretch that is no table row, or of one cell, which stands under its `heading` throughout."""
    found: list[Sentence] = []
    label = heading
    item = False
    for block_start, block_end, after_gap in _blocks(text, start, stop):
        listed = bool(_LIST_MARK.match(text, block_start))
        if found and (_has_ended(label, found[-1].inline, after_gap, listed) or (item and listed)):
            label = heading
        item = False
        title = _TITLE_LINE.match(text[block_start:block_end])
        if title and not re.search(r"\d", title["label"]) and not _DENIED_BY_SIGN.search(title["label"]):
            label = _clean_label(title["label"])
            if set(re.findall(r"[a-z]+", label)) <= _HEADING_WORDS:
                continue
        for piece_start, piece_end, piece_label, label_start in _labelled(text, block_start, block_end):
            if label_start >= 0:
                label, item = piece_label, listed and piece_end - piece_start > _BLANK
            first = True
            for sentence_start, sentence_end in _sentences_of(text, piece_start, piece_end):
                at = label_start if first else -1
                if not first and label_start >= 0 and _FACT_LABEL.search(label):
                    label = heading
                found.append(Sentence(sentence_start, sentence_end, label, at))
                first = False
    return found


def _has_ended(label: str, inline: bool, after_gap: bool, in_list: bool) -> bool:
    """Whether a label no longer holds on the next line.

    One answered on its own line ends at a blank line, or with its line where it names one fact. A list goes on.
    """
    one_fact = bool(_FACT_LABEL.search(label))
    return (inline and (after_gap or (one_fact and not in_list))) or (one_fact and after_gap)


def _with_problems_told(sentences: list[Sentence]) -> list[Sentence]:
    """P before I or R is the problem (PIRP), P after them the plan (SOAP, DAP, BIRP, GIRP)."""
    letters = [sentence.label for sentence in sentences]
    last = max((at for at, label in enumerate(letters) if label in {"i", "r", "intervention", "response"}), default=-1)
    return [
        replace(sentence, label="problem") if sentence.label == "p" and at < last else sentence
        for at, sentence in enumerate(sentences)
    ]


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of one sentence: divided at semicolons, dashes and joining words, never inside a quotation."""
    pieces: list[tuple[int, int]] = []
    at = read = start
    plain = opened = 0
    for mark in _CLAUSE_BREAK.finditer(text, start, end):
        between = text[read : mark.start()]
        plain, opened, read = plain + between.count('"'), opened + between.count("“") - between.count("”"), mark.start()
        if mark.start() <= at or plain % 2 == 1 or opened > 0:
            continue
        pieces.append((at, mark.start()))
        at = mark.end()
    pieces.append((at, end))
    return [piece for piece in (_trimmed(text, *pair) for pair in pieces) if piece is not None]


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Runs of lines that read as one: a wrapped line is joined to the next."""
    at = start
    open_start: int | None = None
    open_end = start
    gap = gap_of_block = False
    while at <= end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        line = text[at:line_end]
        bare = line.strip()
        if open_start is not None and not (bare and _goes_on(text, open_start, open_end, bare)):
            yield open_start, open_end, gap_of_block
            open_start = None
        if bare:
            if open_start is None:
                open_start, gap_of_block = at, gap
            open_end = line_end
        gap = not bare
        at = line_end + 1
    if open_start is not None:
        yield open_start, open_end, gap_of_block


def _goes_on(text: str, start: int, end: int, next_line: str) -> bool:
    last_line = text[max(start, text.rfind("\n", start, end) + 1) : end].rstrip()
    if len(last_line) < WRAPPED_AT or last_line[-1:] in ".!?:;|" or last_line.endswith("-->"):
        return False
    if len(last_line) > WIDEST_PAGE and not next_line[0].islower():
        return False
    return not (
        _LIST_MARK.match(next_line)
        or _START_LABEL.match(next_line)
        or next_line[0] in "[☐☑✓✔#|*"
        or _TITLE_LINE.match(next_line)
    )


def _labelled(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, int]]:
    """Pieces of a block: (start, end, label, where the label begins or -1)."""
    mark = _LIST_MARK.match(text, start, end)
    at = mark.end() if mark else start
    cuts: list[tuple[int, int, str]] = []
    first = _START_LABEL.match(text, at, end)
    if (
        first
        and len(first["label"].split()) <= 6
        and not _SAYING.search(first["label"])
        and not _NAMES_A_GOAL.search(first["label"])
    ):
        name = first["label"]
        # "Earl. G: ...", "Seen 17 March. Attending: ..."
        after_stop = re.search(rf"\.\s+({_LABEL_WORDS})$", name, re.IGNORECASE) or re.match(r".{6,}\.\s+(\w+)$", name)
        shift = after_stop.start(1) if after_stop else 0
        cuts.append((first.start("label") + shift, first.end(), name[shift:]))
    for middle in _MIDDLE_LABEL.finditer(text, at, end):
        name = middle["label"]
        before = text[max(at, middle.start() - 1) : middle.start("label")].strip()
        if cuts and middle.start("label") < cuts[-1][1]:
            continue
        if _LEADS_IN.search(text, max(at, middle.start("label") - 12), middle.start("label")):
            continue
        if name[0].isupper() or before[-1:] in {".", ";", ",", "|", ")", "]"}:
            cuts.append((middle.start("label"), middle.end(), name))
    for dash in _DASH_LABEL.finditer(text, at, end):
        if all(not (cut[0] <= dash.start("label") < cut[1]) for cut in cuts):
            cuts.append((dash.start("label"), dash.end(), dash["label"]))
    cuts.sort()
    if not cuts or cuts[0][0] > at:
        yield at, cuts[0][0] if cuts else end, "", -1
    for number, (label_start, label_end, name) in enumerate(cuts):
        stop = cuts[number + 1][0] if number + 1 < len(cuts) else end
        yield label_end, stop, _clean_label(name), label_start


def _sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _BREAK.finditer(text, start, end):
        if mark.group() == "\n" and not _LIST_MARK.match(text, mark.end(), end):
            continue
        if "." in text[mark.start() - 1 : mark.start() + 1] and not _ends_sentence(text, at, mark):
            continue
        piece = _trimmed(text, at, mark.start())
        if piece:
            yield piece
        at = mark.end()
    piece = _trimmed(text, at, end)
    if piece:
        yield piece


def _ends_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether the full stop before `mark` ends a sentence: not after an abbreviation, nor in initials that go on."""
    if mark.group().strip() in {"|", "•"} or "\n" in mark.group() or len(mark.group()) >= 3:
        return True
    before = text[max(start, mark.start() - _LOOKED_BACK) : mark.start()].rstrip("\"'”’)]")
    word = re.search(r"(\S+)\.$", before)
    if word is None:
        return True
    bare = word[1].lower().lstrip("(\"'“")
    if bare == "no" and _ANSWERED.search(before):
        return True
    following = text[mark.end() : mark.end() + 1]
    if re.fullmatch(r"[a-z](?:\.[a-z]){0,2}", bare):  # initials: "K.L. said" goes on, "asked K.L. Then" ends
        return following.isupper() and len(before.split()) > 2 and not text[mark.end() : mark.end() + 2].endswith(".")
    return bare not in _ABBREVIATIONS or (following.isupper() and bare not in _NEVER_LAST)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] in "*_#,;|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_#;|,"):
        end -= 1
    return (start, end) if any(char.isalnum() or char in "☑✓✔↑↓" for char in text[start:end]) else None


def _clean_label(label: str) -> str:
    return re.sub(r"\s+", " ", label.strip(" *_#\t").lower())
