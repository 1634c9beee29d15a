"""Names with nothing beside them that tells so ("Karim came by"): by their capital, what they are no word of, and who acts.

Over-redaction is preferred to a leak, but words that a note is judged by stay: `knowledge/names/proper_terms.txt` and
everything in the dictionary that is no first name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.llm.identifying.doing import (
    ACTS,
    BEFORE_SOMEBODY,
    DID,
    HEADS_LINE,
    IS_SO,
    SOMEBODY,
    SPEAKS,
    TELLING,
    opens_sentence,
)
from bot.llm.identifying.hits import Hit, just_before
from bot.llm.identifying.names import PARTICLES
from bot.llm.identifying.people import written_again
from bot.llm.identifying.vocabulary import (
    TERMS_AND_NAMES,
    abstract_names,
    field_words,
    given_names,
    is_word,
    name_words,
    surname_words,
    surnames,
    terms,
    towns,
    without_possessive,
)

_LINE = re.compile(r"[^\n]+")
_PIECE = re.compile(r"[^.;|:]+")
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_LONGEST = 40
_PREFIXED = re.compile(r"(?:al|el|an|ad|ar|as|at|ash|az|d|l|o|t|de|da)['’-][A-ZÀ-Þ]")
_ODD = re.compile(r"[A-Z][a-z]+[A-Z]{2,}|[A-Z]{2,}[a-z]{1,2}|[A-Z][a-z]?[A-Z]")
# A title or a heading: names in it are those on a list only.
_TITLE_SHARE = 0.7


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    opens: bool
    """It stands where a sentence begins, so that its capital tells nothing."""

    @property
    def bare(self) -> str:
        return without_possessive(self.text)

    @property
    def lowered(self) -> str:
        return self.bare.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or bool(_PREFIXED.match(self.text))

    @property
    def odd(self) -> bool:
        """Figures or a run of capitals in it, which no name has: "A1c", "RxBIN", "BiPAP"."""
        return any(sign.isdigit() for sign in self.text) or bool(_ODD.fullmatch(self.bare))


def free_names(text: str) -> Iterator[Hit]:
    """Names without a label, and then each of their parts wherever it is written again."""
    names: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for hit in _TURNED.finditer(text):
        if (
            len(hit[1]) > 1
            and not (hit[2].isupper() and len(hit[2]) < 4)
            and _is_turned(hit[1].lower(), hit[2].lower(), shouted=hit[0].isupper())
        ):
            spans.append(hit.span())
            names[f"{hit[2]} {hit[1]}"] = None
    for line in _LINE.finditer(text):
        for start, end in _in_line(line[0]):
            spans.append((line.start() + start, line.start() + end))
            name = text[spans[-1][0] : spans[-1][1]]
            if not all(word.lower().strip(".") in name_words() or word.lower() in terms() for word in name.split()):
                names[name] = None
    yield from ((start, end, "PERSON", text[start:end]) for start, end in spans)
    yield from written_again(text, iter(names))


_TURNED = re.compile(
    r"(?<![\w’'-])([A-ZÀ-Þ][^\W\d_’'-]*(?:['’-][^\W\d_]+)*),[ ]?([A-ZÀ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*)(?:[ ][A-Z](?:\.|(?!\w)))?(?![\w’'-])"
)


def _is_turned(last: str, first: str, *, shouted: bool) -> bool:
    """A family name and a first name behind its comma: "Garza, Sonia"."""
    if last in terms() or first in terms() or last in field_words() or first in field_words():
        return False
    if shouted:
        return (last in surnames() or last in surname_words()) and (first in given_names() or first in name_words())
    family = last in surnames() or last in surname_words() or not is_word(last)
    return family and (first in given_names() or first in name_words() or (not is_word(first) and last not in towns()))


def _in_line(line: str) -> Iterator[tuple[int, int]]:
    tokens = [
        _Token(hit.start(), hit.end(), hit[0], opens_sentence(line, hit.start()))
        for hit in _TOKEN.finditer(line)
        if len(hit[0]) <= _LONGEST
    ]
    titles = [piece.span() for piece in _PIECE.finditer(line) if _is_title(piece[0])]
    shouted = line.upper() == line
    at = 0
    while at < len(tokens):
        title = any(start <= tokens[at].start < end for start, end in titles)
        if tokens[at].odd or not _is_name(tokens, at, line, title=title, shouted=shouted):
            at += 1
            continue
        last = _last_of_name(tokens, at, line)
        yield tokens[at].start, _end_of_name(tokens[last], line)
        at = last + 1


def _is_title(piece: str) -> bool:
    long = [word for word in _TOKEN.findall(piece) if len(word) > 3 and word.lower() not in terms()]
    return len(long) > 2 and sum(word[0].isupper() and is_word(word.lower()) for word in long) >= _TITLE_SHARE * len(
        long
    )


def _is_name(tokens: list[_Token], at: int, line: str, *, title: bool, shouted: bool) -> bool:
    token = tokens[at]
    lowered = token.lowered
    if len(lowered) < 2 or (token.capital and token.bare.isupper() and not shouted):
        found = len(lowered) > 3 and (lowered in given_names() or lowered in surnames())
    elif not token.capital:
        sure = len(lowered) > 4 or bool(TELLING.match(line, token.end))
        found = len(lowered) > 3 and lowered in given_names() and sure
    elif lowered in TERMS_AND_NAMES:
        found = _acts_for_sure(token, line)
    elif lowered in name_words():
        found = _is_name_here(tokens, at, line, title=title)
    elif lowered in given_names() or lowered in terms():
        found = lowered not in terms()
    elif is_word(lowered):
        found = not title and not shouted and _word_is_name(token, line)
    elif lowered in surnames():
        found = not title or not token.opens
    else:  # no word that anybody knows
        found = len(lowered) > (4 if shouted else 2)
    return found


def _acts_for_sure(token: _Token, line: str) -> bool:
    after = any(pattern.match(line, token.end) for pattern in (TELLING, DID, SPEAKS))
    return after or bool(just_before(SOMEBODY, line, token.start, 25))


def _word_is_name(token: _Token, line: str) -> bool:
    """Whether a word of the dictionary stands for a person: "Stone said", "misses Bear"."""
    if token.lowered in surname_words():
        acts = (
            (token.opens and HEADS_LINE.match(line, token.end))
            or SPEAKS.match(line, token.end)
            or (not token.opens and ACTS.match(line, token.end))
        )
        if acts:
            return True
    if token.opens or token.lowered in field_words():
        return False
    return bool(just_before(SOMEBODY, line, token.start, 25))


_SEASONS = frozenset({"summer", "autumn", "winter"})


def _is_name_here(tokens: list[_Token], at: int, line: str, *, title: bool) -> bool:
    """Whether a word that is a first name as well stands for a person: somebody acts, or it has a capital in mid-sentence."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after and after.capital and line[token.end : after.start] == " " and _may_follow(after):
        return not title or after.lowered in surnames()
    acts = TELLING if token.lowered in abstract_names() or token.opens else ACTS
    heads = token.opens and HEADS_LINE.match(line, token.end)
    if heads or acts.match(line, token.end) or (DID.match(line, token.end) and not title):
        return True
    if token.lowered in _SEASONS and token.opens and token.text == token.bare:
        return False
    if token.lowered not in abstract_names() and (
        token.text != token.bare or (not title and IS_SO.match(line, token.end))
    ):
        return True
    if token.lowered in abstract_names() and not just_before(BEFORE_SOMEBODY, line, token.start, 20):
        return False
    return not (title or token.opens or line.upper() == line)


def _may_follow(token: _Token) -> bool:
    """Whether a capitalised word right after a first name belongs to it."""
    if len(token.bare) == 1:
        return token.text not in ("I", "A")
    return token.lowered in surnames() or token.lowered in surname_words() or not is_word(token.lowered)


def _last_of_name(tokens: list[_Token], at: int, line: str) -> int:
    last = at
    while last + 1 < len(tokens) and last - at < 3:
        after, between = tokens[last + 1], line[tokens[last].end : tokens[last + 1].start]
        beyond = _past_particles(tokens, last + 1, line)
        if beyond > last + 1 and between == " ":
            last = beyond
            continue
        if not after.capital or between not in (" ", ". ") or (between == ". " and len(tokens[last].text) > 1):
            break
        common = len(after.text) > 1 and is_word(after.lowered) and after.lowered not in name_words()
        if (
            after.text in ("I", "A")
            or after.lowered in terms()
            or (common and not _stands_as_surname(after, tokens[at], line))
        ):
            break
        last += 1
    return last


def _past_particles(tokens: list[_Token], at: int, line: str) -> int:
    """Where the name goes on after "de la" or "van"; `at` itself where it does not."""
    first = at
    while (
        at < len(tokens)
        and at - first < 3
        and tokens[at].text.lower() in PARTICLES
        and line[tokens[at].end : tokens[at].end + 1] == " "
    ):
        at += 1
    return at if at > first and at < len(tokens) and tokens[at].capital and not is_word(tokens[at].lowered) else first


def _stands_as_surname(after: _Token, first: _Token, line: str) -> bool:
    """ "Karim Stone came": a word with a capital after a sure first name, in a line that gives capitals to names only."""
    return (
        (first.lowered in given_names() or (first.lowered in name_words() and after.lowered in surname_words()))
        and not after.bare.isupper()
        and not _is_title(line[max(0, first.start - 80) : after.end + 80])
    )


def _end_of_name(token: _Token, line: str) -> int:
    end = token.start + len(token.bare)
    return end + 1 if len(token.bare) == 1 and line[end : end + 1] == "." else end
