"""A member's label and every way a note writes it again: "Maria S." is also "Maria", "M.S." and "MARIA"."""

import re
import unicodedata
from collections.abc import Iterator

from bot.llm.identifying.hits import just_before

# What stands in a label and names nobody.
_ROLE_WORDS = """
patient client member participant person individual pt consumer resident name id no number group part section
mr mrs ms miss dr mx the of and jr sr ii iii she her hers he him his they them their ze xe new returning present absent late
"""
# First names that are words too: their lower-case form is left alone.
_NAME_WORDS = """
will may mark grace hope joy faith rose dawn june april art bill rich frank drew sue pat gene jack chase hunter angel
summer autumn ivy lily daisy ruby pearl crystal violet iris olive ginger penny robin jay miles norm rob skip ward wade
grant dean earl duke king prince christian guy don ray bob long wise sage august eve max mason honey cherry star sky
storm river brook cliff glen dale heath forest rusty sandy stone love price case day field page rush sharp short small
strong white black brown green gray charity patience mercy justice trinity destiny serenity harmony melody chance major
lance buck clay colt curt dusty flip herb kit nick peg rod sterling stew trip van winter young holly jade amber misty
hank dot wren beau gus pearl opal hazel willow heather laurel rosemary fern jasmine basil rex roman victor sol sunny buddy sonny bud chip
chuck gale jewel kitty bonnie tad tate lane reed rowan ace cash axel tank lefty pops barb birdie
bishop carter cooper cook baker parker porter taylor
"""
_ROLES = frozenset(_ROLE_WORDS.split())
NAME_WORDS = frozenset(_NAME_WORDS.split())
"""In small letters."""
# In capitals they may be somebody's initials; with one capital they are words.
_TINY = """
am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we all and any are but can for had has her him his how its not now
off old one our out own per pt put ran said saw say see set she sit the too two use was way who why yes yet you
"""
_TINY_WORDS = frozenset(_TINY.split())
PARTICLES = frozenset(
    [
        "de",
        "la",
        "las",
        "los",
        "del",
        "da",
        "dos",
        "di",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "bin",
        "ibn",
        "al",
        "el",
        "le",
        "st",
        "mac",
        "mc",
        "y",
        "e",
        "zu",
    ]
)
"""Small words within a name: “de la Cruz”, “Mac Donald”."""
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*\.?|\d+")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ \t-]?){2,3}")


def name_parts(name: str) -> list[str]:
    """The name and those of its words that point at a person when they stand alone, longest first."""
    words = _words(name)
    parts = {name.strip(), *(word for word in words if len(word.strip(".")) > 2 and not word.isdigit())}
    return sorted((part for part in parts if part), key=len, reverse=True)


def _words(label: str) -> list[str]:
    """The words of a label that may stand for the person alone; those of "Noor-Hassan" one by one too."""
    tokens = [re.sub(r"['’]s$", "", word) for word in _TOKEN.findall(label)]
    whole = [word for word in tokens if word.strip(".").lower() not in _ROLES and word not in PARTICLES]
    halves = [half for word in whole if "-" in word for half in word.split("-") if len(half) > 2]
    return whole + [half for half in halves if half.lower() not in _ROLES]


# What somebody is called for short, by the first name; both ways are looked for.
_SHORT_NAMES = """
william:bill,billy,will,willy,liam robert:rob,bob,bobby,robbie james:jim,jimmy,jamie john:jack,johnny michael:mike,mikey,mick
richard:rick,rich,dick,ricky joseph:joe,joey thomas:tom,tommy charles:charlie,chuck,chas christopher:chris,topher daniel:dan,danny
matthew:matt anthony:tony,ant donald:don,donnie steven:steve,stevie stephen:steve,stevie andrew:andy,drew edward:ed,eddie,ted,ned
kenneth:ken,kenny joshua:josh george:georgie kevin:kev timothy:tim,timmy ronald:ron,ronnie jeffrey:jeff jason:jay gary:gaz
nicholas:nick,nicky jonathan:jon,jonny lawrence:larry gregory:greg samuel:sam,sammy benjamin:ben,benny patrick:pat,paddy
alexander:alex,al,xander,sasha raymond:ray gerald:jerry,gerry walter:walt,wally peter:pete harold:harry,hal douglas:doug henry:hank,harry
arthur:art,artie theodore:ted,teddy,theo frederick:fred,freddie albert:al,bert leonard:leo,len,lenny francis:frank,frankie vincent:vince,vinny
nathaniel:nate,nat nathan:nate dominic:dom,nick zachary:zach,zack jacob:jake abraham:abe eugene:gene philip:phil phillip:phil
elizabeth:liz,lizzie,beth,betty,eliza,betsy,libby,lisa katherine:kate,katie,kathy,kat,kit catherine:cathy,cate,kate,cat kathleen:kathy,katie
margaret:maggie,meg,peggy,peg,marge,greta,rita patricia:pat,patty,trish,tricia jennifer:jen,jenny,jenn susan:sue,susie,suzy
barbara:barb,babs,barbie jessica:jess,jessie sarah:sally,sadie deborah:deb,debbie rebecca:becky,becca stephanie:steph,stevie
christine:chris,chrissy,tina christina:chris,tina,chrissy cynthia:cindy angela:angie melissa:mel,missy,lissa amanda:mandy pamela:pam
samantha:sam,sammy victoria:vicky,tori,vic dorothy:dot,dottie,dolly rosalind:roz,rosie josephine:jo,josie theresa:terry,tess,tessa
abigail:abby,gail alexandra:alex,sasha,lexi,sandra jacqueline:jackie gabriela:gabby,gabi gabriel:gabe isabella:bella,izzy isabel:izzy,bel
philippa:pippa,pip penelope:penny valerie:val veronica:ronnie,vera eleanor:ellie,nell,nora evelyn:evie,eve frances:fran,frannie
guadalupe:lupe francisco:paco,pancho,cisco jose:pepe,chepe ignacio:nacho alejandro:alex,ale mohammed:mo,moe muhammad:mo,moe
alexis:lex,lexi,alex deandre:dre andre:dre marcus:marc demetrius:meech cassandra:cass,cassie,sandy kimberly:kim tiffany:tiff brittany:britt
ashley:ash courtney:court danielle:dani gwendolyn:gwen,wendy harriet:hattie judith:judy lucille:lucy madeline:maddie,maddy madeleine:maddie
matilda:tilly mildred:millie olivia:liv,livvy priscilla:cilla rachel:rach roberta:bobbie rosemary:rosie sabrina:brina savannah:vanna
tabitha:tabby vanessa:nessa wilhelmina:mina,billie yolanda:yoli antonio:tony eduardo:eddie,lalo enrique:kike,rick fernando:nando guillermo:memo
jesus:chuy juan:juanito luis:lucho manuel:manny,manolo miguel:mike rafael:rafa ricardo:ricky roberto:beto salvador:chava,sal santiago:santi
concepcion:concha consuelo:chelo dolores:lola graciela:chela mercedes:meche rosario:chayo,charo teresa:tere esperanza:espe ximena:xime
mikhail:misha dmitri:dima alexei:alyosha ekaterina:katya kateryna:katya tatiana:tanya svetlana:sveta natalia:natasha ivan:vanya olga:olya
wojciech:wojtek katarzyna:kasia malgorzata:gosia agnieszka:aga tomasz:tomek oluwaseun:seun oluwaseyi:seyi chukwuemeka:emeka ibrahim:ibra
nicole:nikki,nicki michelle:shelly,chelle shannon:shan gregory:gregg jerome:rome tyrone:ty tyrell:ty terrence:terry theodora:thea,dora leticia:lety
dominique:dom,nikki marguerite:maggie,margo,daisy natalie:nat,nattie natasha:tasha latasha:tasha tamika:tam,mika
"""
_SHORT: dict[str, frozenset[str]] = {}
for _entry in _SHORT_NAMES.split():
    _full, _, _called = _entry.partition(":")
    for _one in _called.split(","):
        _SHORT[_full] = _SHORT.get(_full, frozenset()) | {_one}
        _SHORT[_one] = _SHORT.get(_one, frozenset()) | {_full}


SHORT_NAMES = frozenset(_SHORT)
"""First names that have a short form, and the short forms, in small letters."""


def _plain(name: str) -> str:
    """The name without its accents: "José" is "Jose" too."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


def _any_apostrophe(pattern: str) -> str:
    return re.sub(r"['’]", "['’]", pattern)


def _any_accent(form: str) -> str:
    """A pattern for a form in small letters that takes an accent where the label has none."""
    pattern = _any_apostrophe(re.escape(form))
    return re.sub("[aceinouyzs]", lambda letter: _ACCENTED[letter[0]], pattern) if form.isascii() else pattern


_ACCENTED = {
    "a": "[aáàâäãåă]",
    "c": "[cçćč]",
    "e": "[eéèêëę]",
    "i": "[iíìîï]",
    "n": "[nñń]",
    "o": "[oóòôöõő]",
    "u": "[uúùûüű]",
    "y": "[yýÿ]",
    "z": "[zžźż]",
    "s": "[sšśş]",
}


def _first_word(form: str) -> str:
    hit = re.search(r"[^\W_]+", form)
    return hit[0].lower() if hit else ""


# In small letters a name that is a word too stands for somebody where it heads a line or does what people do.
_SOMEBODY_ACTS = re.compile(
    r"['’]s\b|\s+(?:also\s+|then\s+)?(?:said|says|told|asked|shared|reports?|reported|stated|felt|feels|came|left|spoke|talked|cried|wept|smiled|laughed|nodded|denie[ds]|"
    r"agreed|admitted|apologi[sz]ed|called|texted|wants|wanted|joined|sat|read|wrote|forgot|completed|brought|tried|practi[cs]ed|identified|was\s+(?:late|absent|present|quiet|tearful))\b"
)
_HEAD = re.compile(r"(?:^|\n)[ \t]*(?:[-*•>#\[(|]+|\d{1,2}[.)])?[ \t]*$")
_AFTER_HEAD = re.compile(r"[ \t]*(?:[:;)\]|=/–—]|-(?!\w)|\((?:p|a|late|absent|present)\))")


def _heads(text: str, start: int, end: int) -> bool:
    return bool(_AFTER_HEAD.match(text, end) and just_before(_HEAD, text, start, 12))


def _beginnings(name: str) -> str:
    """A pattern for the name cut short, as friends do: "Cord" and "Corde" of Cordell; none for a name too short to cut."""
    if len(name) < 5 or not name.isalpha() or name.isupper():
        return ""
    cuts = [name[:length].capitalize() for length in range(3, len(name) - 1)]
    return "|".join(cut for cut in reversed(cuts) if cut.lower() not in _TINY_WORDS and cut.lower() not in NAME_WORDS)


def _joined(name: str) -> set[str]:
    """A name of two parts as others part it: "Hyun-woo" as "Hyunwoo", "LaToya" as "La Toya", "O'Dell" as "ODell"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return {form.lower() for form in (re.sub(r"['’-]", "", name), name.replace("-", " "), apart) if form != name}


class SurfaceForms:
    """Finds the spellings of one label in a text.

    "Client 3" is found only as written: its words name nobody, and a bare figure is everywhere. A number of four
    digits or more in a label is a record number and is found alone too.
    """

    def __init__(self, label: str) -> None:
        self.label = " ".join(label.split())
        words = _words(self.label)
        exact: set[str] = set()
        any_case: set[str] = set()
        small: set[str] = set()
        if words and len(self.label) > 1 and not (self.label.isdigit() and len(self.label) < 4):
            exact.add(self.label)
        for word in words:
            bare = word.strip(".")
            if word.isdigit():
                exact |= {word} if len(word) > 3 else set()
            elif len(bare) > 1 and not bare.isupper():
                exact |= {bare, bare.upper(), bare.capitalize(), _plain(bare), f"{bare}s"}
                exact |= {called.capitalize() for called in _SHORT.get(_plain(bare).lower(), ())}
                if len(bare) > 2:
                    (small if bare.lower() in NAME_WORDS else any_case).add(bare.lower())
                any_case |= {
                    form for form in (_plain(bare).lower(), *_joined(bare)) if len(form) > 3 and form not in NAME_WORDS
                }
            elif len(bare) > 1 and bare.lower() not in _TINY_WORDS:  # a name in capitals, or initials said as one
                exact |= {bare, bare.capitalize()}
                any_case |= {bare.lower()} if len(bare) > 3 and bare.lower() not in NAME_WORDS else set()
        # Each pattern with letters that a text has to hold for it to be worth looking.
        self._patterns = [
            (_first_word(form), _any_apostrophe(re.escape(form).replace(r"\ ", r"\s+")))
            for form in sorted(exact, key=len, reverse=True)
            if form
        ]
        for initials in self._initials([word for word in _TOKEN.findall(self.label) if word in words]):
            self._patterns.append(("", r"\.?[ \t-]?".join(initials) + r"\.?"))
            self._patterns.append((".".join(initials.lower()), r"\.".join(initials.lower()) + r"\.?"))
        self._patterns += [(_first_word(form)[:1], rf"(?i:{_any_accent(form)})") for form in any_case]
        self._patterns += [
            (f"{form[0]} {form[1]}", rf"(?i:{' '.join(map(re.escape, form))})") for form in any_case if len(form) > 3
        ]
        if len(words) > 1 and len(words[0].strip(".,")) > 2 and words[1][0].isalpha():  # "tyrell j"
            self._patterns.append((words[0].lower(), rf"(?i:{re.escape(words[0])}[ ]{words[1][0]})\.?"))
        self._patterns += [(word[:3].lower(), called) for word in words[:1] if (called := _beginnings(word))]
        self._small = sorted(small)

    def _initials(self, words: list[str]) -> set[str]:
        """The letters that stand for the name: of all its words, of the first and the last, of the halves of double ones."""
        if _INITIALS.fullmatch(self.label) or re.fullmatch(r"[a-z]{2}", self.label):
            return {"".join(char for char in self.label.upper() if char.isalpha())}
        names = [word for word in words if not word.isdigit()]
        if not names or not (all(word[0].isupper() for word in names) or self.label.islower()):
            return set()
        if "," in self.label:  # "Rivera, John" is J.R. in the text
            names = names[1:] + names[:1]
        halves = [part for word in names for part in word.split("-") if part]
        told = {"".join(word[0] for word in parts).upper() for parts in (names[:3], halves[:3], [names[0], names[-1]])}
        return {letters for letters in told if len(letters) > 1 and (len(names) > 1 or letters != names[0][0] * 2)}

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each spelling stands; overlaps are the caller's to settle."""
        lowered = text.lower()
        for needed, pattern in self._patterns:
            if needed in lowered:
                for hit in re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", text):
                    yield hit.span()
        for word in self._small:
            if word in lowered:
                for hit in re.finditer(rf"(?<![^\W_]){word}(?![^\W_])", text):
                    if _SOMEBODY_ACTS.match(text, hit.end()) or _heads(text, *hit.span()):
                        yield hit.span()

    def named_in(self, text: str) -> bool:
        """True where the text names this member in any spelling."""
        return next(self.find(text), None) is not None
