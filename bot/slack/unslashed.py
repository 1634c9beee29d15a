"""A command typed as a message, without `/billing`: what it would be as one. Pure; nothing is done unasked."""

import re

_FLAGS = re.IGNORECASE
_WORD = re.compile(
    r"^\W*(?:billing )?(?P<word>payers|due|verify|settings|remind(?: (?:here|off))?"
    r"|template(?: [a-z]{3,9})?(?: \d{1,2})?"
    r"|audit(?: (?:here|off|coaching (?:on|off)))?)\W*$",
    _FLAGS,
)
_CHANGE = re.compile(r"^\W*payers? (?P<change>(?:add|remove|delete|drop) [^?]{2,}|clear|all|list|show)\W*$", _FLAGS)
_SHOW = re.compile(
    r"^\W*(?:(?:what are|which are|who are|show(?: me)?|list|see|edit|change) )?(?:our|my) payers\W*$"
    r"|^\W*(?:what|which) payers (?:do|did) (?:i|we) (?:have|bill|list|take)(?: on file)?\W*$",
    _FLAGS,
)
_NAMED = re.compile(r"^\W*(?:our|my) payers(?: are)?\s*:\s*(?P<names>[^?]{2,})$", _FLAGS)
_MOVED = re.compile(
    r"^\W*(?:please )?(?P<verb>add|remove) (?P<names>[^?]{2,}?)"
    r" (?:to|from) (?:our|my|the) (?:list of )?payers?(?: list)?\W*$",
    _FLAGS,
)


def command_meant(text: str) -> str:
    """What would follow `/billing`, where one line reads as a command of ours and as nothing else; "" otherwise."""
    text = " ".join(text.split()) if "\n" not in text.strip() else ""
    if found := _WORD.match(text):
        return found["word"].lower()
    if found := _CHANGE.match(text):
        return f"payers {found['change']}"
    if _SHOW.match(text):
        return "payers"
    if found := _NAMED.match(text):
        return f"payers add {found['names']}"
    if found := _MOVED.match(text):
        return f"payers {found['verb'].lower()} {found['names']}"
    return ""
