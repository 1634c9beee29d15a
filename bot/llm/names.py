"""A member's label and every way a note writes it again: "Maria S." is also "Maria", "M.S." and "MARIA"."""

import re
import unicodedata
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
NAME_WORDS = frozenset(_NAME_WORDS.split())
"""In small letters."""
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
dominique:dom,nikki marguerite:maggie,margo,daisy natalie:nat,nattie natasha:tasha latasha:tasha tamika:tam,mika
"""
_SHORT: dict[str, frozenset[str]] = {}
for _entry in _SHORT_NAMES.split():
    _full, _, _called = _entry.partition(":")
    for _one in _called.split(","):
        _SHORT[_full] = _SHORT.get(_full, frozenset()) | {_one}
        _SHORT[_one] = _SHORT.get(_one, frozenset()) | {_full}


def _plain(name: str) -> str:
    """The name without its accents: "José" is "Jose" too."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


def _first_word(form: str) -> str:
    hit = re.search(r"[^\W_]+", form)
    return hit[0].lower() if hit else ""


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
                exact |= {bare, bare.upper(), _plain(bare), f"{bare}s"}
                exact |= {called.capitalize() for called in _SHORT.get(_plain(bare).lower(), ())}
                any_case |= {bare} if len(bare) > 2 and bare.lower() not in NAME_WORDS else set()
            elif len(bare) > 3:  # a name in capitals
                exact |= {bare, bare.capitalize()}
        # Each pattern with letters that a text has to hold for it to be worth looking.
        self._patterns = [
            (_first_word(form), re.escape(form).replace(r"\ ", r"\s+"))
            for form in sorted(exact, key=len, reverse=True)
            if form
        ]
        initials = self._initials([word for word in _TOKEN.findall(self.label) if word in words])
        if len(initials) > 1:
            self._patterns.append(("", r"\.?[ \t-]?".join(initials) + r"\.?"))
            self._patterns.append((".".join(initials.lower()), r"\.".join(initials.lower()) + r"\.?"))
        self._patterns += [(_first_word(form), rf"(?i:{re.escape(form)})") for form in any_case]

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
        lowered = text.lower()
        for needed, pattern in self._patterns:
            if needed in lowered:
                for hit in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text):
                    yield hit.span()

    def named_in(self, text: str) -> bool:
        """True where the text names this member in any spelling."""
        return next(self.find(text), None) is not None
