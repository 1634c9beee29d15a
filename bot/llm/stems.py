"""Words brought down to what they share: "documented" and "documentation", "patients" and "members".

Plain words carry no rule of their own: a wording may use them freely. Every other word has to stand in its source.
"""

import re

_WORD = re.compile(r"[A-Za-zÀ-ÿ\d]+(?:['’.-][A-Za-zÀ-ÿ\d]+)*")
_ENDINGS = """
izations ization izing ized izes ize ations ation ments ment ingly ings ing ably ibly able ible ately ated
ates ating ate ions ion ies ied ely ly ed es s e y
"""
_SHORTEST = 4
_SAME = {
    "paid": "pay",
    "pays": "pay",
    "payable": "pay",
    "payment": "pay",
    "date": "day",
    "days": "day",
    "patient": "member",
    "client": "member",
    "participant": "member",
    "people": "member",
    "person": "member",
    "auth": "author",
    "preauthor": "author",
    "pre-author": "author",
    "precertific": "author",
    "denied": "deny",
    "denies": "deny",
    "programme": "program",
}
_PLAIN_WORDS = """
a an the this that these those it its they them their he she we us our you your i me my one ones be is are was
were been being am do does did have has had having will would shall can could may might must should need needs
needed require requires required necessary ought and or but nor so yet if when where while whenever unless
except only until provided without after before which who whom whose what how in on at to of for with by from
as into onto under over per between among about through during not no never cannot yes there here then than
both each either neither too also such very own out up off down because however therefore thus hence case
cases way means meaning bill bills billed billing claim claims submit submits submitted report reports
reported reporting code codes coded pay pays paid payable payment reimburse reimburses reimbursed cover covers
covered coverage allow allows allowed permit permits permitted accept accepts accepted service services
session sessions group groups individual psychotherapy therapy therapies member members patient patients
client clients day days date dates same together line lines modifier modifiers append appends appended add
adds added attach attached put puts use uses used using go goes goes include includes included carry carries
carried rule rules policy policies say says said state states stated list lists listed according source
sources manual payer plan insurer answer decision hold holds apply applies applied make makes made keep keeps
take takes taken get gets give gives given conditions condition conditional depends depend least most more
fewer less
"""
PLAIN: frozenset[str]


def words(text: str) -> list[str]:
    """The words and figures of a text, lower case, without possessives."""
    return [re.sub(r"['’]s?$", "", word.lower()) for word in _WORD.findall(text)]


def stem(word: str) -> str:
    """What a word shares with its other forms; a figure stays as it is."""
    if word in _SAME:
        return _SAME[word]
    found = word.replace("isation", "ization")
    while not found[-1].isdigit():
        ending = next(
            (end for end in _ENDINGS.split() if found.endswith(end) and len(found) - len(end) >= _SHORTEST), ""
        )
        if not ending:
            break
        found = found[: -len(ending)]
    return _SAME.get(found, found)


def telling(text: str) -> set[str]:
    """The stems of a text's words that are not plain."""
    return {stem(word) for word in words(text)} - PLAIN


PLAIN = frozenset(stem(word) for word in _PLAIN_WORDS.split())
