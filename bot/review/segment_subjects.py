"""Whom the sentences of running text are about: subjects by name, and the cues of someone dictating."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.review.segment_fillings import likelihood
from bot.review.segment_labels import WORDS_TOO
from bot.review.segment_running import Run, until_next
from bot.review.segment_words import ACTS, CREDENTIALS, GIVEN_NAMES, TITLE, english_words

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"\b{_UPPER}[^\W\d_]{{1,30}}(?:['’-][^\W\d_]{{1,30}}){{0,3}}"
_PERSON = rf"(?:{TITLE}\.?\s{_WORD}|(?:[A-Z]\.\s?){{2,3}}|{_WORD}(?:\s(?!I\s){_UPPER}\b\.?)?(?:\s{_WORD})?)"
_SUBJECT = re.compile(
    rf"(?:^(?:[A-Z][A-Za-z /-]{{0,24}}:)?|(?<=[.!?;])(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)\s{{1,3}}"
    rf"|(?<=[.!?][\"”')])\s{{1,3}})\s{{0,3}}(?P<label>{_PERSON})"
    r"(?=(?:,|\s\([^()]{1,40}\))?\s+[a-z]|\s\d{1,2}(?:/10\b|[.,;]))",
    re.MULTILINE,
)
_CUE = re.compile(
    r"\b(?:(?:(?:the|our|my)\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|next|last|final|another)\s+"
    r"(?P<who>(?:group\s+)?(?:patient|client|member|person|participant|pt|one|up)\s+)?"
    r"(?:(?:up\s+)?(?:is|was|would be|will be)|we\s+(?:have|had)|comes|up)"
    r"|(?:moving|going|switching|turning|over|on)\s+(?:on\s+)?(?:over\s+)?to|then\s+(?:we\s+(?:have|had)|there\s+(?:is|was)|there['’]s)"
    r"|as\s+for|now\s+for|(?:starting|beginning)\s+(?:off\s+)?with|(?:first|then|next|finally|lastly|last)(?:\s+(?:patient|client|member|pt))?(?=\s+(?:mrs?|ms|miss|mister|missus)\b))\s+(?:(?P<kind>patient|client|member|pt)\s+)?"
    r"(?P<label>(?:mr|mrs|ms|miss|mister|missus)\.?\s[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*|(?:[A-Z]\.?\s?){2,3}(?!\w)|[^\W\d_]{2,20}(?:\s[A-Z](?![\w'’])\.?)?)",
    re.IGNORECASE,
)
# "Next, Otis." and "Then Yolanda, who ...": a name and no verb after it.
_TURN = re.compile(
    r"(?:^|(?<=[.!?;]\s))(?:and\s+)?(?:first|next|then|finally|lastly|last)[,:]?\s+"
    r"(?P<label>(?:(?:mr|mrs|ms)\.?\s)?(?!(?:mr|mrs|ms|dr)\.)[A-Z][^\W\d_]{1,20}(?:\s[A-Z]\b\.?)?|(?:[A-Z]\.\s?){2,3})(?=[.,:])",
    re.IGNORECASE | re.MULTILINE,
)
_ASIDE = re.compile(r"^(?:,|\s\([^()]{1,40}\))")
_TITLED = re.compile(rf"\b{TITLE}\.?\s{_WORD}")
_CHART = re.compile(rf"(?i:\b(?:chart|record|file|note|progress note)\s+(?:of|for|on)\s+){_PERSON}")
_OF_THE_GROUP = re.compile(
    r"(?:(?<=[.!?])\s{1,3}|^)(?:(?i:the (?:group|session) (?:ended|closed|will|meets|then closed)"
    r"|next (?:group|session)|(?:all|most)"
    r" (?:members|clients|patients)|in closing|to close|we (?:ended|closed)|end of (?:dictation|note)))\b",
    re.MULTILINE,
)
_PROVIDER = re.compile(
    r"(?i:\b(?:therapist|facilitator|provider|clinician|counselor|leader|co-?leader|co-?lead|supervisor|supervision|specialist|intern"
    rf"|facilitated by|led by|run by|signed by|dr)\b)[.,:]?\s{{1,3}}(?P<a>{_WORD}(?:\s{_WORD})?)"
    rf"|(?P<b>{_WORD}(?:\s{_WORD}){{0,2}}),?\s(?={CREDENTIALS.pattern})"
)


def providers(text: str) -> frozenset[str]:
    """The words of the names of those who led the group or signed, in lower case."""
    names = (match["a"] or match["b"] for match in _PROVIDER.finditer(text))
    return frozenset(word.lower() for name in names for word in name.split())


def led_by(text: str) -> frozenset[str]:
    """The words of the names that stand with credentials or right after "Therapist:", in lower case."""
    names = (match["b"] or (match["a"] if ":" in match.group() else "") for match in _PROVIDER.finditer(text))
    return frozenset(word.lower() for name in names for word in (name or "").split())


def dictated_runs(text: str) -> list[Run]:
    """Runs opened by a cue: "first patient is amy ... next is Brandon ... and last up K.L."."""
    led = providers(text)
    found = []
    cues = [*_CUE.finditer(text), *_TURN.finditer(text)]
    for match in sorted(cues, key=lambda one: one.start("label")):
        label = match["label"].strip()
        label = (
            label if re.fullmatch(r"(?:[A-Z]\.\s?){2,3}|.*\s[A-Z]\.", label) and label[1] != " " else label.rstrip(".")
        )
        first = label.split()[0].lower()
        said = match.groupdict()
        sure = bool(said.get("who") or said.get("kind")) and first not in english_words()
        if (
            sure
            or first in GIVEN_NAMES
            or re.match(r"(?:[A-Z]\.?\s?){2,3}$|(?i:mrs?|ms|miss|mister|missus)\b", label)
            or (match.re is _TURN and label[0].isupper() and _likely(label))
        ) and first not in led:
            titled = re.match(r"(?i:mrs?|ms|miss|mister|missus)\b", label)
            if (first not in GIVEN_NAMES or label.split()[-1].islower()) and not titled and label[-1:].islower():
                label = label.split()[0]
            found.append((label, match.start()))
    return closed(text, until_next(text, found)) if len({label for label, _ in found}) >= 2 else []


def named_runs(text: str, counts: frozenset[int]) -> list[Run]:
    """Runs of sentences from one whose subject is a member to the next such of another member."""
    found = [(label, start) for label, start in subjects(text)]
    by_label = Counter(label for label, _ in found)
    enough = len(by_label) >= 3 or len(by_label) in counts or (len(by_label) > 1 and min(by_label.values()) > 1)
    if not enough or by_label.most_common(1)[0][1] * 2 > len(found) > 4:
        return []
    return closed(text, until_next(text, found))


def one_subject(text: str) -> str:
    """The one whom the note of one patient is about, as named most in it; "" where it does not say."""
    head = text[:20_000]
    if (chart := _CHART.search(head)) and (named := re.search(rf"{_PERSON}$", chart.group())):
        label = named.group().strip()
        if _likely(label):
            return label
    led = providers(head)
    said = Counter(match.group() for match in _TITLED.finditer(head))
    for label, _ in subjects(head):
        said[label] = max(said[label], len(re.findall(rf"\b{re.escape(label)}", head)))
    most = [(label, count) for label, count in said.most_common() if label.split()[-1].lower() not in led]
    if not most or (len(most) > 1 and most[0][1] < 1.5 * most[1][1]):
        return ""
    return most[0][0]


def subjects(text: str) -> Iterator[tuple[str, int]]:
    led = providers(text)
    for match in _SUBJECT.finditer(text):
        label = match["label"].strip()
        if not _likely(label):  # "Maria Then said": the name is its first word
            label = label.split()[0]
        known = label.lower() not in WORDS_TOO and (
            not label[-1].islower() or label.split()[0].strip(".").lower() in GIVEN_NAMES or bool(_TITLED.match(label))
        )
        if not known and not ACTS.match(_ASIDE.sub(" ", text[match.start("label") + len(label) :][:80], count=1)):
            continue
        if _likely(label) and label.split()[-1].lower() not in led:
            yield label, match.start("label")


def _likely(label: str) -> bool:
    if re.fullmatch(r"(?:[A-Z]\.\s?){2,3}", label):
        return True
    if label.lower() in WORDS_TOO and label.lower() not in GIVEN_NAMES:
        return False
    return likelihood(label, "name") >= 0.85


def closed(text: str, runs: list[Run]) -> list[Run]:
    """Each run up to where it turns to the whole group."""
    closed = []
    for run in runs:
        turn = _OF_THE_GROUP.search(text, run.start + 1, run.end)
        closed.append(Run(run.label, run.start, turn.start() if turn else run.end))
    return closed
