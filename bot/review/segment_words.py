"""Words that tell a member's heading from a field's: headings of notes, abbreviations, given names."""

import re
from functools import cache, lru_cache

from bot.resources import KNOWLEDGE

# What a note calls the person a part is about, before their name or number.
MEMBER_WORDS = (
    "patient",
    "pt",
    "client",
    "cl",
    "clt",
    "ct",
    "member",
    "mbr",
    "participant",
    "consumer",
    "individual",
    "resident",
    "attendee",
    "recipient",
    "person served",
    "service recipient",
    "student",
    "veteran",
    "group member",
    "case",
    "id",
    "mom",
    "dad",
    "parent",
    "teen",
    "child",
    "youth",
    "seat",
    "person",
    "paciente",
    "cliente",
    "miembro",
    "participante",
    "mrn",
    "chart",
    "name",
    "initials",
)


def _words(name: str) -> frozenset[str]:
    return frozenset((KNOWLEDGE / "note_words" / f"{name}.txt").read_text(encoding="utf-8").split())


# Before a surname, as written and as dictated; "Dr." is not among them: who is called so mostly led the group.
TITLE = (
    r"(?:Mrs?|Ms|Miss|Mx|Mister|Missus|Mme|Mlle|Sra?|Srta"
    r"|Sgt|Cpl|Cpt|Capt|Pfc|PFC|Pvt|Spc|SPC|SSG|Lt|Maj|Col|Rev|Deacon)"
)
# What says more of a person behind their name, and is no surname: "Maria Lopez DOB 1/2/1980".
DATA = r"(?:DOB|Dob|D\.\s?O\.\s?B|MRN|Mrn|ID|AGE|Age|DX|Dx)(?![^\W\d_])"

# Words before a name or initials, never before a number: "Re: K.L.", "Next is Luis."
LEADING_WORDS = (
    "re",
    "for",
    "about",
    "regarding",
    "next is",
    "next",
    "note for",
    "note on",
    "note",
    "progress note",
    "progress note for",
    "individual note",
    "individual progress note",
    "individual note for",
)

# Capitals and initials that name no person; words of headings inside notes, which are nobody's name; given names.
ABBREVIATIONS = _words("abbreviations")
FIELD_WORDS = _words("heading_words")
GIVEN_NAMES = _words("given_names") | _words("more_given_names")

# Family of a member, spoken of and never in the group's list; words before a name that is nobody's heading.
RELATIVES = _words("relatives")
NEVER_BEFORE_A_MEMBER = _words("never_before_members")

CREDENTIALS = re.compile(
    r"\b(?:LCSW|LICSW|LISW|LMSW|LCPC|LPCC?|LPC-?S|LMFT|LMHC|LCMHC|LCADC|LADC|CADC|LSW|MSW|PhD|Ph\.D|PsyD|Psy\.D|M\.?D\."
    r"|MD|DO|RN|APRN|PMHNP|NP|MFT|AMFT|ACSW|LAC|LP|BCBA|MEd|M\.Ed|M\.?A\.?|M\.?S\.?|NCC|QMHP|Dr|supervisor|intern)(?!\w)"
)

# Headings of what is said of the whole session; these hold wherever they stand, unless every member has one.
SESSION_HEADING = re.compile(
    r"(?:(?:whole[- ])?group|session|overall|general|shared|common)(?:[- ]level)?\s+"
    r"(?:session\s+|therapy\s+|group\s+)?(?:summary|process|themes?|dynamics?|narrative|content|plan|closing|closure"
    r"|wrap.?up|discussion|overview|notes?|focus|topic|interventions?|information|info|details|documentation|description|data|activit(?:y|ies)|part|section|level"
    r"|agenda|structure|progress note|comments?|observations?|composition|members?|goals?|end|ending|header)"
    r"|(?:summary|description|account) of (?:the )?(?:group|session)|(?:group|session)[- ]level"
    r"|about the (?:group|session)"
    r"|(?:closing|wrap.?up|closure)(?: of (?:the )?group)?|(?:the )?(?:group|session) as a whole|group|session"
    r"|for (?:all|the whole group|everyone)|all members|whole group",
    re.IGNORECASE,
)
# These may be a member's field as well: they end a member's part only where they stand apart and come once.
APART_HEADING = re.compile(
    r"(?:therapist|provider|clinician|facilitator|leader|counselor|supervisor|co-?facilitator|signature|signed|co-?signed"
    r"|electronically signed|e-?signed|attest|cpt|billing|duration|date of service|dos|date|start time|time|modality"
    r"|next (?:group|meeting|steps?|session)|themes?|topic|session focus|focus of (?:the )?(?:group|session)"
    r"|attendance|absent|no.?shows?|late arrivals|location|interventions used|(?:therapist|provider) interventions?"
    r"|late entry|addendum"
    r"|(?:co-?)?(?:reviewed|signed|prepared|documented|entered|dictated|transcribed|supervised) by)\b",
    re.IGNORECASE,
)
# Sentences that begin a paragraph about everyone.
WHOLE_GROUP_OPENING = re.compile(
    r"(?:the (?:group|session|therapist|facilitator|clinician|meeting)\b|(?:the )?next (?:group|session|meeting)\b"
    r"|group (?:ended|closed|was|members|as a whole|concluded|will|did|discussed|worked|process)"
    r"|session (?:ended|closed|was)|overall,? (?:the )?(?:group|session)"
    r"|(?:all|most) (?:members|of the group|participants|clients|patients)|everyone\b"
    r"|members (?:were|agreed|closed|will|left)|we (?:closed|ended)|in closing|to close"
    r"|that['’]?s (?:it|all)\b|end of (?:note|dictation))",
    re.IGNORECASE,
)
TITLE_WORDS = frozenset(
    [
        *("group", "psychotherapy", "therapy", "progress", "session", "individual", "patient", "client", "clinical"),
        *("weekly", "note", "notes", "documentation", "record", "summary", "for", "of", "the", "and"),
    ]
)
ROSTER_HEADING = re.compile(
    r"(?:(?:group |members? |patients? |clients? |participants? )*(?:present|in attendance|attendance|attendees|roster"
    r"|attended|attending|who came|participants|members|patients|clients|census|absent|no.?shows?|excused)"
    r"(?: today| list)?(?:\s*\(?\d+\)?)?)\s*(?:\(\d+\))?\s*[:–—-]?",
    re.IGNORECASE,
)
# Words of headings that open what is said of the one patient of a note, where no name does.
OWN_PART_HEADING = re.compile(
    r"(?:individual(?:ized)?|patient|client|member|participant)(?:'s|[- ]specific|[- ]level)?\s*(?:documentation|notes?"
    r"|section|part|progress(?: note)?|response|participation|summary|narrative|data"
    r"|information|details|observations?)?",
    re.IGNORECASE,
)


@cache
def english_words() -> frozenset[str]:
    """Common English words, some of which are given names as well."""
    return frozenset((KNOWLEDGE / "english_words.txt").read_text(encoding="utf-8").split())


_MADE_WORD = re.compile(r"[^\W\d_]{3,}(?:tions?|sions?|ness|ology|ical|ional|atal|isms?|ity|ative|wise)$")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "al", "e", "ment", "able", "ive", "y")


@lru_cache(maxsize=4096)
def is_formed_word(word: str) -> bool:
    """Whether a word in lower case is a form of an English word, or ends as only words do: "dictating", "men's"."""
    if word in GIVEN_NAMES:
        return False
    if word.endswith(("'s", "’s")) or _MADE_WORD.fullmatch(word):
        return True
    words = english_words()
    stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) > 2]
    return any(stem in words or f"{stem}e" in words or (stem[-1] == stem[-2] and stem[:-1] in words) for stem in stems)


# What follows the subject of a sentence: a verb, perhaps after an adverb.
ACTS = re.compile(
    r"\s+(?:(?:then|also|again|first|just|still|never|only|even|at|once|later|both|himself|herself|themself|\w{2,12}ly)\s+){0,2}"
    r"(?:\w+(?:ed|[óéá])|(?!its|this|less|groups|class|process|was)\w{2,}s|is|was|has|had|did|does|will|can|could|would|may|might|shall|should|must"
    r"|said|told|came|went|sat|spoke|took|gave|got|felt|kept|left|made|met|saw|sang|wept|wrote|read|put|held|heard|led|let|lost"
    r"|knew|found|fell|drew|drove|drank|ate|began|became|broke|brought|built|bought|caught|chose|did|fought|forgot|grew|hid"
    r"|hit|hurt|laid|lay|meant|paid|quit|ran|rose|rode|sent|set|shook|showed|shut|slept|stood|stuck|swore|taught|thought"
    r"|threw|tore|understood|woke|won|wore|cried|tried|dijo|trajo|vino|fue|habla|llora|a|est|ha|non|n['’])\b",
    re.IGNORECASE,
)


def is_heading_word(word: str) -> bool:
    """Whether a capitalised word stands in headings and prose rather than for a person."""
    lowered = word.lower().rstrip(".")
    if lowered in FIELD_WORDS:
        return True
    if "-" in lowered and lowered not in GIVEN_NAMES:  # "Long-term"
        parts = lowered.split("-")
        return all(part not in GIVEN_NAMES and (part in FIELD_WORDS or part in english_words()) for part in parts)
    return lowered not in GIVEN_NAMES and (lowered in english_words() or is_formed_word(lowered))
