"""What signs a model's sentence may be written in: plain Latin text, with nothing that a chat acts on or an eye misses.

Whatever is not on the list is refused rather than escaped: no fair wording of a billing rule needs it.
"""

import re
import unicodedata

# Typography that models like, in the spelling that facts have; the spaces go with `split`.
_PLAIN = str.maketrans({**dict.fromkeys("‐‑−", "-"), **dict.fromkeys("‘’", "'"), **dict.fromkeys("“”", '"')})
_SIGNS = frozenset(" .,;:!()'\"-–—/%$&+…§")
# A list, a heading or a numbered line at the start; an emoji's name; an entity; a dotted name of a place on the web.
_MARKUP = re.compile(r"^(?:[-–—+]|\d{1,3}[.)])\s|:[a-z0-9_+'-]+:|&(?!\s)|\w\.[a-z]{2}|\w/\w*\.|//", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|U\.S|a\.m|p\.m)\.", re.IGNORECASE)


def tidy(text: str) -> str:
    """The text in one line with straight quotes and hyphens."""
    return " ".join(text.translate(_PLAIN).split())


def odd(text: str) -> bool:
    """True where a tidied text holds a sign of another script, an invisible one, markup, a link or a mention."""
    if any(not (_is_latin(sign) or sign in _SIGNS) for sign in text):
        return True
    return bool(_MARKUP.search(_ABBREVIATION.sub(" ", text)))


def _is_latin(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum()
    return (
        sign.isalpha()
        and unicodedata.name(sign, "").startswith("LATIN ")
        and unicodedata.normalize("NFKC", sign) == sign
    )
