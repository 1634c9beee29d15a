"""A member's part that says nothing: a heading with nothing below, an absence, a pointer to the chart, a code alone.

Nothing written cannot be individualized, whatever other parts say (rubric: `individualized`).
"""

import re
from collections.abc import Iterator

from bot.claims.codes import find_codes
from bot.review.lexicon.phrases import lexicon, tokenize
from bot.review.masking import name_words
from bot.review.models import Member
from bot.review.sentences import split_sentences

_STUB = re.compile(
    r"""
    (?:(?:was|is|were|today|tonight|pt|patient|client|member|he|she|they)\ +)*
    (?:
      (?:un)?excused(?:\ absence)? | absent(?:\ (?:today|tonight|from\ group|this\ (?:week|session)))*
    | no[ -]?show(?:ed)? | n/?s | dna | cancell?ed(?:\ today)? | called\ (?:in|out|off|ahead)(?:\ sick|\ ill)?
    | (?:did\ not|didn['’]t)\ (?:attend|come|show)(?:\ up)?(?:\ today|\ group|\ session)*
    | not\ (?:present|here|there|in\ attendance|seen|documented)
    | (?:(?:please\ )?(?:see|refer\ to|per|in|as\ in)|same\ as(?:\ in)?)
      (?:\ (?:the|his|her|their|attached|individual|separate))*\ (?:chart|record|emr|ehr|file|note|progress\ note|above
      |below|previous|prior\ note|attached|addendum|intake)s?
    | on\ file | (?:same\ )?as\ (?:above|before|last\ (?:week|time|session)) | same | ditto | idem
    | n/?a | none | nil | nothing(?:\ to\ (?:report|add|note))?
    | tbd | tba | pending | blank | incomplete | unknown | x+
    | (?:notes?\ )?to\ (?:follow|be\ (?:completed|added|done|written|dictated))
    | attended(?:\ (?:the\ )?(?:group|session))*(?:\ today)? | present(?:\ today|\ in\ group)*
    | in\ attendance | here | there | late
    | unchanged | no\ changes? | nothing\ new | ok(?:ay)? | yes | no | wnl | cont(?:inue)?\.?
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Beside these no words of a session stand.
_WHO_AND_WHAT = re.compile(
    r"dx|diagnos[ei]s|icd[\w-]*|dob|mrn|id|chart(?: no\.?)?|insurance|payer|auth\w*|dos|cpt|units?|signed|age",
    re.IGNORECASE,
)
_NO_OWN_WORDS = frozenset(["dx", "diagnosis", "diagnoses", "icd", "dob", "mrn", "id", "present", "attended", "absent"])
_HEADING = re.compile(r"[*_#\s-]*[^\W\d_][\w /&()'’.-]{0,48}[*_]{0,3}\s?[:：][*_\s-]*")


def says_nothing(text: str, member: Member) -> bool:
    """Whether nothing of a session stands in a member's part."""
    return not any(_tells(words, label, member.label) for words, label in _sentences(text, member))


def _sentences(text: str, member: Member) -> Iterator[tuple[str, str]]:
    for span in member.spans:
        for sentence in split_sentences(text, span.start, span.end):
            yield text[sentence.start : sentence.end], sentence.label


def _tells(words: str, label: str, name: str) -> bool:
    if _HEADING.fullmatch(words) or _WHO_AND_WHAT.fullmatch(label):
        return False
    left = re.sub(re.escape(name.strip(" :")), " ", words, flags=re.IGNORECASE)
    left = _HEADING.sub("", left, count=1) if _HEADING.match(left) and left != words else left
    left = left.strip(" \t\n.,;:!|()[]{}*_#-–—/\"'“”")
    if (
        not left
        or _STUB.fullmatch(left)
        or all(_STUB.fullmatch(one.strip()) for one in re.split(r"[,;:.–—-]\s+", left))
    ):
        return False
    return bool(_own_words(left, name))


def _own_words(words: str, name: str) -> set[str]:
    """Words beside the name, figures, codes and the name of a diagnosis."""
    tokens = tokenize(words, 0, len(words))
    hits = lexicon().tag(tokens)
    known = {at for hit in hits.get("dx.name", ()) for at in range(hit.first, hit.last + 1)}
    coded = [(code.start, code.end) for code in find_codes(words)]
    names = set(name_words(name))
    return {
        token.word
        for at, token in enumerate(tokens)
        if at not in known
        and token.word not in names | _NO_OWN_WORDS
        and token.word[0].isalpha()
        and len(token.word) > 1
        and not any(start <= token.start < end for start, end in coded)
    }
