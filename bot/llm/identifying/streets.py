"""Addresses: streets and houses, boxes, corners and blocks, units, routes, ZIP and postal codes."""

import re
from collections.abc import Iterator

from bot.llm.identifying.hits import Hit
from bot.llm.identifying.states import STATES

_TYPES = (
    "street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|terrace|ter|circle|cir|highway|hwy|parkway|"
    "pkwy|square|sq|trail|trl|route|rte|alley|loop|pike|turnpike|tpke|crescent|cres|row|plaza|plz|run|ridge|path|mews|close|crossing|xing|"
    "expressway|expy|freeway|fwy|walk|causeway|cove|cv"
)
# Said of houses, and of much else: only after a house's number and in capitals.
_MORE_TYPES = (
    "View|Point|Pt|Hollow|Green|Grove|Glen|Heights|Hts|Commons|Landing|Bend|Hill|Hills|Gardens|Gate|Yard|Quay|Bypass|Spur|Vista|Park|Meadow|"
    "Meadows|Village|Manor|Estates|Knoll|Pass|Summit|Shore|Shores|Oaks|Pines|Bluff|Creek|Springs|Crescent|Broadway|Mall|Canyon|Valley|Fork|Mill"
)
_LOWER_TYPES = "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|terrace|circle|cir|highway|hwy|parkway|pkwy|trail|mews|alley|pike"
_NUMBER = r"(?:\d{1,6}(?:[-/]\d{1,5})?(?:-?[A-Z](?![a-z]))?(?:\s(?:1/2|½))?|[NSEW]\d{3,5}(?:[NSEW]\d{3,5})?|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?:\s[Hh]undred)?|one\shundred)"
_SIDE = r"(?:(?:[NSEW]{1,2}\.?|North|South|East|West|NORTH|SOUTH|EAST|WEST)\s+)?"
_CAP = r"[A-Z][\w'’.-]*"
_TH = r"\d{1,3}(?:[Ss][Tt]|[Nn][Dd]|[Rr][Dd]|[Tt][Hh])"
_UNIT = r"(?i:apt|apartment|unit|suite|ste|room|rm|floor|fl|lot|bldg|building|flat|app|trlr|spc|space|ph)"
_UNITS = rf"(?:,?\s*(?:{_UNIT}\b\.?\s*\#?[\w-]{{1,6}}(?!\w)|\d(?i:st|nd|rd|th)\s*(?i:floor|fl)\b\.?|\#\s?[\w-]{{1,6}}))"
_CITY = rf"(?:,\s*{_CAP}(?:\s{_CAP}){{0,2}}(?=,?\s+(?:{STATES})\b|,?\s+\d{{5}}\b|$|[;.\n]))?(?:,?\s+(?:{STATES})\b)?(?:,?\s+\d{{5}}(?:-\d{{4}})?\b)?"
_ORDINAL = "First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth"
_CORNER = rf"(?:(?:{_SIDE})(?:{_CAP}(?:\s(?:{_CAP}|(?i:{_LOWER_TYPES})\b))?|{_TH}(?:\s(?i:{_LOWER_TYPES})\b)?))"

_ADDRESSES: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), group)
    for pattern, group in (
        (
            rf"(?<![\w/-]){_NUMBER}\s+{_SIDE}(?:(?:{_CAP}|{_TH})\s+){{1,3}}(?i:{_TYPES})\b\.?(?:\s+(?:[NSEW]{{1,2}}\b|\d{{1,4}}\b))?{_UNITS}{{0,3}}{_CITY}",
            0,
        ),
        (
            rf"(?<![\w/-])\d{{1,6}}\s+{_SIDE}(?:{_CAP}\s+){{0,2}}(?:The\s)?{_CAP}\s(?:{_MORE_TYPES})\b{_UNITS}{{0,3}}{_CITY}",
            0,
        ),
        (rf"(?<![\w/-])\d{{1,6}}\s(?:[NSEW]|NE|NW|SE|SW)\.?\s(?:{_CAP}|{_TH}){_UNITS}{{0,2}}{_CITY}", 0),
        (rf"(?<![\w/-]){_TH}\s(?:Ave|Avenue|St|Street|Blvd|Boulevard|Rd|Road)\b\.?", 0),
        (
            r"\b(?:on|from|off|near|at|by|along|down)\s+((?!(?:the|a|an|this|that|my|his|her|our|their|same|busy|back|dirt|side|open|quiet|long|rough|high|your|any|one|cross|off|each)\b)[a-z'’]{3,20}"
            r"(?:\s(?!(?:the|a|of|in)\b)[a-z'’]{3,20})?\s(?:blvd|boulevard|ave|avenue|rd|road|ln|lane|hwy|highway|pkwy|street))\b",
            1,
        ),
        (rf"(?<![\w/-])\d{{1,6}}\s+The\s(?:{_MORE_TYPES}|{_CAP})\b{_UNITS}{{0,3}}{_CITY}", 0),
        (
            rf"(?<![\w/-])(?:\d{{1,5}},?\s+(?:bis\s+)?)?(?:(?i:rue|calle|avenida|avda?\.?|paseo|camino|chemin|strada|carrer|ulica|ul\.)|(?<=\d\s)(?i:via|rua|plaza)|(?<=\d,\s)(?i:via|rua|plaza))\s+"
            rf"(?:(?:de|del|des|du|la|las|los|les|da|do)\s+){{0,2}}(?:{_CAP}|(?<=(?:des|las|los|les)\s)[a-zà-ÿ]{{3,20}})(?:\s{_CAP})?(?:,?\s\d{{1,5}}\b)?{_UNITS}{{0,2}}{_CITY}",
            0,
        ),
        # In small letters: after a word that puts somebody there, or before a unit, a town or a ZIP code.
        (
            r"(?i)(?:\b(?:at|to|on|is|of|from|near|in|addr(?:ess)?:?|lives|stays|mail|behind|outside|moved)\s+|(?:^|[:;,|(]\s*))"
            rf"(\d{{1,5}}[a-z]?\s+(?:[nsew]{{1,2}}\.?\s+|(?:north|south|east|west)\s+)?(?!(?:the|a|of|on|in|for|and|with|to|per|x|w|min|mins|hrs?|steps?|years?|days?|hours?|miles?|min|minutes?|times?|ways?|more|long|one|to)\b)"
            rf"(?:[a-z'’]+\s+|\d{{1,3}}(?:st|nd|rd|th)\s+)(?:(?!the\b|a\b|of\b|on\b|in\b|to\b)[a-z'’]+\s+)?(?:{_LOWER_TYPES})\b\.?"
            r"(?:,?\s*(?:apt|apartment|unit|suite|ste|\#|fl|lot|rm)\.?\s*\#?[\w-]{1,6})?(?:,?\s+[a-z]{3,20}(?:\s[a-z]{3,20})?,?\s+[a-z]{2}\s+\d{5}(?:-\d{4})?\b)?)",
            1,
        ),
        (
            rf"(?:[Tt]he\s+)?\b\d{{2,5}}\s+block\s+of\s+{_SIDE}(?:{_CAP}|{_TH})(?:\s(?:{_CAP}|(?i:{_LOWER_TYPES})\b))?",
            0,
        ),
        (
            r"\b(?:RR|R\.R\.|HC|Rural Route|Rt\.?|Rte\.?|RFD)\s*\#?\d+,?\s*(?:Box\s*\d+[A-Z]?)?(?:,\s*[A-Z]\w+(?:\s[A-Z]\w+)?)?(?=\W|$)",
            0,
        ),
        (
            r"\b(?:PSC|CMR|Unit|UNIT|PMB|OPC)\s+\d+,?\s+(?:[Bb]ox|BOX)\s+\d+(?:,?\s+(?:APO|FPO|DPO)\b)?(?:,?\s+A[AEP]\b)?(?:\s+\d{5}(?:-\d{4})?)?",
            0,
        ),
        (
            r"\b(?:APO|FPO|DPO),?\s+A[AEP]\s+\d{5}(?:-\d{4})?|\b(?i:PMB|P\.?O\.?B\.?)\s\#?\d{1,6}\b|\bGeneral Delivery(?:,\s*[A-Z]\w+(?:\s[A-Z]\w+)?)?",
            0,
        ),
        (
            r"(?i)\bP\.?\s?O\.?\s+Box\s+[A-Z]?\d+(?-i:,\s*[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s+[A-Z]{2}\s+\d{5}(?:-\d{4})?)?",
            0,
        ),
        (r"(?i)\bp\.?\s?o\.?\s+box\s+\#?([a-z]?\d+)", 1),
        (
            rf"(?<![\w.])c/o\s+(?:[A-Z][a-z]{_CAP[5:]})(?:\s(?:on|of|at|the|de|{_CAP})){{0,4}}(?=,\s+(?:\d|P\.?\s?O|PMB|Box))",
            0,
        ),
        (
            r"(?i)\b(?:lot|space|site|apt|apartment|trailer)\.?[ ]?\#?[ ]?\d+[a-z]?,?[ ]+(?:(?:at|in|of)[ ]+)?(?:the[ ]+)?(?-i:(?:[A-Z][\w’'-]+[ ]?){1,4})"
            r"(?:,\s(?:hwy|highway|route|rt|us)\.?\s\d+(?:\s(?-i:[NSEW])\b)?)?",
            0,
        ),
        (r"\b\d+(?:st|nd|rd|th)\s+(?:and|&|at|@)\s+(?:[A-Z][\w’'-]+|\d+(?:st|nd|rd|th))", 0),
        (r"\b[A-Z][\w’'-]+\s+(?:and|&|@)\s+\d+(?:st|nd|rd|th)\b(?!\s+(?:grade|step|session|group|birthday))", 0),
        (rf"\b(?:{_ORDINAL})\s+(?:and|&|@)\s+(?!(?:{_ORDINAL})\s+[a-z]){_CAP}(?!\s+[A-Z])", 0),
        (
            rf"{_CORNER}\s(?:Ave|St|Rd|Blvd|Ln|Dr|Ct|Hwy|Pkwy|Street|Avenue|Road|Boulevard|Lane|Drive)\b\.?\s+(?:and|&|at|@|/)\s+{_CORNER}(?:\s(?:Ave|St|Rd|Blvd|Street|Avenue|Road)\b\.?)?",
            0,
        ),
        (rf"\b{_CAP}/{_CAP}(?=\s+(?:corner|intersection|bus stop|overpass)\b)", 0),
        (rf"(?i:\b(?:corner|cnr\.?|intersection)(?:\s+of)?)\s+({_CORNER}\s+(?:and|&|/|at)\s+{_CORNER})", 1),
        (
            r"(?i)(?<![\w-])((?:(?:\d{1,6}|(?-i:[NSEW])\d{3,5})\s+)?(?:state\s+|county\s+|us\s+|old\s+)?(?:highway|hwy|route|rte|rt\.|interstate|county\s+(?:road|rd)|state\s+(?:road|rd)|cr|sr|us|i|fm)[ -]\#?\d{1,4}[a-z]?(?:\s(?-i:[NSEW])\b)?)(?![\w-]|\.\d)(?<!us \d)(?<!\bi \d)(?<!\bi \d\d)",
            1,
        ),
        (r"(?i)\b((?:exit|mile\s?marker|milepost)\s+\d{1,3}[a-z]?)\b", 1),
        (r"(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,\s*)?\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b", 0),
        (r"(?i)\bzip(?:\s*(?:\+\s?4|code))?\W{1,3}(?:is\s+)?(\d{5}(?:-\d{4})?)\b", 1),
        (r"(?<![\w-])\d{5}-\d{4}(?![\w-])", 0),
        (
            r"(?<![\w-])[ABCEGHJ-NPR-TVXY]\d[A-Z][ -]?\d[A-Z]\d(?![\w-])|(?<![\w-])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\w-])",
            0,
        ),
        (
            r"\b(?i:on|at|from|off|near|to|of|down|along|address:?|and|behind|under|by)\s+(?:the\s+)?((?:\d+\s+)?(?:[A-Z][\w’'-]*[ ]){1,2}"
            r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Dr|Ct|Pl|Terrace|Ter|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Sq|Route|Rte|"
            r"Alley|Pike|Turnpike|Crescent|Drive|Court|Place|Square|Mews|Overpass|Bridge)\b\.?(?:[ ](?:bridge|overpass|underpass|shelter|exit|station)\b)?)",
            1,
        ),
        (
            r"(?i)\b(?:apt|apartment|flat|bldg|building)\.?[ ]*\#?[ ]*(\d+(?:-?(?-i:[A-Z])\b)?|(?-i:[A-Z])-?\d*\b)(?:[ ]*\#[ ]*(\d+))?",
            0,
        ),
        (
            rf"\b(?:Suite|Ste\.?|Unit|UNIT)\s\#?(\d{{1,4}}[A-Z]?|[A-Z]\d{{0,3}}),\s+\d{{1,5}}\s+{_SIDE}{_CAP}(?:\s{_CAP})?",
            0,
        ),
        (r"\b(?:Suite|SUITE|Ste\.?)\s\#?(\d{1,4}[A-Z]?)\b", 1),
        (
            r"(?i)\b(?:liv(?:es|ed|ing)|stays?|staying|address|moved|mail|house|home|resid\w+)\b[^.\n\d]{0,25}?\b(\d{1,5}[A-Z]?\s+(?-i:(?:[NSEW]\.?\s+)?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?))",
            1,
        ),
        (r"(?i)\b(?:area|zip(?:\s+code)?|in)\s+(9\d{4})\b(?!-\d\d\b)(?!\s+(?:units?|sessions?|claims?))", 1),
    )
)


def streets(text: str) -> Iterator[Hit]:
    """Everything written as an address or a part of one."""
    for pattern, group in _ADDRESSES:
        for hit in pattern.finditer(text):
            if hit[group]:
                yield hit.start(group), hit.end(group), "ADDRESS", hit[group]
