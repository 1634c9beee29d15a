"""What follows `/billing payers`: the list, a change of it, or a matter to compare over it. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.across import topic_named
from bot.policies.models import Topic
from bot.slack.nearest import nearest


class Wish(StrEnum):
    SHOW = "show"
    ALL = "all"
    ADD = "add"
    REMOVE = "remove"
    CLEAR = "clear"
    COMPARE = "compare"
    ASK = "ask"
    UNSURE = "unsure"


_VERBS = {
    "add": Wish.ADD,
    "+": Wish.ADD,
    "include": Wish.ADD,
    "remove": Wish.REMOVE,
    "rm": Wish.REMOVE,
    "-": Wish.REMOVE,
    "delete": Wish.REMOVE,
    "drop": Wish.REMOVE,
    "clear": Wish.CLEAR,
    "reset": Wish.CLEAR,
    "empty": Wish.CLEAR,
    "all": Wish.ALL,
    "everyone": Wish.ALL,
    "show": Wish.SHOW,
    "list": Wish.SHOW,
    "ours": Wish.SHOW,
    "mine": Wish.SHOW,
}
_EVERYONE = re.compile(r"[\s,:]*\b(?:for )?(?:all|everyone|every payer|all payers|on file)\W*$", re.IGNORECASE)
_OVER = re.compile(r"^(?P<topic>.{2,60}?)\s*(?::|\bfor\b|\bover\b)\s*(?P<names>.{2,})$", re.IGNORECASE | re.DOTALL)
_LEAD = re.compile(r"^(?:on|about|by|that|who|which|compare)\s+", re.IGNORECASE)
_TOPIC_WORDS = 6
_CLOSE = 80


@dataclass(frozen=True)
class PayersCommand:
    """`rest` is the names to add or remove, or the words of the matter; `names` whom to compare instead of the list.

    Where the wish is unsure, `topic` is the matter that was likely meant.
    """

    wish: Wish
    rest: str = ""
    topic: Topic | None = None
    names: str = ""
    everyone: bool = False


def read_payers_command(rest: str) -> PayersCommand:
    """Take a verb first, then a matter; names alone are not guessed to be an order to add them."""
    words = rest.split()
    if not words:
        return PayersCommand(Wish.SHOW)
    first = words[0].casefold().rstrip(":,.")
    if first not in _VERBS and first[:1] in "+-" and len(first) > 1:
        return PayersCommand(_VERBS[first[0]], rest.strip()[1:])
    after = rest.strip()[len(words[0]) :].strip(" :,")
    wish = _VERBS.get(first)
    if wish in {Wish.ADD, Wish.REMOVE}:
        return PayersCommand(wish, after)
    if wish and not after:
        return PayersCommand(wish)
    return _compared(after if wish in {Wish.ALL, Wish.SHOW} else rest.strip(), everyone=wish is Wish.ALL)


def is_payers_word(word: str) -> bool:
    """True for a second word that makes "payer" a command, too."""
    return word.casefold().rstrip(":,.") in _VERBS


def _compared(text: str, *, everyone: bool) -> PayersCommand:
    everyone = everyone or bool(_EVERYONE.search(text))
    text = _EVERYONE.sub("", text)
    over = _OVER.match(text)
    if over and len(over["topic"].split()) <= _TOPIC_WORDS and (topic := _matter(over["topic"])):
        return PayersCommand(Wish.COMPARE, over["topic"], topic, names=over["names"])
    topic = _matter(text)
    if topic is None:
        if len(text.split()) > 2 or "?" in text:
            return PayersCommand(Wish.ASK, text)
        return PayersCommand(Wish.UNSURE, text, _nearest(text))
    return PayersCommand(Wish.COMPARE, text, topic, everyone=everyone)


def _nearest(text: str) -> Topic | None:
    """The matter that a mistyped one is close to: "samday"."""
    names = {topic.value.replace("_", ""): topic for topic in Topic}
    typed = re.sub(r"[^a-z]", "", text.casefold())
    return names.get(nearest(typed, list(names), _CLOSE))


def _matter(text: str) -> Topic | None:
    """The topic named; "rules" and "covered" name none, unless the contract's own word is said."""
    topic = topic_named(_LEAD.sub("", text))
    return None if topic is Topic.GENERAL and text.casefold().strip(" ?.:") != Topic.GENERAL else topic
