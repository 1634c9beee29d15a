"""Names with nothing beside them that tells so ("Karim came by"): by their capital, what they are no word of, and who acts.

Over-redaction is preferred to a leak, but words that a note is judged by stay: `knowledge/names/proper_terms.txt` and
everything in the dictionary that is no first name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.llm.hits import Hit
from bot.llm.people import written_again
from bot.llm.vocabulary import (
    TERMS_AND_NAMES,
    field_words,
    given_names,
    is_word,
    name_words,
    surname_words,
    surnames,
    terms,
)

_LINE = re.compile(r"[^\n]+")
_PIECE = re.compile(r"[^.;|:]+")
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_LONGEST = 40
# What somebody does in a note, in the words that notes have for it; "Xyz was" alone tells little.
_ACTS = re.compile(
    r"['’]?s?\s+(?:(?:also|then|again|still|later|never|just|only|often|initially|finally|\w{3,12}ly|and\s+[A-Z]\.?\w*)\s+){0,2}"
    r"(?:said|says|told|tells|asked|asks|shared?s?|report(?:ed|s)|stat(?:ed|es)|describ(?:ed|es)|felt|feels|came|comes|went|goes|attend(?:ed|s)"
    r"|arriv(?:ed|es)|left|leaves|spoke|speaks|talk(?:ed|s)|not(?:ed|es)|identif(?:ied|ies)|discuss(?:ed|es)|process(?:ed|es)"
    r"|express(?:ed|es)|den(?:ied|ies)|endors(?:ed|es)|agre(?:ed|es)|admit(?:ted|s)|present(?:ed|s)|appear(?:ed|s)|seem(?:ed|s)"
    r"|cri(?:ed|es)|wept|weeps|smil(?:ed|es)|laugh(?:ed|s)|listen(?:ed|s)|offer(?:ed|s)|gave|gives|receiv(?:ed|es)|practi[cs](?:ed|es)"
    r"|call(?:ed|s)|text(?:ed|s)|want(?:ed|s)|did|does|made|makes|took|takes|join(?:ed|s)|respond(?:ed|s)|participat(?:ed|es)"
    r"|remain(?:ed|s)|sat|sits|stood|read|wrote|writes|forgot|forgets|complet(?:ed|es)|challeng(?:ed|es)|nodded|brought|brings|tri(?:ed|es)"
    r"|work(?:ed|s)|struggl(?:ed|es)|apologi[sz](?:ed|es)|answer(?:ed|s)|interrupt(?:ed|s)|thank(?:ed|s)|encourag(?:ed|es)|support(?:ed|s)"
    r"|recogni[sz](?:ed|es)|realiz(?:ed|es)|rat(?:ed|es)|nam(?:ed|es)|list(?:ed|s)|us(?:ed|es)|plan(?:ned|s)|agre(?:ed|es)|will|has|had|is|was|wasn['’]t|isn['’]t"
    r"|can|could|would|might|knows?|knew|thinks|thought|hopes|hoped|lost|found|finds|got|gets|kept|keeps|began|begins|start(?:ed|s)|return(?:ed|s)"
    r"|miss(?:ed|es)|explor(?:ed|es)|reflect(?:ed|s)|volunteer(?:ed|s)|engag(?:ed|es)|continu(?:ed|es)|role-?play(?:ed|s)|lives?|lived|moved)\b",
    re.IGNORECASE,
)
# After a word that names no person for sure, what only a person does.
_TELLING = re.compile(
    r"\s+(?:(?:also|then|again|later|\w{3,12}ly)\s+){0,2}(?:said|says|told|tells|asked|asks|shared|shares|report(?:ed|s)|stated|states|describ(?:ed|es)"
    r"|felt|came|went|attended|arrived|left|spoke|talk(?:ed|s)|cried|wept|smiled|laughed|listened|offered|denie[ds]|endorse[ds]"
    r"|agreed|admitted|apologi[sz]ed|called|texted|wants?|wanted|joined|responded|participated|sat|read|wrote|forgot|completed|nodded"
    r"|brought|tried|practi[cs]ed|identified|expressed|discussed|processed|thanked|took|gave|made|noted|volunteered|plans)\b"
)
_DID = re.compile(
    r"\s+(?:(?:and|&)\s+[A-Z][\w’'-]+\s+(?:both\s+)?)?(?:\w{2,}ed|began|ran|got|kept|lost|put|hid|met|sat|stood|woke|rode|drove|came|had|did)\b"
)
_SOMEBODY = re.compile(
    r"\b(?:told|tells|asked|thanked|hugged|miss(?:es|ed)|texted|reminded|helped|met|saw|between|beside|sat\s+with|sitting\s+with|talk(?:ed|s)\s+(?:to|with)|"
    r"spoke\s+(?:to|with)|married|dating|dated|loves?|forgave|named|nicknamed|visited|visits|buried|lost)\s+$"
)
# What only somebody does, and what is said of somebody right after a name.
_SPEAKS = re.compile(
    r"\s+(?:said|says|told|asked|cried|wept|smiled|laughed|nodded|shared|admitted|apologized|texted|hugged|denied|stated|reported|felt|sat|left|arrived)\b"
)
_IS_SO = re.compile(
    r"(?:\s+(?:was|is|has|had|seemed|appeared|wasn['’]t|will|can|went)\s+\w+|\s+(?:and|&)\s+[A-Z][a-z]+\b|,\s+(?:who|age|aged|\d\d)\b|\s+\(\w|\s*:)"
)
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "las",
        "los",
        "del",
        "da",
        "dos",
        "di",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "bin",
        "ibn",
        "al",
        "el",
        "le",
        "st",
        "mac",
        "mc",
        "y",
        "e",
        "zu",
    ]
)
_BEFORE = re.compile(
    r"(?:\b(?:with|told|asked|thanked|supported|encouraged|and|to|by|for|from|that|when|while|because|about|after|than|hugged|called|"
    r"texted|reminded|helped|joined|met|saw|of|but|if|as|like|peer|peers|member|client|patient|pt)|[,;])\s+$"
)
_ABSTRACT = frozenset(
    [
        "hope",
        "faith",
        "joy",
        "grace",
        "mercy",
        "patience",
        "charity",
        "chance",
        "justice",
        "destiny",
        "serenity",
        "harmony",
        "price",
        "case",
        "field",
        "page",
        "stone",
        "sky",
        "storm",
        "rusty",
        "sharp",
        "short",
        "small",
        "strong",
        "long",
        "art",
        "major",
        "earl",
        "king",
        "duke",
        "prince",
        "star",
        "wise",
        "sage",
        "honey",
        "cherry",
        "ginger",
        "olive",
        "love",
        "rush",
        "day",
        "case",
        "price",
        "black",
        "white",
        "brown",
        "green",
        "gray",
        "young",
        "park",
        "winter",
        "autumn",
        "spring",
        "rise",
        "trip",
        "van",
        "flip",
        "skip",
        "forest",
        "river",
        "brook",
        "cliff",
        "lance",
    ]
)
# A title or a heading: names in it are those on a list only.
_TITLE_SHARE = 0.6
_STARTS = '.!?:;•*#|>"“”(/–—-=]'
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?|[A-Z]\.[A-Z](?![\w.])|(?<!\d )[a-z]\.[a-z]\.)(?![\w])"
)
_SMALL = re.compile(r"(?<![\w.'’/-])[a-z]{2}(?![\w/.-])")
_ONE = re.compile(r"(?<![\w.’'/-])(?!I\b)[A-Z](?:\.(?=\s+[a-z]|['’]s|,)|(?=['’]s\b))")
_NO_INITIALS = re.compile(
    r"(?i)(?:u\.\s?s\.|a\.m\.|p\.m\.|d\.c\.|m\.d\.|d\.o\.|r\.n\.|b\.a\.|m\.a\.|m\.s\.|b\.s\.|n\.p\.|p\.o\.|i\.v\.|a\.a\.|n\.a\.|e\.r\.|"
    r"i\.d\.|d\.b\.t\.|c\.b\.t\.|e\.g\.|i\.e\.|p\.a\.|d\.o\.b\.|d\.o\.s\.|s\.i\.|h\.i\.|q\.d\.|h\.s\.|b\.i\.d?\.?|p\.r\.|w\.k\.|c\.o\.|t\.v\.|n\.y\.|n\.j\.|l\.a\.|p\.s\.)"
)
_BARE = re.compile(r"(?<![\w.'’/-])[A-Z]{2,3}(?![\w/-])(?!['’](?!s))")
# One of several: "AB, CD and EF paired up"; or the head of a line: "AB: tearful".
_AMONG = re.compile(r"(?:,\s+|\s+(?:and|&)\s+|/)[A-Z]{2}(?![\w-])|\s*:\s|\s+-\s")
_AFTER_ONE = re.compile(r"(?<![\w-])[A-Z]{2}(?:,\s+(?:and\s+)?|\s+(?:and|&)\s+|/)$")
_WITH = re.compile(r"\b(?:with|to|and|by|from)\s+$")
_OF_SOMEBODY = re.compile(r"['’]s\b|,?\s+who\b|\s+\((?:peer|member|client|pt)\)")


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    opens: bool
    """It stands where a sentence begins, so that its capital tells nothing."""

    @property
    def bare(self) -> str:
        return re.sub(r"['’]s?$", "", self.text)

    @property
    def lowered(self) -> str:
        return self.bare.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def free_names(text: str) -> Iterator[Hit]:
    """Names without a label, and then each of their parts wherever it is written again."""
    names: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        for start, end in _in_line(line[0]):
            spans.append((line.start() + start, line.start() + end))
            name = text[spans[-1][0] : spans[-1][1]]
            if not all(word.lower().strip(".") in name_words() or word.lower() in terms() for word in name.split()):
                names[name] = None
    yield from ((start, end, "PERSON", text[start:end]) for start, end in spans)
    yield from written_again(text, iter(names))
    for pattern, tells in _LETTERS:
        for hit in pattern.finditer(text):
            if tells(hit, text):
                yield hit.start(), hit.end(), "PERSON", hit[0].replace(".", "").replace(" ", "")


def _tells_initials(hit: re.Match[str], text: str) -> bool:
    if "." in hit[0]:
        if not _NO_INITIALS.fullmatch(hit[0].strip()):
            return True
        return bool(_TELLING.match(text, hit.end()) or _OF_SOMEBODY.match(text, hit.end()))
    opens = _opens(text, hit.start())
    before = opens or bool(
        _BEFORE.search(text, max(0, hit.start() - 20), hit.start())
        and text[hit.start() - 2 : hit.start()].strip() not in (",", ";")
    )
    if hit[0].lower() in terms():
        return False
    if len(hit[0]) == 2 and (
        _AMONG.match(text, hit.end()) or _AFTER_ONE.search(text, max(0, hit.start() - 12), hit.start())
    ):
        return True
    if not before:
        return False
    return bool(_TELLING.match(text, hit.end()) or _OF_SOMEBODY.match(text, hit.end())) or (
        not opens and len(hit[0]) == 2
    )


def _tells_one(hit: re.Match[str], text: str) -> bool:
    """A single letter for somebody: "J. came late", "told T. so"."""
    if _TELLING.match(text, hit.end()) or _OF_SOMEBODY.match(text, hit.end()):
        return True
    return bool(
        _SOMEBODY.search(text, max(0, hit.start() - 25), hit.start())
        or _WITH.search(text, max(0, hit.start() - 10), hit.start())
    )


def _tells_small(hit: re.Match[str], text: str) -> bool:
    """Initials in small letters at the head of a sentence: "kb said"."""
    return not is_word(hit[0]) and _opens(text, hit.start()) and bool(_SPEAKS.match(text, hit.end()))


_LETTERS = ((_INITIALS, _tells_initials), (_BARE, _tells_initials), (_ONE, _tells_one), (_SMALL, _tells_small))


def _in_line(line: str) -> Iterator[tuple[int, int]]:
    tokens = [
        _Token(hit.start(), hit.end(), hit[0], _opens(line, hit.start()))
        for hit in _TOKEN.finditer(line)
        if len(hit[0]) <= _LONGEST
    ]
    titles = [piece.span() for piece in _PIECE.finditer(line) if _is_title(piece[0])]
    shouted = line.upper() == line
    at = 0
    while at < len(tokens):
        title = any(start <= tokens[at].start < end for start, end in titles)
        if not _is_name(tokens, at, line, title=title, shouted=shouted):
            at += 1
            continue
        last = _last_of_name(tokens, at, line)
        yield tokens[at].start, _end_of_name(tokens[last], line)
        at = last + 1


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \t")
    return not before or before[-1] in _STARTS or before[-1].isdigit() or before[-1] == "\n"


def _is_title(piece: str) -> bool:
    long = [word for word in _TOKEN.findall(piece) if len(word) > 3 and word.lower() not in terms()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= _TITLE_SHARE * len(long)


def _is_name(tokens: list[_Token], at: int, line: str, *, title: bool, shouted: bool) -> bool:
    token = tokens[at]
    lowered = token.lowered
    if len(lowered) < 2 or (token.capital and token.bare.isupper() and not shouted):
        found = len(lowered) > 3 and (lowered in given_names() or lowered in surnames())
    elif not token.capital:
        sure = len(lowered) > 4 or bool(_TELLING.match(line, token.end))
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
    after = any(pattern.match(line, token.end) for pattern in (_TELLING, _DID, _SPEAKS))
    return after or bool(_SOMEBODY.search(line, max(0, token.start - 25), token.start))


def _word_is_name(token: _Token, line: str) -> bool:
    """Whether a word of the dictionary stands for a person: "Stone said", "misses Bear"."""
    if token.lowered in surname_words():
        acts = _SPEAKS.match(line, token.end) or (not token.opens and _ACTS.match(line, token.end))
        if acts:
            return True
    if token.opens or token.lowered in field_words():
        return False
    return bool(_SOMEBODY.search(line, max(0, token.start - 25), token.start))


def _is_name_here(tokens: list[_Token], at: int, line: str, *, title: bool) -> bool:
    """Whether a word that is a first name as well stands for a person: somebody acts, or it has a capital in mid-sentence."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after and after.capital and line[token.end : after.start] == " " and _may_follow(after):
        return not title or after.lowered in surnames()
    acts = _TELLING if token.lowered in _ABSTRACT or token.opens else _ACTS
    if acts.match(line, token.end) or (_DID.match(line, token.end) and not title):
        return True
    if token.lowered not in _ABSTRACT and (token.text != token.bare or (not title and _IS_SO.match(line, token.end))):
        return True
    if token.lowered in _ABSTRACT and not _BEFORE.search(line, max(0, token.start - 20), token.start):
        return False
    return not (title or token.opens or line.upper() == line)


def _may_follow(token: _Token) -> bool:
    """Whether a capitalised word right after a first name belongs to it."""
    if len(token.bare) == 1:
        return token.text not in ("I", "A")
    return token.lowered in surnames() or not is_word(token.lowered)


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
        and tokens[at].text.lower() in _PARTICLES
        and line[tokens[at].end : tokens[at].end + 1] == " "
    ):
        at += 1
    return at if at > first and at < len(tokens) and tokens[at].capital and not is_word(tokens[at].lowered) else first


def _stands_as_surname(after: _Token, first: _Token, line: str) -> bool:
    """ "Karim Stone came": a word with a capital after a sure first name, in a line that gives capitals to names only."""
    return (
        first.lowered in given_names()
        and not after.bare.isupper()
        and not _is_title(line[max(0, first.start - 80) : after.end + 80])
    )


def _end_of_name(token: _Token, line: str) -> int:
    end = token.start + len(token.bare)
    return end + 1 if len(token.bare) == 1 and line[end : end + 1] == "." else end
