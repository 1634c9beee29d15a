"""A member's label and every way a note writes it again: "Maria S." is also "Maria", "M.S." and "MARIA"."""

import re
from collections.abc import Iterator

# What stands in a label and names nobody.
_ROLE_WORDS = """
patient client member participant person individual pt consumer resident name id no number group part section
mr mrs ms miss dr mx the of and jr sr ii iii
"""
# First names that are words too: their lower-case form is left alone.
_NAME_WORDS = """
will may mark grace hope joy faith rose dawn june april art bill rich frank drew sue pat gene jack chase hunter angel
summer autumn ivy lily daisy ruby pearl crystal violet iris olive ginger penny robin jay miles norm rob skip ward wade
grant dean earl duke king prince christian guy don ray bob long wise sage august eve max mason honey cherry star sky
storm river brook cliff glen dale heath forest rusty sandy stone love price case day field page rush sharp short small
strong white black brown green gray charity patience mercy justice trinity destiny serenity harmony melody chance major
lance buck clay colt curt dusty flip herb kit nick peg rod sterling stew trip van winter young holly jade amber misty
bishop carter cooper cook baker parker porter taylor
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_WORDS = frozenset(_NAME_WORDS.split())
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*\.?|\d+")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ \t-]?){2,3}")


def name_parts(name: str) -> list[str]:
    """The name and those of its words that point at a person when they stand alone, longest first."""
    words = _words(name)
    parts = {name.strip(), *(word for word in words if len(word.strip(".")) > 2 and not word.isdigit())}
    return sorted((part for part in parts if part), key=len, reverse=True)


def _words(label: str) -> list[str]:
    """The words of a label that may stand for the person alone; those of "Noor-Hassan" one by one too."""
    whole = [word for word in _TOKEN.findall(label) if word.strip(".").lower() not in _ROLES]
    halves = [half for word in whole if "-" in word for half in word.split("-") if len(half) > 2]
    return whole + [half for half in halves if half.lower() not in _ROLES]


class SurfaceForms:
    """Finds the spellings of one label in a text.

    "Client 3" is found only as written: its words name nobody, and a bare figure is everywhere. A number of four
    digits or more in a label is a record number and is found alone too.
    """

    def __init__(self, label: str) -> None:
        self.label = " ".join(label.split())
        words = _words(self.label)
        exact, any_case = set(), set()
        if words and len(self.label) > 1 and not (self.label.isdigit() and len(self.label) < 4):
            exact.add(self.label)
        for word in words:
            bare = word.strip(".")
            if word.isdigit():
                exact |= {word} if len(word) > 3 else set()
            elif len(bare) > 1 and not bare.isupper():
                exact |= {bare, bare.upper()}
                any_case |= {bare} if len(bare) > 2 and bare.lower() not in _WORDS else set()
            elif len(bare) > 3:  # a name in capitals
                exact |= {bare, bare.capitalize()}
        self._patterns = [
            re.escape(form).replace(r"\ ", r"\s+") for form in sorted(exact, key=len, reverse=True) if form
        ]
        initials = self._initials([word for word in _TOKEN.findall(self.label) if word in words])
        if len(initials) > 1:
            self._patterns.append(r"\.?[ \t]?".join(initials) + r"\.?")
        self._loose = [rf"(?i:{re.escape(form)})" for form in any_case]

    def _initials(self, words: list[str]) -> str:
        if _INITIALS.fullmatch(self.label):
            return "".join(char for char in self.label if char.isalpha())
        names = [word for word in words if not word.isdigit()]
        if len(names) < 2 or not all(word[0].isupper() for word in names):
            return ""
        if "," in self.label:  # "Rivera, John" is J.R. in the text
            names = names[1:] + names[:1]
        return "".join(word[0] for word in names)[:3]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each spelling stands; overlaps are the caller's to settle."""
        for pattern in (*self._patterns, *self._loose):
            for hit in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text):
                yield hit.span()

    def named_in(self, text: str) -> bool:
        """True where the text names this member in any spelling."""
        return next(self.find(text), None) is not None
