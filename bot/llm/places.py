"""Addresses, and places smaller than a state: towns, counties, institutions that a sentence puts somebody in."""

import re
from collections.abc import Iterator

from bot.llm.hits import Hit
from bot.llm.vocabulary import field_words, is_word, terms, towns, words

_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|terrace|ter|circle|cir|"
    "highway|hwy|parkway|pkwy|square|sq|trail|route|rte|alley|loop|pike|turnpike|crescent|row|plaza|run|ridge|path"
)
_STATES = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|"
    "Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
    "New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|"
    "South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|(?:West )?Virginia|Washington|Wisconsin|Wyoming"
)
_CAP = r"(?:[A-Z][\w’'-]{1,40}|(?:St|Mt|Ft|Pt|N|S|E|W)\.)"
_RUN = rf"(?:{_CAP}[ ]){{0,3}}{_CAP}"
# Towns whose names are English words; others are no word, and are found like names.
_WORD_TOWNS = (
    "Phoenix|Buffalo|Mobile|Reading|Providence|Independence|Concord|Orange|Eugene|Flint|Garland|Peoria|Aurora|Corona|Salem|Bend|"
    "Rockford|Plano|Sparks|Surprise|Boulder|Chandler|Gilbert|Mesa|Mission|Temple|Grove|Rochester|Lancaster|Richmond|Portland|"
    "Cleveland|Columbus|Columbia|Washington|Lincoln|Jackson|Madison|Hampton|Lexington|Norwalk|Stamford|Bridgeport|Springfield|"
    "Long Beach|Baton Rouge|Little Rock|Grand Rapids|Fort \\w+|St\\. \\w+|Santa \\w+|San \\w+|Los \\w+|Las \\w+|El \\w+|"
    "New Orleans|New Haven|Salt Lake City|Oklahoma City|Kansas City|Green Bay|Cedar Rapids|Sioux Falls|Colorado Springs|"
    "Virginia Beach|Silver Spring|Falls Church|Palm Springs|Palm Beach|Coral Springs|Twin Falls|Eagle Pass|High Point"
)
_INSTITUTION = (
    "Hospital|Medical Center|Elementary(?: School)?|Middle School|High School|High|Primary School|Academy|University|Community College|"
    "College|Church|Temple|Mosque|Synagogue|Parish|Shelter|Jail|Prison|Correctional(?: Facility| Center)?|Apartments|Library|Mall|"
    "County|Township|Borough|Heights|Village|Lodge|Ranch|Air Force Base|Barracks|Clinic|Center|House|Home|Program|Grove|Point|Landing|Commons|Diner|Bakery|Grill|Pharmacy|Motors|Logistics|"
    "Industries|Construction|Plumbing|Inc|LLC|Cafe|Café|Park|Bridge|Manor|Estates|Towers|Terrace|Villas|Trailer Park|Plaza|Arena|Stadium|"
    "Supermarket|Market|Foods|Hotel|Motel|Inn|Tavern|Pub|Salon|Garage|Auto|Bank|Airport|Station|Beach|River|Creek|Valley|Falls|Springs|Hills"
)
_LIVING = (
    r"(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|moved?|moving|moves|relocat(?:ed|es|ing)|grew\s+up|rais(?:ed|ing)|born|from|back|raised|"
    r"driv(?:es|ing)|drove|commut(?:es|ed|ing)|travel(?:s|ed|ing)|visit(?:s|ed|ing)|stay(?:s|ed|ing)|hous(?:ed|ing)|homeless|"
    r"arrested|evicted|hometown|family|house|home|apartment|trip|flew|flight|bus|train|job)"
)
_WORKS = r"(?:works?|worked|working|employed|job|hired|fired|teaches|taught|studies|enrolled|volunteers?|manager|cashier|laid\s+off|shift)"

_PLACES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    (
        "ADDRESS",
        re.compile(
            rf"""(?ix)
            (?<![\w/-])\d{{1,6}}[A-Z]?(?:-\d{{1,4}})?\s+(?:[NSEW]{{1,2}}\.?\s+|(?:North|South|East|West)\s+)?
            (?-i:(?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th))\s+){{1,3}}(?:{_STREETS})\b\.?
            (?:\s+[NSEW]{{1,2}}\b)?
            (?:,?\s*(?:apt|apartment|unit|suite|ste|\#|room|rm|floor|fl|lot)\.?\s*[\w-]+)?
            (?-i:,\s*[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?(?-i:,?\s+(?:{_STATES}|{_STATE_NAMES})\b)?(?-i:,?\s+\d{{5}}(?:-\d{{4}})?)?
            """
        ),
        0,
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?i)\b(?:at|to|on|is|of|from|near|in|address:?)\s+(\d{1,5}[a-z]?\s+(?:[nsew]\.?\s+)?(?!(?:the|a|of|on|in|steps?|years?|days?|hours?|miles?|min|minutes?|times?|ways?|more|long|one|to)\b)"
            r"(?:[a-z]+\s+)(?:(?!the\b|a\b|of\b|on\b|in\b|to\b)[a-z]+\s+)?(?:street|st\.?|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|terrace)\b"
            r"(?:,?\s*(?:apt|apartment|unit|suite|ste|\#)\.?\s*[\w-]+)?)"
        ),
        1,
    ),
    (
        "ADDRESS",
        re.compile(r"\b(?:RR|R\.R\.|HC|Rural Route)\s*\d+,?\s*(?:Box\s*\d+[A-Z]?)?(?:,\s*[A-Z]\w+(?:\s[A-Z]\w+)?)?"),
        0,
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?i)\b(?:lot|space|site|apt|apartment)\.?[ ]?\#?[ ]?\d+[a-z]?,?[ ]+(?:(?:at|in|of)[ ]+)?(?:the[ ]+)?(?-i:(?:[A-Z][\w’'-]+[ ]?){1,4})"
        ),
        0,
    ),
    (
        "ADDRESS",
        re.compile(
            r"\b\d+(?:st|nd|rd|th)\s+(?:and|&|at)\s+(?:[A-Z][\w’'-]+|\d+(?:st|nd|rd|th))|\b[A-Z][\w’'-]+\s+(?:and|&)\s+\d+(?:st|nd|rd|th)\b(?!\s+(?:grade|step|session|group|birthday))"
        ),
        0,
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?i)\bcorner\s+of\s+((?-i:[A-Z0-9])[\w’'.-]+(?:\s(?-i:[A-Z])[\w’'.-]+)?\s+(?:and|&)\s+(?-i:[A-Z0-9])[\w’'.-]+(?:\s(?-i:[A-Z])[\w’'.-]+)?)"
        ),
        1,
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?i)\b((?:highway|hwy|route|rte|interstate|county\s+road|cr|us|i)[ -]\#?\d{1,4}[a-z]?)\b(?=[\s,.;])(?<!us \d)"
        ),
        1,
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?i)\bP\.?\s?O\.?\s+Box\s+\d+(?-i:,\s*[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s+[A-Z]{2}\s+\d{5}(?:-\d{4})?)?"
        ),
        0,
    ),
    ("ADDRESS", re.compile(r"(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,\s*)?\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"), 0),
    ("ADDRESS", re.compile(r"(?i)\bzip(?:\s+code)?\W{1,3}(?:is\s+)?(\d{5}(?:-\d{4})?)\b"), 1),
    (
        "ADDRESS",
        re.compile(
            r"\b(?i:on|at|from|off|near|to|of|down|along|address:?|and)\s+((?:\d+\s+)?(?:[A-Z][\w’'-]*[ ]){1,2}"
            rf"(?:{'|'.join(s.capitalize() for s in _STREETS.split('|') if s not in ('run', 'row', 'path', 'way', 'ridge', 'place', 'trail', 'square', 'plaza', 'loop', 'court', 'drive'))}|Drive|Court|Place|Square)\b\.?)"
        ),
        1,
    ),
    ("ADDRESS", re.compile(r"(?i)\b(?:apt|apartment)\.?[ ]*\#?[ ]*(\d+(?-i:[A-Z])?|(?-i:[A-Z])\d*)\b"), 1),
    (
        "PLACE",
        re.compile(
            r"\b((?:Fort|Ft\.?|Camp|Lake|Mount|Mt\.?|Port|Cape|Saint|St\.|San|Santa|Los|Las|El|Rancho|Point) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
        ),
        1,
    ),
    (
        "PLACE",
        re.compile(
            rf"(?<=[a-z,] )\b(?:in|from|near|outside|around|to|at|through|toward|towards|leaving|off|downtown|across|past)\s+(?:the\s+|downtown\s+|old\s+)?({_RUN})(?![\w’'-])"
        ),
        1,
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?i)\b(?:liv(?:es|ed|ing)|stays?|staying|address|moved|mail|house|home|resid\w+)\b[^.\n\d]{0,25}?\b(\d{1,5}[A-Z]?\s+(?-i:(?:[NSEW]\.?\s+)?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?))"
        ),
        1,
    ),
    (
        "ADDRESS",
        re.compile(r"(?i)\b(?:area|zip(?:\s+code)?|in)\s+(9\d{4})\b(?!-\d\d\b)(?!\s+(?:units?|sessions?|claims?))"),
        1,
    ),
    ("PLACE", re.compile(rf"\b({_RUN}),\s+(?:{_STATES}|{_STATE_NAMES})\b"), 1),
    (
        "PLACE",
        re.compile(
            rf"\b(?i:{_LIVING})\s+(?i:up\s+|down\s+|out\s+|over\s+|back\s+)?(?:in|to|from|at|near|outside|around|of|by)\s+(?i:the\s+)?({_RUN})"
        ),
        1,
    ),
    (
        "PLACE",
        re.compile(
            rf"\b(?i:{_WORKS})\s+(?:\w+\s+)?(?i:in|to|from|at|for|with|by|of|as\s+\w+\s+\w+\s+(?:at|for))\s+(?i:the\s+)?({_RUN})"
        ),
        1,
    ),
    (
        "PLACE",
        re.compile(rf"\b(?i:in|from|to|near|outside|around|of|through|leaving|for)\s+((?:{_WORD_TOWNS}))(?![\w’'-])"),
        1,
    ),
    ("PLACE", re.compile(rf"\b((?:(?:St\.|Mt\.)[ ])?(?:[A-Z][\w’'&-]{{0,40}}[ ]){{1,4}}(?:{_INSTITUTION}))\b"), 1),
    (
        "PLACE",
        re.compile(
            r"\b(?i:county|township|parish|city|town|village|borough)\s+of\s+([A-Z][\w’'-]+(?:[ ][A-Z][\w’'-]+)?)"
        ),
        1,
    ),
)
# These rest on a small word or on a kind of house alone; a heading may look like them.
_LOOSE = [pattern for kind, pattern, _ in _PLACES if kind == "PLACE" and not pattern.pattern.startswith(r"\b((?:Fort")]
_SMALL = frozenset(["in", "at", "to", "our", "this", "that", "his", "her", "their", "my", "the", "an", "a", "from"])
_GENERIC = frozenset(
    [
        "community",
        "mental",
        "behavioral",
        "health",
        "outpatient",
        "medical",
        "treatment",
        "recovery",
        "local",
        "state",
        "the",
        "middle",
        "high",
        "day",
        "partial",
        "group",
        "therapy",
        "intensive",
        "crisis",
        "counseling",
        "family",
        "veterans",
        "general",
        "public",
        "county",
        "city",
        "regional",
        "residential",
        "wellness",
        "support",
        "sober",
        "living",
        "emergency",
        "psychiatric",
        "inpatient",
        "home",
        "open",
        "halfway",
        "safe",
        "safety",
        "in",
        "at",
        "to",
        "our",
        "this",
        "that",
        "his",
        "her",
        "their",
        "my",
        "new",
        "old",
        "a",
        "an",
    ]
)


_TOWN = re.compile(
    r"\b(?i:in|from|to|near|outside|around|at|of|through|toward|towards|back\s+to)\s+([A-Za-z][a-z’'.]+(?:[ -][A-Za-z][a-z’']+){0,2})"
)
_LIVES = re.compile(rf"(?i)\b{_LIVING}\s+\w+\s+$|\b{_LIVING}\s+(?:up|back|down|over)\s+\w+\s+$")


def _towns(text: str) -> Iterator[Hit]:
    """Towns on the list after a small word: with a capital, or in small letters where somebody lives there."""
    for hit in _TOWN.finditer(text):
        run = hit[1].split(" ")
        for length in range(len(run), 0, -1):
            name = " ".join(run[:length])
            lowered = name.lower().strip(".'’")
            if lowered not in towns():
                continue
            capital = all(word[:1].isupper() for word in run[:length])
            plain = length == 1 and (lowered in words() or lowered in field_words())
            lives = bool(_LIVES.search(text, max(0, hit.start() - 40), hit.start(1)))
            if (capital and (not plain or lives or lowered not in field_words())) or (
                not capital and lives and not plain
            ):
                yield hit.start(1), hit.start(1) + len(name), "PLACE", name
            break


def places(text: str) -> Iterator[Hit]:
    """Addresses and places; a run of capitals that holds words alone ("Community Mental Health Center") is none."""
    for kind, pattern, group in _PLACES:
        for hit in pattern.finditer(text):
            start, end = hit.span(group)
            if kind == "PLACE":
                start, end = _trimmed(text, start, end)
                if (text[start:end].isupper() and text[start:end].lower() not in towns()) or (
                    pattern in _LOOSE and _is_plain(text[start:end])
                ):
                    continue
            if start < end:
                yield start, end, kind, text[start:end]
    yield from _towns(text)


def _is_plain(run: str) -> bool:
    """Whether a run of capitals after a bare "in" or "to" may be a heading's or a clinic's words rather than a town."""
    words_of_it = [re.sub(r"['’]s?$", "", word).lower() for word in re.findall(r"[^\s,.]+", run)]
    plain = [word in _PEOPLE or word in field_words() or bool(_MADE_OR_DOING.search(word)) for word in words_of_it]
    return any(plain) and all(p or is_word(word) for p, word in zip(plain, words_of_it, strict=True))


_PEOPLE = frozenset(
    [
        "mom",
        "mother",
        "dad",
        "father",
        "writer",
        "therapist",
        "client",
        "patient",
        "member",
        "members",
        "pt",
        "he",
        "she",
        "they",
        "i",
        "we",
        "it",
        "this",
        "that",
        "these",
        "said",
        "has",
        "had",
        "denies",
        "denied",
        "caregivers",
        "persons",
        "women",
        "men",
        "women's",
        "men's",
        "trauma",
        "anger",
        "grief",
    ]
)
_MADE_OR_DOING = re.compile(r"(?:ing|tion|sion|ment|ness|ity|ive|ism|ship|ance|ence|ally|ful|less|ed)$")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The run without leading and trailing words that are no place; empty where nothing is left."""
    run = [(start + hit.start(), start + hit.end()) for hit in re.finditer(r"[^\s,]+", text[start:end])]

    def bare_of(word: tuple[int, int]) -> str:
        return re.sub(r"['’]s?$", "", text[word[0] : word[1]].rstrip(".")).lower()

    if all(bare_of(word) in _GENERIC or bare_of(word) in terms() for word in run):
        return start, start
    while run and bare_of(run[0]) in _SMALL:
        run.pop(0)
    bare = [re.sub(r"['’]s?$", "", text[a:b].rstrip(".")).lower() for a, b in run]
    if len(run) > 1 and all(word in _GENERIC or word in terms() for word in bare[:-1]) and is_word(bare[-1]):
        return start, start
    return run[0][0], run[-1][1] - (text[run[-1][1] - 1] == "." and len(bare[-1]) > 2)
