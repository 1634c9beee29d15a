"""Places smaller than a state: towns, counties, institutions that a sentence puts somebody in."""

import re
from collections.abc import Iterator

from bot.llm.identifying.hits import Hit
from bot.llm.identifying.states import STATE_NAMES, STATES
from bot.llm.identifying.vocabulary import field_words, is_unknown, is_word, terms, towns, without_possessive, words

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

_CAPITALS = r"(?:(?:St\.|Mt\.|Ft\.)[ ])?(?:(?:[A-Z][\w’'-]{0,30}|Univ\.)[ ](?:(?:&|and|of|de|la|the)[ ]){0,2}){1,4}"
# Nouns that a name before them makes an institution, whatever words the name is made of.
_KINDS = (
    "Tabernacle|Dairy|Printing|Tires?|Cabs?|Taxi|Detox|Sober Living|Sober House|Sober Home|Recovery (?:Center|House|Home|Village|Ranch)|Family Medicine|Internal Medicine|Medical|"
    "Med Ctr|Medical Ctr|Behavioral(?: Health)?|Psychiatric(?: Hospital| Center)?|Psychiatry|Pediatrics|Dental|Orthopedics|Family Practice|Urgent Care|Health (?:Center|System|Services)|"
    "Daycare|Day Care|Preschool|Pre-?K|Head Start|Montessori|Charter(?: School)?|Prep|Vo-Tech|Tech|Institute|Unified|School District|ISD|USD|Juvenile Hall|Juvenile Detention|"
    "Detention(?: Center)?|State Prison|County Jail|Police(?: Dept\\.?| Department| Station)?|PD|Sheriff(?:'s Office)?|Fire(?: Dept\\.?| Department)?|(?:Superior|District|Family|Drug|County|Municipal|Circuit|Probate|Juvenile) Court|"
    "Courthouse|Correctional|Corrections|Reservation|Rancheria|Pueblo|Farms?|Nursery|Warehouse|Trucking|Freight|Transport|Roofing|Electric|Landscaping|Cleaners|Laundromat|Barber(?:shop)?|"
    "Liquors?|Deli|Pizza|Pizzeria|Restaurant|Bar|Brewing|Brewery|Gym|Fitness|Casino|Theat(?:er|re)|Storage|Realty|Properties|Associates|Counseling|Hospice|Nursing(?: Home)?|Rehab(?:ilitation)?|"
    "Chapel|Cathedral|Ministries|Mission|Fellowship|Masjid|Mills?|Steel|Mining|Lumber|Hardware|Donuts|Coffee|Tacos|Taqueria|Bakery|Motel|Apts|MHP|Mobile Home Park|VAMC|VA|& Sons|& Co|Bros|Corp|Ltd|"
    "Co-?op|Credit Union|Insurance Agency|Law|Legal|Elementary|Primary|Middle|Junior High|High|Academy|Seminary|Univ\\.?|HS|H\\.S\\.|Elem\\.?|ER|ED|ICU|Hosp\\.?|Flats|Harbor|Junction|Hollow|Ridge|Island|Bay|Mesa|Canyon|Mountain"
)
_OF = re.compile(
    r"\b(Our Lady of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?|(?:Univ\.|University|College|Church|Diocese|Bank|Town|City|County|Port|Isle) of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}(?: (?:Med Ctr|Medical Center|Hospital|Church))?|"
    r"(?:First|Second|Third) (?:Baptist|Methodist|Presbyterian|Lutheran|Congregational|Christian|United Methodist)(?: Church)?(?: of [A-Z][\w’'-]+)?|"
    r"(?:Sacred|Holy|Saint|St\.|Blessed|Immaculate|Mt\.|Mount|Temple|Beth|Masjid|Iglesia|Hospital|Clínica|Escuela) [A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|de|la)){0,3}|P\.?S\.? \d{1,3}|[A-Z][a-z]+ Co(?=\.? (?:jail|court|sheriff|fair|health|dss|cps|detention|line)))"
)
_CALLED = re.compile(
    rf"\b(?i:employer|school|church|gym|pharmacy|hospital|clinic|facility|shelter|rehab|detox|sober\s(?:living|house|home)|bar|restaurant|store|workplace|(?:previous|prior|past)\s(?:tx|treatment)|temple|mosque|"
    rf"synagogue|residence|placement|group\shome|halfway\shouse|jail|prison|county|city|town|neighborhood|birthplace|hometown|job|work|agency|program|daycare|college)(?:\s*[:=]\s*|\s+(?:is\s+|called\s+|named\s+)?)((?:The[ ])?{_RUN})(?![\w’'-])"
)
_BEFORE_STATE = re.compile(
    r"\b((?:[A-Z][a-z’'-]+[ ]){1,3})(?:AK|AZ|AR|CA|CT|FL|GA|IL|IA|KS|KY|MN|MO|NE|NV|NH|NJ|NM|NY|NC|ND|OH|RI|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY)\b(?![ ]?[-/]|[ ]Medicaid)"
)
_ZIPPED = re.compile(r"\b([A-Z][a-z]+(?: [A-Z][a-z]+)?),?\s(?:[A-Z]{2}\s)?(\d{5})(?!\d|-\d\d(?!\d))")
_SMALL_KINDS = (
    "elementary|middle school|high school|middle|hospital|county|community college|college|university|tabernacle|church|detox|correctional|jail|prison|apartments|apts|bakery|diner|dairy|foods|tire|"
    "printing|motors|clinic|medical|behavioral|rehab|shelter|park|lake|river|beach|harbor|falls|creek|springs|ridge|hills|heights|valley|junction|flats|city|mall|market|pizza|grill|cafe|construction|"
    "roofing|logistics|trucking|house|manor|village|school|academy|psych|recovery|island|street|hall|inn|motel|bar"
)
_IN_SMALL = re.compile(rf"(?<![\w'’@./-])([a-z][a-z'’]{{3,20}})((?:[ ](?:{_SMALL_KINDS}))+)(?![\w-])")
_SCHOOL_IN_SMALL = re.compile(r"\b(?:to|at|from)[ ]([a-z][a-z'’]{3,20}[ ]high)(?![\w-])")
_LIVES_IN_SMALL = re.compile(
    rf"(?i:\b{_LIVING})\s+(?:up\s+|back\s+|out\s+|over\s+)?(?:in|to|from|near|at)\s+([a-z][a-z'’]{{3,20}})(?![\w-])"
)

_NAMED = re.compile(
    r"\b((?:Fort|Ft\.?|Camp|Lake|Mount|Mt\.?|Port|Cape|Saint|St\.|San|Santa|Los|Las|El|Rancho|Point) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)

# These rest on a small word or on a kind of house alone; a heading may look like them.
_LOOSE = (
    re.compile(
        rf"(?<=[\w,)] )\b(?:in|from|near|outside|around|to|at|through|toward|towards|leaving|off|downtown|across|past)\s+(?:the\s+|downtown\s+|old\s+)?({_RUN})(?![\w’'-])"
    ),
    re.compile(rf"\b({_RUN}),\s+(?:{STATES})\b"),
    re.compile(
        rf"\b(?i:{_LIVING})\s+(?i:up\s+|down\s+|out\s+|over\s+|back\s+)?(?:in|to|from|at|near|outside|around|of|by)\s+(?i:the\s+)?({_RUN})"
    ),
    re.compile(
        rf"\b(?i:{_WORKS})\s+(?:\w+\s+)?(?i:in|to|from|at|for|with|by|of|as\s+\w+\s+\w+\s+(?:at|for))\s+(?i:the\s+)?({_RUN})"
    ),
    re.compile(rf"\b(?i:in|from|to|near|outside|around|of|through|leaving|for)\s+((?:{_WORD_TOWNS}))(?![\w’'-])"),
    re.compile(rf"\b((?:(?:St\.|Mt\.)[ ])?(?:[A-Z][\w’'&-]{{0,40}}[ ]){{1,4}}(?:{_INSTITUTION}))\b"),
    re.compile(r"\b(?i:county|township|parish|city|town|village|borough)\s+of\s+([A-Z][\w’'-]+(?:[ ][A-Z][\w’'-]+)?)"),
)
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
            if length > 1 and not all(is_word(word.lower()) for word in run[:length]):
                yield hit.start(1), hit.start(1) + len(name), "PLACE", name
                break
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
    for pattern in (_NAMED, _OF, *_LOOSE):
        for hit in pattern.finditer(text):
            start, end = _trimmed(text, *hit.span(1))
            run = text[start:end]
            if (run.isupper() and run.lower() not in towns()) or (
                pattern in _LOOSE and _is_plain(run) and not _is_at(text, start, run)
            ):
                continue
            if start < end:
                start -= 4 * text.endswith("The ", 0, start)
                yield start, end, "PLACE", text[start:end]
    yield from _towns(text)
    for hit in _ZIPPED.finditer(text):
        if hit[1].lower() in towns() or hit[1].split()[-1].lower() in towns():
            yield hit.start(2), hit.end(2), "ADDRESS", hit[2]
    yield from _institutions(text)
    yield from _in_small_letters(text)


def _institutions(text: str) -> Iterator[Hit]:
    """Names before a kind of house, after one, and before the code of a state."""
    for hit in _OF_A_KIND.finditer(text):
        if _tells(hit[1], least=1) and not hit[0].isupper() and not hit[0].endswith(STATE_NAMES):
            yield hit.start(), hit.end(), "PLACE", hit[0]
    for hit in _CALLED.finditer(text):
        if _tells(hit[1], least=2) and not hit[1].isupper():
            yield hit.start(1), hit.end(1), "PLACE", hit[1]
    for hit in _BEFORE_STATE.finditer(text):
        if _tells(hit[1], least=2) and not _GENERIC & set(hit[1].lower().split()):
            yield hit.start(1), hit.end(1) - 1, "PLACE", hit[1].strip()


_OF_A_KIND = re.compile(rf"(?<![\w’'-])((?:The[ ])?{_CAPITALS})(?:{_KINDS})(?![\w’'-])(?:[ ]&[ ][A-Z]\w+)?")


def _tells(run: str, *, least: int) -> bool:
    """Whether a run of capitals names something: no word of a heading or a term in it, and enough words or an unknown one."""
    said = [without_possessive(word).strip(".").lower() for word in run.split()]
    telling = [
        word for word in said if word not in _GENERIC and word not in ("&", "and", "of", "de", "la", "st", "mt", "ft")
    ]
    if not telling or any(word in field_words() or word in terms() or word in _PEOPLE for word in telling):
        return any(not is_word(word) and word not in terms() for word in telling)
    return len(telling) >= least or any(not is_word(word) for word in telling)


def _in_small_letters(text: str) -> Iterator[Hit]:
    """Places as a chat writes them: a word nobody knows before a kind of place, or where somebody lives."""
    for hit in _IN_SMALL.finditer(text):
        if is_unknown(hit[1]):
            yield hit.start(), hit.end(), "PLACE", hit[0]
    for hit in _SCHOOL_IN_SMALL.finditer(text):
        if is_unknown(hit[1].split()[0]):
            yield hit.start(1), hit.end(1), "PLACE", hit[1]
    for hit in _LIVES_IN_SMALL.finditer(text):
        if is_unknown(hit[1]):
            yield hit.start(1), hit.end(1), "PLACE", hit[1]


def _is_plain(run: str) -> bool:
    """Whether a run of capitals after a bare "in" or "to" may be a heading's or a clinic's words rather than a town."""
    words_of_it = [without_possessive(word).lower() for word in re.findall(r"[^\s,.]+", run)]
    plain = [word in _PEOPLE or word in field_words() or bool(_MADE_OR_DOING.search(word)) for word in words_of_it]
    return any(plain) and all(p or is_word(word) for p, word in zip(plain, words_of_it, strict=True))


def _is_at(text: str, start: int, run: str) -> bool:
    """Whether "at" and two words that no heading knows put somebody there: "HR at Consolidated Paper"."""
    said = [word.strip(".,").lower() for word in run.split()]
    known = any(word in field_words() or word in terms() or word in _PEOPLE or word in _GENERIC for word in said)
    return len(said) > 1 and not known and text[max(0, start - 4) : start].endswith(" at ")


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
    bare = [without_possessive(text[a:b].rstrip(".")).lower() for a, b in run]
    if all(word in _GENERIC or word in terms() for word in bare):
        return start, start
    while bare and bare[0] in _SMALL:
        del run[0], bare[0]
    if not run:
        return start, start
    if len(run) > 1 and all(word in _GENERIC or word in terms() for word in bare[:-1]) and is_word(bare[-1]):
        return start, start
    return run[0][0], run[-1][1] - (text[run[-1][1] - 1] == "." and len(bare[-1]) > 2)
