"""Whether a line begins with a label that names a member, and in which style."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.review.segment_lines import Line
from bot.review.segment_words import (
    ABBREVIATIONS,
    ACTS,
    CREDENTIALS,
    DATA,
    FIELD_WORDS,
    GIVEN_NAMES,
    LEADING_WORDS,
    MEMBER_WORDS,
    NEVER_BEFORE_A_MEMBER,
    RELATIVES,
    TITLE,
    is_heading_word,
)

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"{_UPPER}[^\W\d_]*(?:['’\-][^\W\d_]+)*"
_INITIALS = re.compile(
    r"(?:[^\W\d_]\.[ \t]?){1,3}[^\W\d_]?\.?(?![\w])|[^\W\d_](?:[ \t][^\W\d_]\b){1,2}(?![\w'’])"
    r"|[A-Z]{2,3}(?![\w'’]|-\d)|[A-Z]/[A-Z](?!\w)"
)
_NAME = re.compile(
    rf"(?:(?:{TITLE}|Dra?)\.?\s+)?{_WORD}(?:,\s+{_UPPER}\.(?=\s)|,\s+{_WORD}(?:\s{_UPPER}\b\.?)?(?=\s*(?:[:|(\t–—-]|$)|\s{{2}}|,?\s(?:{DATA}|(?i:dob|mrn|age)\b|\d{{1,3}}\s?(?:[mfMF]\b|y/?o)))|"
    rf"(?:[ \t](?!I\s[a-z]|{DATA})(?:{_UPPER}\.(?!\w)|{_UPPER}(?![\w.'’])"
    rf"|(?:de|del|la|van|von|der|al|bin|da|dos)\s+{_WORD}|{_WORD})){{0,3}})?"
)
# What a person dictating says before they come to a name.
_FILLERS = re.compile(
    r"(?:(?:uh|um|er|okay|ok|so|then|now|next|and|well|also|alright|all right|let['’]?s see|let me see|finally"
    r"|last(?:ly)?|first|moving on(?: to)?|as for|for|up|is|we have|there(?:['’]s| is))\b[,.:]?\s+){1,5}",
    re.IGNORECASE,
)
# How far into a paragraph a name still says whom it is about; given names that open ordinary sentences as well.
_EARLY = 40
WORDS_TOO = frozenset(
    (
        *("will", "may", "hope", "joy", "grace", "mark", "art", "summer", "april", "june", "august", "lane"),
        *("drew", "rose", "sue", "rob", "chase", "pat", "skip", "wade", "grant"),
    )
)
# "Benny R.:", whatever the word before the initial says elsewhere.
_WITH_INITIAL = re.compile(rf"{_WORD}\s{_UPPER}\.")
_LAST_AND_INITIAL = re.compile(rf"{_WORD},\s+{_UPPER}\.")
# "SAM (SAMIR) H.": a name goes on behind its other form.
_OTHER_FORM = re.compile(rf"\s\([^()\n]{{2,20}}\)\s{_UPPER}\b\.?")
_CAPITAL_SENTENCE = re.compile(r"(?P<first>[A-Z]{2,})\s[A-Z]{2,}")
_NICKNAMED = re.compile(rf"(?P<first>{_WORD})\s[\"“][^\"“”\n]{{2,20}}[\"”]\s(?P<last>{_WORD})")
_DOCTOR = re.compile(r"Dra?\b\.?\s")
_TITLES = frozenset(
    (
        *("mr", "dr", "dra", "sra", "srta", "mrs", "ms", "miss", "mx", "mister", "missus", "mme", "mlle", "sgt", "cpl"),
        *("cpt", "capt", "pfc", "pvt", "spc", "ssg", "lt", "maj", "col", "sr", "fr", "rev", "deacon"),
    )
)
# In capitals as well, where the surname is: "SGT HOLT"; and an initial before it: "T. Okoye".
_TITLED = re.compile(
    rf"(?:(?:{TITLE}|Don|Doña|Lieutenant|Captain|Sergeant|Corporal|Private|Specialist|Medic|Firefighter|Trooper)\.?\s{{1,2}}(?P<surname>"
    rf"{_WORD}(?:\s(?:{_UPPER}\.(?!\w)|{_UPPER}(?![\w.'’])))?)"
    rf"|(?:MR|MRS|MS|MISS|SGT|CPL|PFC|PVT|SPC)\.?\s(?P<caps>[A-Z]{{2,}}(?:[-'’][A-Z]+)?(?!\w)))"
)
_INITIAL_FIRST = re.compile(rf"{_UPPER}\.\s?(?P<surname>{_WORD})(?=\s*(?:[:：|–—(\[-]|$)|\s[a-z])")
# Roles and relatives, after whom a name is not a member's.
_NOT_BEFORE = RELATIVES | _TITLES | (NEVER_BEFORE_A_MEMBER - {"said", "week", "day", "session", "with", "and", "to"})
_ALONE = re.compile(rf"(?:(?:Mr|Mrs|Ms|Sgt)\.?\s)?{_WORD}(?:\s{_WORD})?\s*:?$")
_NUMBER = re.compile(
    r"#?\s?(?:[A-Z]{1,4}-?)?\d{1,12}(?:-\d{1,8})?[A-Za-z]?(?!\w)|[A-Z](?![\w'’.])|#\s?\w{1,12}|[IVX]{1,4}(?![\w'’])"
)
_TAIL = re.compile(
    r"\s*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\])?\s*(?P<sep>[:：|\t=→»>]|[–—-]{1,2}>?(?=\s|$|[A-Z])|=>|//|\.{2,}|…|\s{2,}(?=\S)|\.(?=\s|$)|[,;](?=\s)|$)?"
)
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.):]\)?|#\d{1,3}(?!\d)[.):]?|[A-Za-z]\)|[a-z]\.(?=\s+[A-Z]))\s*(?=\S)")
_LEADING = re.compile(
    rf"(?P<word>{'|'.join(sorted(LEADING_WORDS, key=len, reverse=True))})\b\s?(?:[:：–—-]\s?)?\s{{0,2}}", re.IGNORECASE
)
_BOXED = re.compile(r"[\[(<\"“«~](?P<inner>[^\[\]()<>\"“”«»~\n]{1,30})[\])>\"”»~](?=\s|$)")
_ORDINAL = re.compile(
    r"(?P<label>(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+(?:patient|client|member|pt|participant)"
    r"|(?:patient|client|member|pt|participant|attendee|person|resident|veteran|student)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten)))\b\s*[:.,–—-]?",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\(?(?P<n>\d{1,2})[.):]\)?(?=\s|$)")
_LETTER_AND_STOP = re.compile(r"(?P<letter>[A-Z])\.\s+[A-Z]")
_OPENING = re.compile(rf"(?P<label>{_WORD}(?:\s{_WORD}){{0,2}}|[a-z]{{2,3}}|[A-Z]\d{{1,3}})\s*(?:[:;=]|[–—-]\s|\s*$)")
_OTHER_WORD = re.compile(r"(?P<word>[^\W\d_]{3,20})\s?(?P<sep>[:：#])?\s{0,2}")
_KEYWORD = re.compile(
    rf"(?P<word>{'|'.join(sorted((re.escape(word) for word in MEMBER_WORDS), key=len, reverse=True))})"
    r"(?!['’]s?\s+(?!name|id|initials))(?:['’]s)?(?:\.?\s*/\s*(?:member|client|patient|pt))?\.?"
    r"(?P<what>(?:\s*(?:name|initials|identifier|id|no\.?|number|label|mrn)\b\.?|\s*/\s*(?:id|name|initials|mrn)\b){0,3})"
    r"\s{0,3}(?:\([^()]{0,40}\)\s{0,3})?(?P<sep>[:：#=]|[–—-](?=\s|\d))?\s{0,3}",
    re.IGNORECASE,
)
# "Client ID: 200184" is known by the number; "Client ID: 7" keeps its word, which "7" alone would need.
_IDENTIFIER = re.compile(r"\b(?:id|identifier|mrn)\b", re.IGNORECASE)
_SAYS_ENOUGH = 3
_LETTER = re.compile(r"(?P<letter>[A-Z])\s?(?:[:)]|[–—-](?=\s))\s*\S")
_CODE = re.compile(
    r"(?:[A-Z]{1,4}-\d{1,6}|#\s?\d{1,8}|[A-Z]{2,4}\d{2,6}|(?!9[09]\d{3}\b|19\d\d\b|20\d\d\b)\d{4,10})(?![\w.])(?!:\d)"
)
_LETTERED = re.compile(r"[A-Z]{1,4}-\d{1,8}(?![\w.-])")
_LETTERED_HEADING = re.compile(rf"{_LETTERED.pattern}(?:\s{{2,}}|\s(?=[a-z(]))")
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d")
_DOES = re.compile(r"\w (?:was|is|has|did|said|shared|reported|\w+ed)\b")
_NUMBERED_NAMESAKE = re.compile(r"\s?(?:#\s?\d{1,3}|\(\d\)|\d{1,2}(?![\w/.]))")
_DATA_AFTER = re.compile(
    r"\s*,?\s+(?:\d{1,3}\s?(?:[mfMF]\b|y/?o|yr)|\d{1,3}\b|age\b|dx\b|dob\b"
    r"|\(?#\s?\d{2}|\(?(?:MRN|ID)\b|(?:GAD|MDD|PTSD|OCD|ADHD|BPD|AUD|OUD|SUD|SAD)\b|[A-Z]\d\d)"
)
_NUMBER_AFTER = re.compile(rf"\s*,?\s+\(?(?:#\s?\d{{2}}|{DATA}|(?:dob|mrn)\b)")
# "session 1", "goal 2": what may be numbered in a note and is nobody.
_NOT_PEOPLE = FIELD_WORDS - {"client", "patient", "member", "participant", "student"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may open a member's part.

    `style` groups alike ones; `firm` tells that a colon, dash or line end follows the name, so that it is a heading
    and not the subject of a sentence. `bare` tells that nothing stands on the line but the label.
    """

    line: int
    start: int
    label: str
    style: str
    firm: bool
    bare: bool


def named_early(number: int, line: Line) -> Candidate | None:
    """A given name among the first words of a paragraph: "next is Luis, he went quiet"."""
    if not line.apart:
        return None
    start = _FILLERS.match(line.bare)
    at = start.end() if start else 0
    if titled := _TITLED.match(line.bare, at):
        return Candidate(number, line.start, titled.group(), "named", firm=False, bare=False)
    for match in re.finditer(rf"(?<![\w.]){_WORD}", line.bare[: _EARLY + 20]):
        if match.start() > _EARLY:
            return None
        before = line.bare[: match.start()].split()
        if before and before[-1].lower().strip(".,") in _NOT_BEFORE:
            continue
        if match.group().isupper() and line.bare[match.end() :][:12].isupper():
            return None  # a title in capitals: "ST. BRIGID FAMILY SERVICES"
        if match.group().lower() in GIVEN_NAMES and match.group().lower() not in WORDS_TOO:
            return Candidate(number, line.start, match.group(), "named", firm=False, bare=False)
    return None


def candidate(number: int, line: Line) -> Candidate | None:
    """The member's label at the start of a line, if there is one."""
    if line.blank:
        return None
    head = line.bare
    if nicknamed := _NICKNAMED.match(head):
        plainly = f"{nicknamed['first']} {nicknamed['last']}{head[nicknamed.end() :]}"
        found = _by_person(number, line, plainly)
        return replace(found, label=nicknamed.group()) if found and found.firm else found
    if boxed := _BOXED.match(head):
        head = f"{boxed['inner']}: {head[boxed.end() :].lstrip(' :–—-')}"
    return (
        _by_keyword(number, line, head)
        or _by_leading_word(number, line, head)
        or _by_other_word(number, line, head)
        or _by_person(number, line, head)
        or _weak(number, line, head)
    )


def without_lone_doctors(candidates: Sequence[Candidate]) -> list[Candidate]:
    """A doctor is a member only among others called by title; elsewhere "Dr." opens what is said of who led."""
    titled = {one.label for one in candidates if one.label.split()[0].lower().rstrip(".") in _TITLES}
    doctors = {label for label in titled if _DOCTOR.match(label)}
    if len(titled - doctors) >= 2:
        return list(candidates)
    return [one for one in candidates if one.label not in doctors]


def _by_keyword(number: int, line: Line, head: str) -> Candidate | None:
    numbered = _NUMBERED.match(head)
    at = numbered.end() if numbered else 0
    match = _KEYWORD.match(head, at)
    if match is None or (match.end() < len(head) and match.end() == match.end("word") and head[match.end()].isalpha()):
        return None
    word = match["word"].lower()
    rest = head[match.end() :]
    found = _ident(rest, after_colon=match["sep"] in {":", "：", "=", "#"} or bool(match["what"]))
    if found is None or (word in {"name", "initials", "chart"} and match["sep"] not in {":", "：", "#", "="}):
        return None
    ident, kind, length = found
    if further := _OTHER_FORM.match(rest, length):
        kind, length = "name", further.end()
        ident = rest[:length].strip()
    known = bool(_NUMBER_AFTER.match(rest, length))
    if match["sep"] is None and kind == "name" and not (line.decorated or known or _firm(rest, length)):
        return None
    if _is_list(rest[length:]) or CREDENTIALS.search(rest[length : length + 24]):
        return None
    firm = _firm(rest, length) or bool(match["sep"]) or known
    tail = _TAIL.match(rest, length)
    after = rest[tail.end() if tail else length :].lstrip()
    label = ident
    if kind == "number":
        label = f"{head[at : match.end()]}{ident}".strip() if len(ident.lstrip("# ")) <= 12 else ident
        label = re.sub(r"\s*[:：=]\s*|\s+[–—-]\s+", " ", label)
        if _IDENTIFIER.search(match["what"]) and len(re.findall(r"\d", ident)) >= _SAYS_ENOUGH:
            label = ident.lstrip("# ")
        inner = _ident(after, after_colon=False) if firm and tail and tail["sep"] else None
        if (
            inner
            and inner[1] != "number"
            and _label_like(after, inner)
            and not CREDENTIALS.search(after[inner[2] : inner[2] + 24])
        ):
            label, length = inner[0], inner[2]
            tail = _TAIL.match(after, length)
            after = after[tail.end() if tail else length :]
    loose = "" if firm else " in a sentence"
    return Candidate(number, line.start, label, f"keyword {word}{loose}", firm, not after.strip() and line.whole)


def _by_leading_word(number: int, line: Line, head: str) -> Candidate | None:
    """ "Re: K.L.", "Progress note: Maria S.": the word says nothing of who, the name does."""
    match = _LEADING.match(head)
    if match is None:
        return None
    rest = head[match.end() :]
    found = _ident(rest, after_colon=False, numbers=False)
    if found is None or _is_list(rest[found[2] :]) or CREDENTIALS.search(rest[: found[2] + 24]):
        return None
    ident, _, length = found
    tail = _TAIL.match(rest, length)
    if tail is None or tail["sep"] is None:
        return None
    bare = not rest[tail.end() :].strip() and line.whole
    return Candidate(number, line.start, ident, f"leading {match['word'].lower()}", firm=True, bare=bare)


def _weak(number: int, line: Line, head: str) -> Candidate | None:
    """What may be a label only where as many such lines stand as the note counts members."""
    ordinal = _ORDINAL.match(head)
    if ordinal:
        return Candidate(number, line.start, ordinal["label"].strip(), "weak ordinal", firm=False, bare=False)
    place = _PLACE.match(head)
    if place:
        return Candidate(number, line.start, f"Patient {place['n']}", "weak number", firm=False, bare=False)
    letter = _LETTER_AND_STOP.match(head)
    if letter:
        return Candidate(number, line.start, letter["letter"], "weak letter", firm=False, bare=False)
    opening = _OPENING.match(head)
    if opening is None or any(
        word in FIELD_WORDS or word in ABBREVIATIONS for word in re.findall(r"\w+", opening["label"].lower())
    ):
        return None
    return Candidate(number, line.start, opening["label"], "weak word", firm=False, bare=opening.end() >= len(head))


def _by_other_word(number: int, line: Line, head: str) -> Candidate | None:
    """A word of another tongue or house before initials or a number: "מטופל: א.ב.", "Chair 3:"."""
    match = _OTHER_WORD.match(head)
    if match is None or match["word"].lower() in FIELD_WORDS or match["word"].lower() in GIVEN_NAMES:
        return None
    rest = head[match.end() :]
    found = _ident(rest, after_colon=True)
    if found is None or found[1] == "name" or not (match["sep"] or _firm(rest, found[2])) or _is_list(rest[found[2] :]):
        return None
    ident, kind, length = found
    if kind == "number" and re.match(r"\s*[\w%/]", rest[length:]):
        return None
    tail = _TAIL.match(rest, length)
    after = rest[tail.end() if tail else length :]
    label = ident if kind == "initials" else f"{match['word']} {ident}"
    return Candidate(number, line.start, label, f"word {match['word'].lower()}", True, not after.strip() and line.whole)


def _by_person(number: int, line: Line, head: str) -> Candidate | None:
    numbered = _NUMBERED.match(head)
    rest = head[numbered.end() :] if numbered else head
    if _LETTERED.match(rest):
        return _by_code(number, line, rest)
    found = _ident(rest, after_colon=False, numbers=False)
    if found is None:
        return _alone(number, line, rest) or _by_code(number, line, head)
    ident, kind, length = found
    titled = _TITLED.match(rest) or _DOCTOR.match(rest)
    own = len(rest.split(maxsplit=1)[0]) if titled else 0  # "MS." is a degree elsewhere
    if _is_list(rest[length:]) or CREDENTIALS.search(rest[own : length + 24]):
        return None
    if kind == "name":
        return _by_name(number, line, rest, (ident, length), numbered=numbered is not None)
    tail = _TAIL.match(rest, length)
    sep = tail["sep"] if tail else None
    after = rest[tail.end() if tail else length :].strip()
    bare = not after and line.whole
    firm = _firm(rest, length)
    dotted = "." in ident or numbered is not None
    firm = firm or (numbered is not None and bool(after)) or sep == ";"
    firm = firm or bool(_DATA_AFTER.match(rest, length))
    if not firm and not dotted and not after[:1].islower():
        return None
    return Candidate(number, line.start, ident, "person" if firm else "sentence", firm, bare)


def _by_name(number: int, line: Line, rest: str, found: tuple[str, int], *, numbered: bool) -> Candidate | None:
    """A name at the start of a line, as a heading or as the subject of a sentence."""
    ident, length = found
    tail = _TAIL.match(rest, length)
    sep = tail["sep"] if tail else None
    bare = not rest[tail.end() if tail else length :].strip() and line.whole
    firm = _firm(rest, length)
    firm = firm or bool(_LAST_AND_INITIAL.fullmatch(ident))
    firm = firm or (_surely_name(ident) and bool(_NUMBER_AFTER.match(rest, length)))
    if not firm and ident.lower() in WORDS_TOO and not ACTS.match(rest, length):
        return None  # "Drew her chain"
    if (
        bare
        and sep not in {":", "|", "–", "—", "-"}
        and not (line.decorated or line.apart or numbered or line.bulleted)
    ):
        return None
    # "Dr. Reyes opened the group" says who led; "Perinatal support" names nobody.
    if not firm and not sep and " " in ident and not _surely_name(ident):
        # "Ottoline Asked the boss": the second word is the verb.
        first, _, second = ident.partition(" ")
        if is_heading_word(second) and not is_heading_word(first):
            ident, length = first, len(first)
    stands = not _DOCTOR.match(rest) and (_surely_name(ident) or ACTS.match(rest, length))
    if not firm and not sep and not stands:
        return None
    return Candidate(number, line.start, ident, "person" if firm else "sentence", firm, bare)


def _alone(number: int, line: Line, rest: str) -> Candidate | None:
    """A capitalised word or two alone on a line: a name that no list knows, or any heading."""
    if not line.apart or not line.whole or not _ALONE.match(rest):
        return None
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", rest)]
    if any(word in FIELD_WORDS or word in ABBREVIATIONS for word in words):
        return None
    return Candidate(number, line.start, rest.rstrip(": "), "alone", firm=True, bare=True)


def _by_code(number: int, line: Line, rest: str) -> Candidate | None:
    """A letter or a member's number alone: "A: ...", "P-101: ..."."""
    letter = _LETTER.match(rest)
    if letter:
        return Candidate(number, line.start, letter["letter"], "letter", firm=True, bare=False)
    code = _CODE.match(rest)
    if code is None or not (_firm(rest, code.end()) or _LETTERED_HEADING.match(rest)):
        return None
    tail = _TAIL.match(rest, code.end())
    after = rest[tail.end() if tail else code.end() :]
    return Candidate(number, line.start, code.group(), "code", firm=True, bare=not after.strip() and line.whole)


def _firm(rest: str, length: int) -> bool:
    tail = _TAIL.match(rest, length)
    if tail is None:
        return False
    sep = tail["sep"]
    brackets = rest[length : tail.end()].strip().startswith(("(", "["))
    return sep is not None and (brackets or sep not in {".", ",", ";"})


def _ident(rest: str, *, after_colon: bool, numbers: bool = True) -> tuple[str, str, int] | None:
    """A name, initials or number at the start of `rest`: (as written, kind, length)."""
    whole = _TITLED.match(rest) or _INITIAL_FIRST.match(rest)
    if whole and not (whole["surname"] and is_heading_word(whole["surname"])):
        return whole.group(), "name", whole.end()
    initials = _INITIALS.match(rest)
    if initials and _is_initials(initials.group()) and not _begins_name(rest, initials):
        length = initials.end()
        more = _NUMBERED_NAMESAKE.match(rest, length)
        length = more.end() if more else length
        return rest[:length].strip(), "initials", length
    number = _NUMBER.match(rest) if numbers else None
    if number and _is_number(rest, number.group(), after_colon=after_colon):
        return number.group().strip(), "number", number.end()
    name = _NAME.match(rest)
    if name and _is_name(
        name.group(),
        after_colon=(after_colon or bool(_WITH_INITIAL.fullmatch(name.group()))) and _firm(rest, name.end()),
    ):
        written = _of_sentence(name.group())
        return written.strip(), "name", len(written)
    if name and " " in name.group():  # "Maria Denied SI": the name is its first word
        first = re.match(rf"{_WORD}(?:\s{_UPPER}\.)?", rest)
        if first and first.group().lower() in GIVEN_NAMES:
            return first.group(), "name", first.end()
    return None


def _of_sentence(written: str) -> str:
    """The name alone where a sentence in capitals goes on after it: "BEN SAID NOTHING"."""
    spoken = _CAPITAL_SENTENCE.match(written)
    verb = spoken and spoken["first"].lower() in GIVEN_NAMES and ACTS.match(written, spoken.end("first"))
    return spoken["first"] if spoken and verb else written


def _is_number(rest: str, written: str, *, after_colon: bool) -> bool:
    """Whether a number or letter names somebody: not a date, nor the words "A" and "I"."""
    if _DATE.match(rest):
        return False
    is_word = written in {"A", "I"} and rest[1:2] == " " and rest[2:3].islower()
    return after_colon or not is_word or bool(_DOES.match(rest))


def _begins_name(rest: str, initials: re.Match[str]) -> bool:
    """Whether the capitals are a short name ("TOM B.") rather than initials."""
    written = initials.group()
    if "." in written or " " in written:
        return False
    follows = re.match(rf"\s{_UPPER}(?:\.(?!\w)|(?![\w.'’]))", rest[initials.end() :])
    return bool(follows) or (len(written) == 3 and written.lower() in GIVEN_NAMES)


def _is_initials(written: str) -> bool:
    letters = re.sub(r"[^\w]", "", written)
    if letters.lower() in ABBREVIATIONS and ("." not in written or letters.islower()):
        return False
    if letters.islower():
        return (
            len(letters) >= 2 and written.count(".") == len(letters) and letters not in {"eg", "ie", "am", "pm", "so"}
        )
    return letters.isupper() or not any(char.islower() or char.isupper() for char in letters)


def _is_name(written: str, *, after_colon: bool) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", written)
    titled = words[0].lower() in _TITLES
    words = words[1:] if titled else words
    # The "A." of "Desmond A." is an initial, whatever it says as a word.
    spoken = [word.lower() for word in words[:1] + [word for word in words[1:] if len(word) > 1]]
    # After a title any word is a surname ("Dr. Prior"), but for "Sr. Clinician".
    any_word = titled and written.lower().startswith(("mr", "ms", "mx", "dr"))
    if not words or len(written) > 50 or (not any_word and any(word in _NOT_PEOPLE for word in spoken)):
        return False
    if titled:
        return True
    if any(word.lower() in ABBREVIATIONS and word.lower() not in GIVEN_NAMES for word in words if len(word) > 1):
        return False
    last_name_first = "," in written and words[-1].lower() in GIVEN_NAMES
    if words[0].lower() in GIVEN_NAMES or after_colon or last_name_first:
        return True
    if len(words[0]) == 1 and len(words) == 1:
        return False
    return not all(is_heading_word(word) for word in words if len(word) > 1) and not is_heading_word(words[0])


def _surely_name(written: str) -> bool:
    if written.split(maxsplit=1)[0].lower().strip(".") in _TITLES and " " in written:
        return True
    return bool(re.search(rf"\s{_UPPER}\.?$", written)) or written.split(maxsplit=1)[0].lower() in GIVEN_NAMES


def _label_like(after: str, inner: tuple[str, str, int]) -> bool:
    tail = _TAIL.match(after, inner[2])
    return inner[1] == "initials" or bool(tail and tail["sep"] is not None)


def _is_list(after: str) -> bool:
    """Whether more names follow with commas: a roster, and nobody's heading."""
    follow = re.match(r"\s*(?:,|;|&|and\b)\s*(?:and\s+|&\s*)?", after)
    if not follow:
        return False
    rest = after[follow.end() :]
    initials = _INITIALS.match(rest)
    if initials and _is_initials(initials.group()) and rest[initials.end() : initials.end() + 1] != "-":
        return True
    name = re.match(rf"{_WORD}(?:\s{_UPPER}\b\.?)?", rest)
    return bool(
        name
        and name.group().split(maxsplit=1)[0].lower() in GIVEN_NAMES
        and re.match(r"\s*(?:,|;|and\b|&|$|\.)", rest[name.end() :])
    )
