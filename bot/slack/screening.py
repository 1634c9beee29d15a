"""Without a BAA nothing that tells who somebody is may be read: a text with identifiers in it is refused.

Strict as HIPAA's Safe Harbor is, 45 CFR 164.514(b)(2): names, and initials, which are made of them (HHS, "Guidance
Regarding Methods for De-identification", 2012); numbers; days. docs/access.md says what may stand instead. What the
detector does not find it cannot refuse: the person who sends a text answers for it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import structlog

from bot.errors import UserError
from bot.llm.identifying.dates import dates_in
from bot.llm.identifying.identifiers import identifiers
from bot.review.segment import segment

log = structlog.get_logger("bot.slack")

NO_BAA = "no BAA with Slack is on record here (SLACK_BAA)"
# start, end, kind, and what makes two hits the same identifier
_Hit = tuple[int, int, str, str]
_WORDS = {
    "MEMBER": "name or initials of a member",
    "PERSON": "name",
    "INITIALS": "set of initials",
    "BIRTH": "birth date",
    "DATE": "date",
    "AGE": "age over 89",
    "SSN": "social security number",
    "PHONE": "phone number",
    "EMAIL": "e-mail address",
    "URL": "web address",
    "IP": "network address",
    "RECORD": "record or account number",
    "FAX": "fax number",
    "PLAN": "health plan number",
    "ACCOUNT": "account number",
    "LICENSE": "licence number",
    "VEHICLE": "vehicle number",
    "DEVICE": "device number",
    "BIOMETRIC": "biometric mark",
    "PHOTO": "photo",
    "ADDRESS": "address",
    "PLACE": "place",
}
_ORDER = list(_WORDS)
_OTHER = "other identifier"
_PLURALS = {"name or initials of a member": "names or initials of members", "set of initials": "sets of initials"}
# What members may be called: a plain word and a number or one letter, as in "Member 4", "Pt B", "#12".
_INVENTED = re.compile(
    r"(?:(?:patient|client|member|participant|person|pt|cl|group member)s?\b)?[\s.:#_-]*(?:\d{0,3}|[A-Z])",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.[ \t]?){2,3}(?!\w)")
_SHORT = "US USA AM PM MD DO PHD RN NP PA DC DX TX RX SI HI ID IOP PHP PO AA NA EG IE DOB DOS POS"
_NO_INITIALS = frozenset(_SHORT.split())
# A state is no identifier; to move to Medicare is no move.
_NO_PLACES = """
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming medicare
medicaid medi-cal new_hampshire new_jersey new_mexico new_york north_carolina north_dakota rhode_island south_carolina
south_dakota west_virginia
"""
_STATES = frozenset(_NO_PLACES.split())
# "MN 90853" is a state and a procedure code, and "CA 90210" a place.
_STATE_AND_CODE = re.compile(r"[A-Z]{2}\s+9(?:07|08|61|92|94|97)\d\d")


class Screening:
    """Refuses or lets pass; with a BAA, and in the local workspace, everything passes.

    `payers` gives the names of payers on file: Molina and Anthem are surnames too.
    """

    def __init__(self, *, is_covered: bool, payers: Callable[[], Iterable[str]] = tuple) -> None:
        self.is_covered = is_covered
        self._payers = payers

    def note(self, text: str) -> None:
        """Raises UserError for a note, or a file of claim facts, that tells who somebody is or a day of theirs."""
        if not self.is_covered:
            self._refuse_any(text, [*identifiers(text, _telling_labels(text)), *initials(text), *_days(text)])

    def question(self, text: str) -> None:
        """The same for a question or a command; a day in it is a rule's, unless it is told as a birth."""
        if not self.is_covered:
            found = [hit for hit in identifiers(text, ()) if hit[2] != "DATE"]
            self._refuse_any(text, [*found, *initials(text)])

    def _refuse_any(self, text: str, hits: Sequence[_Hit]) -> None:
        """One line of kinds and numbers; never a word of what was found."""
        known = {word for name in self._payers() for word in _words(name)} if hits else set()
        kinds = Counter(kind for kind, _ in set(_apart(text, hits, known)))
        if not kinds:
            return
        log.info("identifiers_refused", kinds={kind.lower(): number for kind, number in kinds.items()}, size=len(text))
        raise UserError(
            f"I did not read that: it holds {_listed(kinds)}, and {NO_BAA}. Delete it, and send it with “Member 1”, "
            "“Member 2” for people, years for days, and no number of theirs."
        )


def _telling_labels(text: str) -> list[str]:
    try:
        members = segment(text).members
    except UserError:
        return []
    return [member.label for member in members if not _INVENTED.fullmatch(member.label.strip())]


def initials(text: str) -> Iterator[_Hit]:
    """Dotted initials, as of a person: "J.B."; not those of a degree or of the U.S."""
    for hit in _INITIALS.finditer(text):
        letters = re.sub(r"[^A-Z]", "", hit[0])
        if letters not in _NO_INITIALS:
            yield hit.start(), hit.end(), "INITIALS", letters


def _days(text: str) -> Iterator[_Hit]:
    for start, end, day in dates_in(text):
        yield start, end, "DATE", day.isoformat()


def _apart(text: str, hits: Sequence[_Hit], known: set[str]) -> Iterator[tuple[str, str]]:
    """Each identifier once, whichever ways it was found: of several over the same words, the longest."""
    taken = 0
    for start, end, kind, key in sorted(hits, key=lambda hit: (hit[0], -hit[1], _rank(hit[2]))):
        if start >= taken and not _is_harmless(kind, text[start:end], known):
            taken = end
            yield kind, key


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _WORDS else len(_ORDER)


def _is_harmless(kind: str, words: str, known: set[str]) -> bool:
    if kind in ("PLACE", "PERSON") and all(word in known for word in _words(words)):
        return True
    if kind == "PLACE":
        return not _STATES.isdisjoint({"_".join(_words(words)), words.casefold().strip(".,")})
    return kind == "ADDRESS" and bool(_STATE_AND_CODE.fullmatch(words))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _listed(kinds: Counter[str]) -> str:
    told = [f"{number} {_named(kind, number)}" for kind, number in sorted(kinds.items())]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _named(kind: str, number: int) -> str:
    word = _WORDS.get(kind, _OTHER)
    if number == 1:
        return word
    return _PLURALS.get(word) or (word.removesuffix("s") + "es" if word.endswith("ss") else word + "s")
